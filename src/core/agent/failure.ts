// What follows from a turn that failed: once more from the checkpoint, or undone and kept as a draft. Refusals that no repeat
// can mend end at once; those that cost the turn nothing (nothing was run) do not count.
import { judgeError } from '../connection/close-codes.ts'
import type { TurnEnd } from './exchange.ts'
import type { Fault } from './wire-events.ts'

export type FailedEnd = Exclude<TurnEnd, { type: 'answered' | 'abandoned' }>

/** How often this turn was tried again before. */
export interface Tries {
  /** For failures of the turn itself. */
  counted: number
  /** For what kept it from being asked at all. */
  free: number
}

export type Next =
  | { type: 'again'; afterMs: number; counts: boolean; isUnknown: boolean; leave: 'lane' | 'context-management' | null }
  | { type: 'give-up'; reason: string }

export const failureFigures = { countedTries: 1, freeTries: 5, longestWaitMs: 60_000, waitMs: 500 }

const unknownModel = 'The service does not know the model for tasks. Choose another in the settings.'

/** @param chance in [0, 1) */
export function afterFailure(end: FailedEnd, tries: Tries, chance: number): Next {
  const again = { type: 'again', afterMs: 0, counts: false, isUnknown: false, leave: null } as const
  switch (end.type) {
    case 'expired':
      return limit({ ...again, isUnknown: end.outcome === 'unknown' }, tries, 'The connection’s time was over.')
    case 'lost':
      if (end.outcome === 'not-sent') return limit(again, tries, end.cause)
      return limit({ ...again, counts: true, isUnknown: true }, tries, end.cause)
    case 'refused': {
      const { fault } = end
      const fatal = judgeError({ code: fault.code, type: null })
      if (fatal?.type === 'fatal')
        return { type: 'give-up', reason: fatal.remedy === 'model' ? unknownModel : fatal.message }
      if (fault.status === 401 || fault.status === 403)
        return { type: 'give-up', reason: 'The service refused the key. Check the key and try again.' }
      if (fault.status !== null && fault.status >= 300 && fault.status < 400)
        return { type: 'give-up', reason: 'The server redirects elsewhere. Enter its final address.' }
      if (namesField(fault, 'stream_id')) return limit({ ...again, leave: 'lane' }, tries, fault.message)
      if (namesField(fault, 'context_management'))
        return limit({ ...again, leave: 'context-management' }, tries, fault.message)
      return limit({ ...again, counts: true, afterMs: waitMs(fault, chance) }, tries, reasonOf(fault))
    }
  }
}

/** Servers that do not know a field name it as the parameter, or in their sentence only. */
export function namesField({ status, param, message }: Fault, field: string): boolean {
  return param.startsWith(field) || (status !== null && status < 500 && message.includes(field))
}

function limit(next: Extract<Next, { type: 'again' }>, tries: Tries, reason: string): Next {
  const isOver = next.counts ? tries.counted >= failureFigures.countedTries : tries.free >= failureFigures.freeTries
  return isOver ? { type: 'give-up', reason } : next
}

function waitMs(
  { status, retryAfterMs }: { status: number | null; retryAfterMs: number | null },
  chance: number,
): number {
  if (retryAfterMs !== null) return Math.min(retryAfterMs, failureFigures.longestWaitMs)
  const isBusy = status === 429 || (status !== null && status >= 500)
  return isBusy ? Math.round(failureFigures.waitMs * (1 + chance)) : 0
}

function reasonOf({ status, message }: { status: number | null; message: string }): string {
  if (status === 429) return 'The service has too much to do right now.'
  if (message !== '') return `The service says: ${message}`
  return status === null ? 'The service could not answer.' : `The service answered ${status}.`
}
