// What a session is given and what came of it, over however many sessions it takes: plans with what was learned from those
// that died of it, remembers what the endpoint refuses, and says what is missing.
import type { Change } from '../../core/conversation/change.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import {
  planRestore,
  voiceRestoreBudget,
  type ItemSource,
  type RestorePlan,
} from '../../core/conversation/rehydrate.ts'
import {
  batchFor,
  noTrials,
  seedDied,
  seedTaken,
  wantsFor,
  type SeedDeath,
} from '../../core/conversation/seed-trials.ts'
import { missingWords, refusedWords } from '../../core/conversation/missing.ts'
import type { Restored } from './wire.ts'

export interface RestoringOpts {
  endpoint: string
  conversation: () => Conversation
  record: (changes: readonly Change[]) => void
  /** One sentence for the person. */
  notice: (message: string) => void
  /** To be said aloud at the next quiet moment, too. */
  sayAloud: (message: string) => void
}

export interface Restoring {
  plan(): RestorePlan
  /** Items a batch. */
  batch(): number
  died(death: SeedDeath): void
  /** The session is ready. */
  taken(restored: Restored): { sessions: number; attempts: number }
}

export function createRestoring(opts: RestoringOpts): Restoring {
  let trials = noTrials

  /** Remembered in the record, so that the next session does without at once. */
  function leaveOut(found: readonly (ItemSource & { reason: string })[]): void {
    if (found.length === 0) return
    const { endpoint } = opts
    opts.record(found.map(({ of, id, reason }) => ({ type: 'left-out', of, id, endpoint, reason })))
    opts.notice(refusedWords(found, opts.conversation()))
  }

  return {
    plan: () => planRestore(opts.conversation(), voiceRestoreBudget, wantsFor(trials, opts.endpoint)),
    batch: () => batchFor(trials),
    died: (death) => void (trials = seedDied(trials, death)),
    taken({ plan, seeding, refused }) {
      const end = seedTaken(trials, seeding)
      trials = end.trials
      const named = refused.flatMap(({ item, reason }) => {
        const source = plan.sources.get(item)
        return source ? [{ ...source, reason }] : []
      })
      leaveOut([...end.found, ...distinct(named)])
      if (end.isFallback) {
        const words = missingWords(plan.missing, opts.conversation().summary !== null)
        opts.notice(words)
        opts.sayAloud(words)
      }
      return { sessions: end.sessions, attempts: end.attempts }
    },
  }
}

/** A call and its output are two items of one source. */
function distinct<Source extends ItemSource>(sources: readonly Source[]): Source[] {
  return sources.filter((one, at) => sources.findIndex(({ of, id }) => of === one.of && id === one.id) === at)
}
