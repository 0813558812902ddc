// What one day has cost, by model and kind of token, and what that means for the rest of it. Pure; when a day begins and
// where this is kept is main's business.
import { z } from 'zod'
import type { SpendingView } from '../agent/task.ts'
import { usageSchema, type Usage } from '../conversation/change.ts'
import { addUsage, inputTokens, noUsage } from '../conversation/usage.ts'
import { addCost, costOf, noCost, usdOf, type Cost } from './cost.ts'
import { isPriced, priceOf, type PriceTable, type UsedModel } from './prices.ts'

const byModel = z.record(z.string(), usageSchema)

export const daySchema = z.object({
  /** The local date, `2026-11-22`. */
  date: z.iso.date(),
  models: byModel,
  /** Requests with a very long input, which cost more. */
  long: byModel.default({}),
  /** The person has been told that most of the day's money is spent. */
  isWarned: z.boolean(),
})
export type Day = z.infer<typeof daySchema>

/** How many dates are kept, the newest last. */
const keptDays = 8

/**
 * The day of that date. A clock that was set forward and back has counted under a date that is yet to come: what was spent
 * there was spent, and counts for today.
 */
export function dayAmong(days: readonly Day[], date: string): Day {
  const ahead = days.filter((day) => day.date > date)
  const own = days.find((day) => day.date === date) ?? beginDay(date)
  return ahead.reduce(
    (sum, { models }) => Object.entries(models).reduce((day, [model, usage]) => addToDay(day, model, usage), sum),
    own,
  )
}

/** With that day in place of what was kept of it; dates that are yet to come are in it already. */
export function withDay(days: readonly Day[], day: Day): readonly Day[] {
  return [...days.filter(({ date }) => date < day.date), day].slice(-keptDays)
}

/** What a file of any version holds; null when there is nothing in it to count. */
export function readDays(stored: unknown): { value: readonly Day[]; refused: string[] } | null {
  const given = Array.isArray(stored) ? stored : [stored]
  const read = given.map((one) => daySchema.safeParse(one))
  const days = read.flatMap(({ data }) => (data ? [data] : []))
  if (days.length === 0 && given.length > 0) return null
  days.sort((one, other) => (one.date < other.date ? -1 : 1))
  return { value: days, refused: days.length < given.length ? ['a day that can’t be read is not counted'] : [] }
}

/** The person is warned at this part of the limit. */
const warnedAt = 0.8
/** A request that takes in more than this is a long one (the models' pages, “long context”). */
const longInputTokens = 272_000

export function beginDay(date: string): Day {
  return { date, models: {}, long: {}, isWarned: false }
}

/** @param usage of one request */
export function addToDay(day: Day, model: string, usage: Usage): Day {
  const part = inputTokens(usage) > longInputTokens ? 'long' : 'models'
  const counts = new Map(Object.entries(day[part]))
  counts.set(model, addUsage(counts.get(model) ?? noUsage, usage))
  return { ...day, [part]: Object.fromEntries(counts) }
}

export interface Limit {
  /** US dollars a day; null for none. */
  capUsd: number | null
  /** What is about to be used. */
  inUse: readonly UsedModel[]
  /** Models, as prices name them, that the person uses although nobody knows what they cost. */
  accepted: readonly string[]
}

/** @param tables one's own prices first */
export function spendingOf(day: Day, limit: Limit, tables: readonly PriceTable[]): SpendingView {
  const { capUsd } = limit
  const parts = [
    ...Object.entries(day.models).map(([model, usage]) => ({ model, usage, isLong: false })),
    ...Object.entries(day.long).map(([model, usage]) => ({ model, usage, isLong: true })),
  ]
  const costs = parts.map(({ model, usage, isLong }) => {
    const price = priceOf(model, tables)
    return { model, cost: price === null ? null : costOf(usage, price, isLong) }
  })
  const known = costs.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  const todayUsd = costs.length > 0 && known.length === 0 ? null : usdOf(known.reduce(addCost, noCost))
  const all = parts.reduce((sum, { usage }) => addUsage(sum, usage), noUsage)
  return {
    todayUsd,
    capUsd,
    today: {
      inputText: all.inputTextTokens,
      inputAudio: all.inputAudioTokens,
      inputImage: all.inputImageTokens,
      cached: all.cachedTokens,
      outputText: all.outputTextTokens,
      outputAudio: all.outputAudioTokens,
      heardMs: all.heardMs,
      searches: all.searches,
    },
    unknownPrices: [...new Set(costs.filter(({ cost }) => isUnknown(cost)).map(({ model }) => model))],
    asks: unpriced(limit, tables).map(({ name, does }) => ({ model: name, isReading: does === 'reading' })),
    pricesDated: tables[0]?.dated ?? '',
    state: stateOf(todayUsd ?? 0, capUsd),
  }
}

/** What is about to be used and would keep the limit from being kept; nothing where there is no limit. */
export function unpriced({ capUsd, inUse, accepted }: Limit, tables: readonly PriceTable[]): UsedModel[] {
  if (capUsd === null) return []
  return inUse.filter(({ name, does }) => !accepted.includes(name) && !isPriced(priceOf(name, tables), does))
}

const isUnknown = (cost: Cost | null): boolean => cost === null || cost.isPartial

function stateOf(spentUsd: number, capUsd: number | null): SpendingView['state'] {
  if (capUsd === null) return 'free'
  if (spentUsd >= capUsd) return 'stopped'
  return spentUsd >= capUsd * warnedAt ? 'warned' : 'free'
}
