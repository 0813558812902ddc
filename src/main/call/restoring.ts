// What the sessions of an endpoint are given and what came of it, over however many it takes: plans with what was learned from
// those that died of it, remembers what the endpoint refuses, and says what is missing.
import type { Change } from '../../core/conversation/change.ts'
import { callKey, noteKey, resultKey, turnKey, type RefusedItem } from '../../core/conversation/held.ts'
import { missingWords, refusedWords, shortWords } from '../../core/conversation/missing.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Picture } from '../../core/pictures/picture.ts'
import {
  planRestore,
  voiceRestoreBudget,
  type ItemSource,
  type RestorePlan,
  type Beginning,
} from '../../core/conversation/rehydrate.ts'
import {
  budgetFor,
  noTrials,
  orderFor,
  seedDied,
  seedTaken,
  wantsFor,
  type SeedDeath,
  type SeedOrder,
} from '../../core/conversation/seed-trials.ts'
import type { Holding } from './holding.ts'

export interface RestoringOpts {
  endpoint: string
  conversation: () => Conversation
  record: (changes: readonly Change[]) => void
  /** One sentence for the person. */
  notice: (message: string) => void
  /** To be said aloud at the next quiet moment, too. */
  sayAloud: (message: string) => void
  /** Whether a session can be given the picture as it is. */
  pictures: (picture: Picture) => boolean
}

/** How one session is given its items, by what was known when it began. */
export interface SessionPlan {
  plan: (from?: Beginning) => RestorePlan
  order: SeedOrder
}

export interface Restoring {
  next(): SessionPlan
  died(death: SeedDeath): void
  /** The session is ready. */
  taken(holding: Holding): { sessions: number; attempts: number }
  /** An item was refused by a session in use. */
  refused(refused: RefusedItem, plan: RestorePlan): void
}

type Refused = ItemSource & { reason: string }

export function createRestoring(opts: RestoringOpts): Restoring {
  let trials = noTrials

  /** Remembered in the record, so that the next session does without at once. */
  function leaveOut(found: readonly Refused[]): void {
    if (found.length === 0) return
    const { endpoint } = opts
    opts.record(found.map(({ of, id, reason }) => ({ type: 'left-out', of, id, endpoint, reason })))
    opts.notice(refusedWords(found, opts.conversation()))
  }

  return {
    next() {
      const wants = { ...wantsFor(trials, opts.endpoint), pictures: opts.pictures }
      const budget = budgetFor(trials, voiceRestoreBudget)
      return {
        order: orderFor(trials),
        plan: (from) => planRestore(opts.conversation(), budget, from === undefined ? wants : { ...wants, from }),
      }
    },
    died: (death) => void (trials = seedDied(trials, death)),
    taken(holding) {
      const plan = holding.plan()
      const end = seedTaken(trials, holding.batches())
      trials = end.trials
      leaveOut(distinct([...end.found, ...holding.held().refused.flatMap((one) => sourceOf(one, plan))]))
      if (end.aside.length > 0) opts.notice(refusedWords(distinct(end.aside), opts.conversation()))
      if (end.isShort && plan.missing > 0) opts.notice(shortWords(plan.missing))
      if (end.isFallback) {
        const words = missingWords(plan.missing, opts.conversation().summary !== null)
        opts.notice(words)
        opts.sayAloud(words)
      }
      return { sessions: end.sessions, attempts: end.attempts }
    },
    // Without its pictures the turn will be taken.
    refused: (refused, plan) => leaveOut(refused.picture === 'untaken' ? [] : sourceOf(refused, plan)),
  }
}

function sourceOf({ key, reason }: RefusedItem, plan: RestorePlan): Refused[] {
  const source = [...plan.sources.values()].find(({ of, id }) =>
    of === 'turn'
      ? key === turnKey(id)
      : of === 'call'
        ? key === callKey(id) || key === resultKey(id)
        : key === noteKey,
  )
  return source ? [{ ...source, reason }] : []
}

/** A call and its output are two items of one source. */
function distinct<Source extends ItemSource>(sources: readonly Source[]): Source[] {
  return sources.filter((one, at) => sources.findIndex(({ of, id }) => of === one.of && id === one.id) === at)
}
