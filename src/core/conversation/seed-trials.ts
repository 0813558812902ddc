// What is learned from sessions that ended while they were given their items, and how the next one is given them. An item is
// convicted by a refusal or a difference alone. A line that breaks says nothing of it: the next session gets that item last and
// alone, and only when it breaks just there again is the item held back, until the next line. Slowness only makes the next plan
// smaller.
import type { Held } from './held.ts'
import { underWay } from './held.ts'
import type { RestoreBudget, RestoreWants, ItemSource, RestorePlan } from './rehydrate.ts'

export interface SeedTrials {
  /** Sessions in a row that were closed over their seed. */
  deaths: number
  /** Sessions in a row that broke before anything was acknowledged. */
  empty: number
  /** Sessions begun and batches sent since the last one that became ready. */
  sessions: number
  attempts: number
  /** Convicted; for good once a session without them is ready. */
  suspects: readonly Suspect[]
  /** Held back from the next session, and tried again on the line after it. */
  aside: readonly Suspect[]
  /** Left out with everything else, until a session is ready. */
  withheld: readonly Suspect[]
  bare: boolean
  /** The item under which the line broke last: it is given last and alone. */
  last: string | null
  /** How much of the budget the next session gets: the line was too slow for all of it. */
  share: number
}

export type Suspect = ItemSource & { reason: string }

export const noTrials: SeedTrials = {
  deaths: 0,
  empty: 0,
  sessions: 0,
  attempts: 0,
  suspects: [],
  aside: [],
  withheld: [],
  bare: false,
  last: null,
  share: 1,
}

/** How a session ended that was being given its items. */
export interface SeedDeath {
  plan: RestorePlan
  held: Held
  batches: number
  /** The service closed it over what it was given, or took something else than it was given; the line broke, or was too slow. */
  cause: 'refused' | 'different' | 'broken' | 'slow'
  reason: string
  /** The item to blame, where that is known; null for the first that had no answer. */
  item: string | null
}

/** After a death the next session gets its items in batches of so many, so that the next one is told more closely. */
const carefulBatch = 40
/** So often in a row nothing at all was taken: every other session is tried without anything. */
const mostEmpty = 10
const smallestShare = 1 / 8

/** How the next session gets its items. */
export interface SeedOrder {
  batch: number
  /** Given when all others are acknowledged. */
  last: string | null
}

export function orderFor({ deaths, last }: SeedTrials): SeedOrder {
  return { batch: deaths === 0 && last === null ? Infinity : carefulBatch, last }
}

export function budgetFor({ share }: SeedTrials, budget: RestoreBudget): RestoreBudget {
  const { characters, turns, pictureTokens = 0 } = budget
  return {
    characters: Math.floor(characters * share),
    turns: Math.ceil(turns * share),
    pictureTokens: Math.floor(pictureTokens * share),
  }
}

export function wantsFor(trials: SeedTrials, endpoint: string): RestoreWants {
  const { suspects, aside, withheld, bare } = trials
  return { endpoint, without: [...suspects, ...aside, ...withheld], bare }
}

/** A session before it was ready. Without an item under way its end says nothing about the seed. */
export function seedDied(trials: SeedTrials, death: SeedDeath): SeedTrials {
  const { held, batches, cause, item } = death
  const under = underWay(held).map(({ id }) => id)
  const counted = { ...trials, sessions: trials.sessions + 1, attempts: trials.attempts + batches, aside: [] }
  const first = item ?? under[0]
  if (cause === 'slow') return { ...counted, share: Math.max(smallestShare, trials.share / 2) }
  if (first === undefined) return counted
  const isFirst = held.acknowledged.length === 0
  if (cause === 'broken') return broke(counted, death, { first, isAlone: under.length === 1, isFirst })
  return convict(counted, death, { first, isSure: item !== null || !isFirst || under.length === 1 })
}

function broke(
  trials: SeedTrials,
  { plan, reason }: SeedDeath,
  { first, isAlone, isFirst }: { first: string; isAlone: boolean; isFirst: boolean },
): SeedTrials {
  const isBareAnyway = trials.bare && trials.withheld.length > 0
  if (isFirst) {
    const empty = trials.empty + 1
    const isBare = empty >= mostEmpty && empty % 2 === 0
    return { ...trials, empty, last: null, aside: isBare ? everything(plan, reason) : [], bare: isBare || isBareAnyway }
  }
  const source = plan.sources.get(first)
  // Everything else was taken, and it broke at the same item as before.
  const aside = source !== undefined && isAlone && trials.last === first ? [{ ...source, reason }] : []
  return { ...trials, empty: 0, bare: isBareAnyway, last: aside.length > 0 ? null : first, aside }
}

function everything(plan: RestorePlan, reason: string): Suspect[] {
  return [...plan.sources.values()].filter(({ of }) => of !== 'summary').map((one) => ({ ...one, reason }))
}

interface Evidence {
  first: string
  /** Acknowledgements come in order: with others before it, or alone, it is the one. */
  isSure: boolean
}

function convict(trials: SeedTrials, { plan, reason }: SeedDeath, { first, isSure }: Evidence): SeedTrials {
  const deaths = trials.deaths + 1
  const next = { ...trials, deaths, last: null }
  const source = plan.sources.get(first)
  const isNew = trials.suspects.length === 0
  if (source && source.of !== 'summary' && isSure && isNew && deaths <= 2)
    return { ...next, suspects: [...trials.suspects, { ...source, reason }] }
  if (deaths < 2) return next
  const turns = everything(plan, reason)
  return { ...next, withheld: [...trials.withheld, ...turns], bare: turns.length === 0 }
}

export interface TrialsEnd {
  trials: SeedTrials
  /** Found guilty: a session without them is ready. */
  found: readonly Suspect[]
  /** Not given to this session; the next line tries again. */
  aside: readonly Suspect[]
  /** The turns were withheld with this session for the first time. */
  isFallback: boolean
  /** The plan was made smaller for a slow line. */
  isShort: boolean
  sessions: number
  attempts: number
}

/** The session is ready. */
export function seedTaken(trials: SeedTrials, batches: number): TrialsEnd {
  const { suspects, aside, withheld } = trials
  const isAllAside = trials.empty >= mostEmpty && aside.length > 0
  return {
    // What was held back is tried again on the next line.
    trials: noTrials,
    // Of a seed that went wholly wrong nothing is known for certain.
    found: trials.withheld.length > 0 ? [] : suspects,
    aside: isAllAside ? [] : aside,
    isFallback: isAllAside || (trials.deaths >= 2 && withheld.length > 0),
    isShort: trials.share < 1,
    sessions: trials.sessions + 1,
    attempts: trials.attempts + batches,
  }
}
