// What a connection can be, what happens to it and what is done about it, as values. Which follows from which is machine.ts.
import type { Verdict } from './close-codes.ts'
import type { ConnectionPolicy } from './policy.ts'

export type ConnectionPhase =
  /** `resting`: closed because nobody has talked for long; whatever the person does opens it again. */
  | { type: 'off'; why: 'not-started' | 'stopped' | 'resting' | { fatal: Extract<Verdict, { type: 'fatal' }> } }
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
  /** It is quiet and nobody can speak without a sign beforehand: the talk key, typing. */
  restful: boolean
  handOver: 'later' | 'due' | { notBeforeMs: number }
}

/** `issued` is the highest socket number ever given out. */
export interface ConnectionState {
  issued: number
  phase: ConnectionPhase
  /** The socket before, until it has said what it was saying; nothing new goes to it. */
  draining: number | null
}

export type TimerName = 'ready' | 'retry' | 'hand-over' | 'hand-over-latest' | 'drain' | 'rest'

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** The address is known (an engine may have had to start first) and the socket is being opened. */
  | { type: 'dialled'; socket: number }
  /** The session above is being made ready, and something came of it. */
  | { type: 'progress'; socket: number }
  /** `endsMs`: when the service will end the session (its `expires_at`), null when it does not say. */
  | { type: 'ready'; socket: number; endsMs: number | null }
  /** The session above could not make this socket ready. */
  | { type: 'failed'; socket: number; verdict: Verdict }
  | { type: 'closed'; socket: number; verdict: Verdict }
  /** A socket that drains has nothing more to say. */
  | { type: 'drained'; socket: number }
  | { type: 'timer'; timer: TimerName }
  /** Something suggests that now is the moment to try: the network is back, the key was pressed. */
  | { type: 'woke' }
  /** Nobody talks, and whoever begins says so first: there need be no session until then. */
  | { type: 'rest' }
  | { type: 'quiet'; quiet: boolean; restful: boolean }

export type ConnectionEffect =
  | { type: 'open'; socket: number }
  /** End a socket of which nothing more is wanted. */
  | { type: 'drop'; socket: number }
  /** End a socket in order: it has said everything. */
  | { type: 'close'; socket: number }
  | { type: 'arm'; timer: TimerName; delayMs: number }
  | { type: 'disarm'; timer: TimerName }

export interface ConnectionContext {
  /** Steady, as all times of the state. */
  nowMs: number
  /** In [0, 1), fresh for every step. */
  chance: number
  policy: ConnectionPolicy
}

export type ConnectionStep = readonly [state: ConnectionState, effects: readonly ConnectionEffect[]]

export const unstarted: ConnectionState = { issued: 0, phase: { type: 'off', why: 'not-started' }, draining: null }

/** Sockets that this state holds, at most two; the runner may hold no other. */
export function heldSockets({ phase, draining }: ConnectionState): number[] {
  const before = draining === null ? [] : [draining]
  switch (phase.type) {
    case 'off':
    case 'waiting':
      return before
    case 'opening':
    case 'live':
      return [...before, phase.socket]
    case 'handing-over':
      return [...before, phase.from.socket, phase.next]
  }
}

/** The phase with its times moved, as onto another clock. */
export function phaseAt(phase: ConnectionPhase, byMs: number): ConnectionPhase {
  switch (phase.type) {
    case 'off':
      return phase
    case 'opening':
      return { ...phase, openedMs: phase.openedMs + byMs }
    case 'waiting':
      return { ...phase, untilMs: phase.untilMs + byMs }
    case 'live':
      return liveAt(phase, byMs)
    case 'handing-over':
      return { ...phase, from: liveAt(phase.from, byMs), nextOpenedMs: phase.nextOpenedMs + byMs }
  }
}

function liveAt(phase: LivePhase, byMs: number): LivePhase {
  const { handOver } = phase
  return {
    ...phase,
    openedMs: phase.openedMs + byMs,
    endsMs: phase.endsMs + byMs,
    handOver: typeof handOver === 'string' ? handOver : { notBeforeMs: handOver.notBeforeMs + byMs },
  }
}
