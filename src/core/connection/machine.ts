// The life of a connection as one pure function. It decides when sockets are opened, retried, handed over and freed;
// the runner (main/net/link.ts) holds the sockets and timers, and the session above says when a socket is ready.
// A socket's number is never reused: an event from a socket that the state does not hold changes nothing.
import { retryDelayMs, type ConnectionPolicy } from './policy.ts'
import type { Verdict } from './close-codes.ts'

export type ConnectionPhase =
  | { type: 'off'; why: 'not-started' | 'stopped' | { fatal: Extract<Verdict, { type: 'fatal' }> } }
  | { type: 'opening'; socket: number; attempt: number; openedMs: number }
  /** `cause`: why the last attempt or session ended, for the person. */
  | { type: 'waiting'; attempt: number; untilMs: number; cause: string }
  | LivePhase
  | { type: 'handing-over'; from: LivePhase; next: number; nextOpenedMs: number }

export interface LivePhase {
  type: 'live'
  socket: number
  attempt: number
  openedMs: number
  endsMs: number
  /** Nobody speaks and no response is in flight. */
  quiet: boolean
  handOver: 'later' | 'due' | { notBeforeMs: number }
}

/** `issued` is the highest socket number ever given out. */
export interface ConnectionState {
  issued: number
  phase: ConnectionPhase
}

export type TimerName = 'ready' | 'retry' | 'hand-over' | 'hand-over-latest'

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** The address is known (an engine may have had to start first) and the socket is being opened. */
  | { type: 'dialled'; socket: number }
  /** `endsMs`: when the service will end the session (its `expires_at`), null when it does not say. */
  | { type: 'ready'; socket: number; endsMs: number | null }
  /** The session above could not make this socket ready. */
  | { type: 'failed'; socket: number; verdict: Verdict }
  | { type: 'closed'; socket: number; verdict: Verdict }
  | { type: 'timer'; timer: TimerName }
  /** Something suggests that now is the moment to try: the network is back, the key was pressed. */
  | { type: 'woke' }
  | { type: 'quiet'; quiet: boolean }

export type ConnectionEffect =
  | { type: 'open'; socket: number }
  /** End a socket of which nothing more is wanted. */
  | { type: 'drop'; socket: number }
  /** From now on `to` carries the conversation; `from` is closed once it has drained. */
  | { type: 'switch'; from: number; to: number }
  | { type: 'arm'; timer: TimerName; delayMs: number }
  | { type: 'disarm'; timer: TimerName }

export interface ConnectionContext {
  nowMs: number
  /** In [0, 1), fresh for every step. */
  chance: number
  policy: ConnectionPolicy
}

export type ConnectionStep = readonly [state: ConnectionState, effects: readonly ConnectionEffect[]]

export const unstarted: ConnectionState = { issued: 0, phase: { type: 'off', why: 'not-started' } }

/** The next state and what is to be done, in order. Never throws. */
export function step(state: ConnectionState, event: ConnectionEvent, context: ConnectionContext): ConnectionStep {
  switch (event.type) {
    case 'start':
      return state.phase.type === 'off' ? open(state, 0, context) : [state, []]
    case 'stop':
      return stop(state)
    case 'dialled':
      return [state, isPending(state, event.socket) ? [armReady(context)] : []]
    case 'ready':
      return ready(state, event.socket, event.endsMs, context)
    case 'failed':
      return lost(state, event.socket, event.verdict, [{ type: 'drop', socket: event.socket }], context)
    case 'closed':
      return lost(state, event.socket, event.verdict, [], context)
    case 'timer':
      return timer(state, event.timer, context)
    case 'woke':
      return state.phase.type === 'waiting' ? open(state, state.phase.attempt, context) : [state, []]
    case 'quiet':
      return quiet(state, event.quiet, context)
  }
}

/** Sockets that this state holds; the runner may hold no other. */
export function heldSockets(state: ConnectionState): number[] {
  const { phase } = state
  switch (phase.type) {
    case 'off':
    case 'waiting':
      return []
    case 'opening':
    case 'live':
      return [phase.socket]
    case 'handing-over':
      return [phase.from.socket, phase.next]
  }
}

function isPending({ phase }: ConnectionState, socket: number): boolean {
  return (
    (phase.type === 'opening' && phase.socket === socket) || (phase.type === 'handing-over' && phase.next === socket)
  )
}

function armReady({ policy }: ConnectionContext): ConnectionEffect {
  return { type: 'arm', timer: 'ready', delayMs: policy.readyWithinMs }
}

const freeTimers: ConnectionEffect[] = [
  { type: 'disarm', timer: 'ready' },
  { type: 'disarm', timer: 'retry' },
  { type: 'disarm', timer: 'hand-over' },
  { type: 'disarm', timer: 'hand-over-latest' },
]

function open(state: ConnectionState, attempt: number, { nowMs }: ConnectionContext): ConnectionStep {
  const socket = state.issued + 1
  return [
    { issued: socket, phase: { type: 'opening', socket, attempt, openedMs: nowMs } },
    [...freeTimers, { type: 'open', socket }],
  ]
}

function stop(state: ConnectionState): ConnectionStep {
  const drops = heldSockets(state).map((socket): ConnectionEffect => ({ type: 'drop', socket }))
  return [{ ...state, phase: { type: 'off', why: 'stopped' } }, [...freeTimers, ...drops]]
}

function ready(
  state: ConnectionState,
  socket: number,
  endsMs: number | null,
  context: ConnectionContext,
): ConnectionStep {
  const { phase } = state
  if (phase.type === 'opening' && phase.socket === socket)
    return live(state, { socket, attempt: phase.attempt, openedMs: phase.openedMs, endsMs }, [], context)
  if (phase.type === 'handing-over' && phase.next === socket)
    return live(
      state,
      { socket, attempt: 0, openedMs: phase.nextOpenedMs, endsMs },
      [{ type: 'switch', from: phase.from.socket, to: socket }],
      context,
    )
  return [state, []]
}

/**
 * When the session ends. What the service says is wall clock and ours may be wrong: an end at which a session that is just
 * ready would already be handed over, or one beyond the longest life, is not believed.
 */
function trustedEndMs(
  toldMs: number | null,
  openedMs: number,
  { nowMs, policy }: Pick<ConnectionContext, 'nowMs' | 'policy'>,
): number {
  const latestMs = openedMs + policy.sessionMs
  return toldMs !== null && toldMs > nowMs + policy.handOverBeforeEndMs ? Math.min(toldMs, latestMs) : latestMs
}

function live(
  state: ConnectionState,
  session: { socket: number; attempt: number; openedMs: number; endsMs: number | null },
  first: readonly ConnectionEffect[],
  { nowMs, policy }: ConnectionContext,
): ConnectionStep {
  const endsMs = trustedEndMs(session.endsMs, session.openedMs, { nowMs, policy })
  const until = (beforeEndMs: number): number => Math.max(0, endsMs - beforeEndMs - nowMs)
  return [
    { ...state, phase: { type: 'live', ...session, endsMs, quiet: false, handOver: 'later' } },
    [
      ...first,
      { type: 'disarm', timer: 'ready' },
      { type: 'arm', timer: 'hand-over', delayMs: until(policy.handOverBeforeEndMs) },
      { type: 'arm', timer: 'hand-over-latest', delayMs: until(policy.handOverLatestBeforeEndMs) },
    ],
  ]
}

/** `clean`: what ends the lost socket itself, empty when it is already closed. */
function lost(
  state: ConnectionState,
  socket: number,
  verdict: Verdict,
  clean: readonly ConnectionEffect[],
  context: ConnectionContext,
): ConnectionStep {
  const { phase } = state
  if (!heldSockets(state).includes(socket)) return [state, []]
  if (phase.type === 'handing-over') return lostWhileHandingOver(state, phase, socket, verdict, clean, context)
  if (verdict.type === 'fatal')
    return [{ ...state, phase: { type: 'off', why: { fatal: verdict } } }, [...freeTimers, ...clean]]
  const settled = phase.type === 'live' && context.nowMs - phase.openedMs >= context.policy.settledAfterMs
  const attempt = phase.type === 'opening' || phase.type === 'live' ? (settled ? 0 : phase.attempt) : 0
  if (verdict.type === 'expired' && settled) {
    const [next, effects] = open(state, 0, context)
    return [next, [...clean, ...effects]]
  }
  return wait(state, attempt + 1, verdict, clean, context)
}

function wait(
  state: ConnectionState,
  attempt: number,
  verdict: Exclude<Verdict, { type: 'fatal' }>,
  clean: readonly ConnectionEffect[],
  { nowMs, chance, policy }: ConnectionContext,
): ConnectionStep {
  const [cause, atLeastMs] =
    verdict.type === 'retry' ? [verdict.cause, verdict.afterMs ?? 0] : ['The session expired.', 0]
  const delayMs = Math.max(atLeastMs, retryDelayMs(policy, attempt, chance))
  return [
    { ...state, phase: { type: 'waiting', attempt, untilMs: nowMs + delayMs, cause } },
    [...freeTimers, ...clean, { type: 'arm', timer: 'retry', delayMs }],
  ]
}

function lostWhileHandingOver(
  state: ConnectionState,
  phase: Extract<ConnectionPhase, { type: 'handing-over' }>,
  socket: number,
  verdict: Verdict,
  clean: readonly ConnectionEffect[],
  { nowMs, policy }: ConnectionContext,
): ConnectionStep {
  if (socket === phase.from.socket) {
    // The old session died meanwhile: the next one becomes an ordinary attempt, with the deadline it already has.
    const opening = { type: 'opening', socket: phase.next, attempt: 0, openedMs: phase.nextOpenedMs } as const
    return [{ ...state, phase: opening }, clean]
  }
  // The next session failed: the old one goes on. A fatal verdict on the next is told when the old one ends.
  const waitMs =
    verdict.type === 'retry' ? Math.max(policy.handOverRetryMs, verdict.afterMs ?? 0) : policy.handOverRetryMs
  return [
    { ...state, phase: { ...phase.from, handOver: { notBeforeMs: nowMs + waitMs } } },
    [...clean, { type: 'disarm', timer: 'ready' }, { type: 'arm', timer: 'hand-over', delayMs: waitMs }],
  ]
}

function timer(state: ConnectionState, name: TimerName, context: ConnectionContext): ConnectionStep {
  const { phase } = state
  switch (name) {
    case 'ready': {
      const late: Verdict = { type: 'retry', cause: 'The session was not ready in time.' }
      const socket = phase.type === 'opening' ? phase.socket : phase.type === 'handing-over' ? phase.next : null
      return socket === null ? [state, []] : lost(state, socket, late, [{ type: 'drop', socket }], context)
    }
    case 'retry':
      return phase.type === 'waiting' ? open(state, phase.attempt, context) : [state, []]
    case 'hand-over': {
      if (phase.type !== 'live') return [state, []]
      const due: LivePhase = { ...phase, handOver: 'due' }
      const late = context.nowMs >= phase.endsMs - context.policy.handOverLatestBeforeEndMs
      return due.quiet || late ? handOver(state, due, context) : [{ ...state, phase: due }, []]
    }
    case 'hand-over-latest':
      return phase.type === 'live' && typeof phase.handOver === 'string'
        ? handOver(state, { ...phase, handOver: 'due' }, context)
        : [state, []]
  }
}

function quiet(state: ConnectionState, isQuiet: boolean, context: ConnectionContext): ConnectionStep {
  const { phase } = state
  if (phase.type === 'handing-over' && phase.from.quiet !== isQuiet)
    return [{ ...state, phase: { ...phase, from: { ...phase.from, quiet: isQuiet } } }, []]
  if (phase.type !== 'live' || phase.quiet === isQuiet) return [state, []]
  const next: LivePhase = { ...phase, quiet: isQuiet }
  return isQuiet && phase.handOver === 'due' ? handOver(state, next, context) : [{ ...state, phase: next }, []]
}

function handOver(state: ConnectionState, from: LivePhase, { nowMs }: ConnectionContext): ConnectionStep {
  const next = state.issued + 1
  return [
    { issued: next, phase: { type: 'handing-over', from, next, nextOpenedMs: nowMs } },
    [{ type: 'open', socket: next }],
  ]
}
