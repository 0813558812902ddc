// The life of a connection as one pure function. It decides when sockets are opened, retried, handed over and freed;
// the runner (main/net/link.ts) holds the sockets and timers, and the session above says when a socket is ready.
// A socket's number is never reused: an event from a socket that the state does not hold changes nothing.
import type { Verdict } from './close-codes.ts'
import { retryDelayMs, type ConnectionPolicy } from './policy.ts'
import {
  heldSockets,
  type ConnectionContext,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionPhase,
  type ConnectionState,
  type ConnectionStep,
  type LivePhase,
  type TimerName,
} from './state.ts'

/** The next state and what is to be done, in order. Never throws. */
export function step(state: ConnectionState, event: ConnectionEvent, context: ConnectionContext): ConnectionStep {
  switch (event.type) {
    case 'start':
      return state.phase.type === 'off' ? open(state, 0, context) : [state, []]
    case 'stop':
      return turnOff(state, 'stopped', 'drop')
    case 'dialled':
      return [state, isPending(state, event.socket) ? [armReady(context)] : []]
    case 'progress':
      return [state, isPending(state, event.socket) ? [armReady(context, graceMs)] : []]
    case 'ready':
      return ready(state, event.socket, event.endsMs, context)
    case 'failed':
      return lost(state, event.socket, event.verdict, [{ type: 'drop', socket: event.socket }], context)
    case 'closed':
      return lost(state, event.socket, event.verdict, [], context)
    case 'drained':
      return drained(state, event.socket, 'close')
    case 'timer':
      return timer(state, event.timer, context)
    case 'woke':
      return woke(state, context)
    case 'rest':
      return rest(state)
    case 'quiet':
      return quiet(state, event, context)
  }
}

function isPending({ phase }: ConnectionState, socket: number): boolean {
  return (
    (phase.type === 'opening' && phase.socket === socket) || (phase.type === 'handing-over' && phase.next === socket)
  )
}

/** The session above, which knows what it waits for, judges first. */
const graceMs = 1_000

function armReady({ policy }: ConnectionContext, moreMs = 0): ConnectionEffect {
  return { type: 'arm', timer: 'ready', delayMs: policy.readyWithinMs + moreMs }
}

const freeTimers: ConnectionEffect[] = (['ready', 'retry', 'hand-over', 'hand-over-latest', 'rest'] as const).map(
  (timer) => ({ type: 'disarm', timer }),
)

function open(state: ConnectionState, attempt: number, { nowMs }: ConnectionContext): ConnectionStep {
  const socket = state.issued + 1
  return [
    { ...state, issued: socket, phase: { type: 'opening', socket, attempt, openedMs: nowMs } },
    [...freeTimers, { type: 'open', socket }],
  ]
}

/** Frees everything that is held, except `gone`, which has ended already. */
function turnOff(
  state: ConnectionState,
  why: Extract<ConnectionPhase, { type: 'off' }>['why'],
  how: 'drop' | 'close',
  gone: number | null = null,
): ConnectionStep {
  const ends = heldSockets(state).filter((socket) => socket !== gone)
  return [
    { ...state, phase: { type: 'off', why }, draining: null },
    [...freeTimers, { type: 'disarm', timer: 'drain' }, ...ends.map((socket) => ({ type: how, socket }) as const)],
  ]
}

function woke(state: ConnectionState, context: ConnectionContext): ConnectionStep {
  const { phase } = state
  if (phase.type === 'waiting') return open(state, phase.attempt, context)
  return phase.type === 'off' && phase.why === 'resting' ? open(state, 0, context) : [state, []]
}

function rest(state: ConnectionState): ConnectionStep {
  const { phase } = state
  if (phase.type === 'off' && phase.why === 'not-started') return turnOff(state, 'resting', 'close')
  // One that is being opened or handed over has been asked for.
  const isIdle = phase.type === 'waiting' || (phase.type === 'live' && phase.quiet)
  return isIdle ? turnOff(state, 'resting', 'close') : [state, []]
}

/** @param how what ends it; null when it has ended by itself */
function drained(state: ConnectionState, socket: number, how: 'drop' | 'close' | null): ConnectionStep {
  if (state.draining !== socket) return [state, []]
  return [
    { ...state, draining: null },
    [{ type: 'disarm', timer: 'drain' }, ...(how === null ? [] : [{ type: how, socket } as const])],
  ]
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
      { ...state, draining: phase.from.socket },
      { socket, attempt: 0, openedMs: phase.nextOpenedMs, endsMs },
      [{ type: 'arm', timer: 'drain', delayMs: Math.max(0, phase.from.endsMs - context.nowMs) }],
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
    { ...state, phase: { type: 'live', ...session, endsMs, quiet: false, restful: false, handOver: 'later' } },
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
  if (socket === state.draining) return drained(state, socket, clean.length > 0 ? 'drop' : null)
  if (phase.type === 'handing-over') return lostWhileHandingOver(state, phase, socket, verdict, clean, context)
  if (verdict.type === 'fatal') return turnOff(state, { fatal: verdict }, 'drop', clean.length > 0 ? null : socket)
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
    [
      ...clean,
      { type: 'disarm', timer: 'ready' },
      { type: 'arm', timer: 'hand-over', delayMs: waitMs },
      ...restTimer(phase.from.restful, policy),
    ],
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
    case 'drain':
      return state.draining === null ? [state, []] : drained(state, state.draining, 'close')
    case 'rest':
      return phase.type === 'live' && phase.restful ? turnOff(state, 'resting', 'close') : [state, []]
  }
}

function quiet(
  state: ConnectionState,
  now: { quiet: boolean; restful: boolean },
  context: ConnectionContext,
): ConnectionStep {
  const { phase } = state
  const before = phase.type === 'handing-over' ? phase.from : phase.type === 'live' ? phase : null
  if (before === null || (before.quiet === now.quiet && before.restful === now.restful)) return [state, []]
  const after: LivePhase = { ...before, quiet: now.quiet, restful: now.restful }
  if (phase.type === 'handing-over') return [{ ...state, phase: { ...phase, from: after } }, []]
  const isMoment = after.quiet && !before.quiet && after.handOver === 'due'
  return [
    { ...state, phase: after },
    [
      ...(isMoment ? [{ type: 'arm', timer: 'hand-over', delayMs: context.policy.quietForMs } as const] : []),
      ...(before.restful === after.restful ? [] : restTimer(after.restful, context.policy)),
    ],
  ]
}

/** An idle session costs money and would be handed over for nobody. */
function restTimer(restful: boolean, { restAfterMs }: ConnectionPolicy): ConnectionEffect[] {
  if (!restful) return [{ type: 'disarm', timer: 'rest' }]
  return restAfterMs === null ? [] : [{ type: 'arm', timer: 'rest', delayMs: restAfterMs }]
}

/** One that still drains gives way: two sockets are enough. */
function handOver(state: ConnectionState, from: LivePhase, { nowMs }: ConnectionContext): ConnectionStep {
  const next = state.issued + 1
  const [{ draining }, ends] = state.draining === null ? [state, []] : drained(state, state.draining, 'close')
  return [
    { issued: next, phase: { type: 'handing-over', from, next, nextOpenedMs: nowMs }, draining },
    [...ends, { type: 'disarm', timer: 'rest' }, { type: 'open', socket: next }],
  ]
}
