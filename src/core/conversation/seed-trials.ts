// What is learned from sessions that died while they were given their items: which item is to blame, and when to stop
// trying. One suspect is left out; a seed that kills two sessions in a row goes without its turns, a third one without
// anything. A line that breaks is no verdict: it counts when it breaks twice at the same item.
import type { RestoreWants, ItemSource, RestorePlan } from './rehydrate.ts'
import { outstandingItems, type Seeding } from './seeding.ts'

export interface SeedTrials {
  /** Sessions in a row that died of their seed. */
  deaths: number
  /** Sessions begun and batches sent since the last one that became ready. */
  sessions: number
  attempts: number
  /** Left out because a session died of it; for good once a session without it is ready. */
  suspects: readonly Suspect[]
  /** Left out with everything else, until the app is started anew. */
  withheld: readonly Suspect[]
  bare: boolean
  /** Where the line broke the last time, and how often there. */
  broke: { item: string; times: number } | null
}

export type Suspect = ItemSource & { reason: string }

export const noTrials: SeedTrials = {
  deaths: 0,
  sessions: 0,
  attempts: 0,
  suspects: [],
  withheld: [],
  bare: false,
  broke: null,
}

/** How a session ended that was being given its items: the service closed it, or the line broke or fell silent. */
export interface SeedDeath {
  plan: RestorePlan
  seeding: Seeding
  cause: 'closed' | 'broken'
  reason: string
  /** The item to blame, where that is known; null for the first that had no answer. */
  item: string | null
}

/** After a death the next session gets its items in batches of so many, so that the next one is told more closely. */
const carefulBatch = 40
const breaksForVerdict = 2

/** Items a batch for the next session. */
export function batchFor({ deaths, broke }: SeedTrials): number {
  return deaths === 0 && broke === null ? Infinity : carefulBatch
}

export function wantsFor({ suspects, withheld, bare }: SeedTrials, endpoint: string): RestoreWants {
  return { endpoint, without: [...suspects, ...withheld], bare }
}

/** A session before it was ready. Without an item under way its end says nothing about the seed. */
export function seedDied(trials: SeedTrials, { plan, seeding, cause, reason, item }: SeedDeath): SeedTrials {
  const under = outstandingItems(seeding)
  const counted = { ...trials, sessions: trials.sessions + 1, attempts: trials.attempts + seeding.batches }
  const first = item ?? under[0]
  if (first === undefined) return counted
  const times = trials.broke?.item === first ? trials.broke.times + 1 : 1
  const next = { ...counted, broke: { item: first, times } }
  if (cause === 'broken' && times < breaksForVerdict) return next
  return convict(next, plan, { first, isSure: item !== null || seeding.done.length > 0 || under.length === 1, reason })
}

interface Evidence {
  first: string
  /** Acknowledgements come in order: with others before it, or alone, it is the one. */
  isSure: boolean
  reason: string
}

function convict(trials: SeedTrials, plan: RestorePlan, { first, isSure, reason }: Evidence): SeedTrials {
  const deaths = trials.deaths + 1
  const next = { ...trials, deaths, broke: null }
  const source = plan.sources.get(first)
  const isNew = trials.suspects.length === 0
  if (source && source.of !== 'summary' && isSure && isNew && deaths <= 2)
    return { ...next, suspects: [...trials.suspects, { ...source, reason }] }
  if (deaths < 2) return next
  const turns = [...plan.sources.values()].filter(({ of }) => of !== 'summary')
  const withheld = [...trials.withheld, ...turns.map((one) => ({ ...one, reason }))]
  return { ...next, withheld, bare: turns.length === 0 }
}

export interface TrialsEnd {
  trials: SeedTrials
  /** Found guilty: a session without them is ready. */
  found: readonly Suspect[]
  /** The turns were withheld with this session for the first time. */
  isFallback: boolean
  sessions: number
  attempts: number
}

/** The session is ready. */
export function seedTaken(trials: SeedTrials, seeding: Seeding): TrialsEnd {
  const { suspects, withheld, bare } = trials
  return {
    trials: { ...noTrials, withheld, bare },
    // Of a seed that went wholly wrong nothing is known for certain.
    found: trials.withheld.length > 0 ? [] : suspects,
    isFallback: trials.deaths >= 2 && withheld.length > 0,
    sessions: trials.sessions + 1,
    attempts: trials.attempts + seeding.batches,
  }
}
