// From the phases of the connection to the events of the health journal: what broke, for how long, and what was no break at
// all. Pure; whoever watches the line is main/app/monitor.ts.
import type { ConnectionPhase } from '../connection/state.ts'
import type { HealthEvent } from './entry.ts'
import { withoutSecrets } from './secrets.ts'

export interface Followed {
  /** The socket that carries the conversation, and since when. */
  carried: { socket: number; sinceMs: number } | null
  /** Since when the person has wanted a line and had none. */
  awaySinceMs: number | null
}

export const nothingFollowed: Followed = { carried: null, awaySinceMs: null }

/** `atMs` is wall clock, for the record; `monotonicMs` measures. */
export interface Moment {
  atMs: number
  monotonicMs: number
}

const longestCause = 200

export function followPhase(
  followed: Followed,
  phase: ConnectionPhase,
  now: Moment,
): { followed: Followed; event: HealthEvent | null } {
  const { carried, awaySinceMs } = followed
  const atMs = now.atMs
  const away: Followed = { carried: null, awaySinceMs: awaySinceMs ?? now.monotonicMs }
  const lost = (cause: string): HealthEvent | null =>
    carried && { type: 'lost', atMs, ageMs: now.monotonicMs - carried.sinceMs, cause: causeOf(cause) }
  switch (phase.type) {
    case 'opening':
      return carried
        ? { followed: away, event: lost('the session ended and the next one was opened at once.') }
        : { followed, event: null }
    case 'waiting': {
      const { attempt } = phase
      return {
        followed: away,
        event: lost(phase.cause) ?? { type: 'missed', atMs, attempt, cause: causeOf(phase.cause) },
      }
    }
    case 'live': {
      if (carried?.socket === phase.socket) return { followed, event: null }
      const next = { carried: { socket: phase.socket, sinceMs: now.monotonicMs }, awaySinceMs: null }
      if (carried)
        return { followed: next, event: { type: 'handed-over', atMs, ageMs: now.monotonicMs - carried.sinceMs } }
      return {
        followed: next,
        event: { type: 'live', atMs, awayMs: awaySinceMs === null ? null : now.monotonicMs - awaySinceMs },
      }
    }
    case 'handing-over':
      return { followed, event: null }
    case 'off':
      if (typeof phase.why === 'object')
        return { followed: away, event: { type: 'refused', atMs, message: causeOf(phase.why.fatal.message) } }
      return carried === null && awaySinceMs === null
        ? { followed, event: null }
        : {
            followed: nothingFollowed,
            event: { type: 'ended', atMs, why: phase.why === 'resting' ? 'resting' : 'stopped' },
          }
  }
}

function causeOf(text: string): string {
  return withoutSecrets(text).slice(0, longestCause)
}
