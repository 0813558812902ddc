// What one day has cost, by model and kind of token, and what that means for the rest of it. Pure; when a day begins and
// where this is kept is main's business.
import { z } from 'zod'
import type { SpendingView } from '../agent/task.ts'
import { usageSchema, type Usage } from '../conversation/change.ts'
import { addUsage, noUsage } from '../conversation/usage.ts'
import { priceOf, type Price, type PriceTable } from './prices.ts'

export const daySchema = z.object({
  /** The local date, `2026-11-22`. */
  date: z.iso.date(),
  models: z.record(z.string(), usageSchema),
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

export function beginDay(date: string): Day {
  return { date, models: {}, isWarned: false }
}

export function addToDay(day: Day, model: string, usage: Usage): Day {
  const models = new Map(Object.entries(day.models))
  models.set(model, addUsage(models.get(model) ?? noUsage, usage))
  return { ...day, models: Object.fromEntries(models) }
}

/**
 * US dollars; null when a kind of token that was used has no price. Cached tokens are a part of the input, and services
 * cache from its front, where the text of the instructions stands: they count as text as far as there is text.
 */
export function costOf(usage: Usage, price: Price): number | null {
  const cachedText = Math.min(usage.cachedTokens, usage.inputTextTokens)
  const cachedAudio = Math.min(usage.cachedTokens - cachedText, usage.inputAudioTokens)
  const parts: (readonly [tokens: number, usdPerMillion: number | null])[] = [
    [usage.inputTextTokens - cachedText, price.inputText],
    [cachedText, price.cachedText],
    [usage.inputAudioTokens - cachedAudio, price.inputAudio],
    [cachedAudio, price.cachedAudio],
    [usage.outputTextTokens, price.outputText],
    [usage.outputAudioTokens, price.outputAudio],
  ]
  let usd = 0
  for (const [tokens, perMillion] of parts) {
    if (tokens === 0) continue
    if (perMillion === null) return null
    usd += (tokens * perMillion) / 1_000_000
  }
  return usd
}

/** @param tables one's own prices first */
export function spendingOf(day: Day, capUsd: number | null, tables: readonly PriceTable[]): SpendingView {
  const costs = Object.entries(day.models).map(([model, usage]) => {
    const price = priceOf(model, tables)
    return { model, usd: price === null ? null : costOf(usage, price) }
  })
  const known = costs.flatMap(({ usd }) => (usd === null ? [] : [usd]))
  const todayUsd = costs.length > 0 && known.length === 0 ? null : known.reduce((sum, usd) => sum + usd, 0)
  const all = Object.values(day.models).reduce(addUsage, noUsage)
  return {
    todayUsd,
    capUsd,
    today: {
      inputText: all.inputTextTokens,
      inputAudio: all.inputAudioTokens,
      cached: all.cachedTokens,
      outputText: all.outputTextTokens,
      outputAudio: all.outputAudioTokens,
    },
    unknownPrices: costs.flatMap(({ model, usd }) => (usd === null ? [model] : [])),
    pricesDated: tables[0]?.dated ?? '',
    state: stateOf(todayUsd ?? 0, capUsd),
  }
}

function stateOf(spentUsd: number, capUsd: number | null): SpendingView['state'] {
  if (capUsd === null) return 'free'
  if (spentUsd >= capUsd) return 'stopped'
  return spentUsd >= capUsd * warnedAt ? 'warned' : 'free'
}
