// Is a sentence finished? From its words alone: how often a sentence ends after its last two words (a table made from a
// language model), and rules for what the table can't know. Pure; the pause itself is judged in ear.ts.
import { z } from 'zod'

/** −100 × log10 of the probability that a sentence ends after these words. */
const tableSchema = z.object({ tri: z.record(z.string(), z.number()), bi: z.record(z.string(), z.number()) })
export type SentenceEndTable = z.infer<typeof tableSchema>

export type Eagerness = 'low' | 'medium' | 'high'
export type Completeness = 'whole' | 'unsure' | 'unfinished'

export const waitsMs: Record<Eagerness, Record<Completeness, number>> = {
  low: { whole: 500, unsure: 1200, unfinished: 4000 },
  medium: { whole: 250, unsure: 700, unfinished: 2200 },
  high: { whole: 160, unsure: 450, unfinished: 1400 },
}

export function parseSentenceEndTable(json: string): SentenceEndTable {
  return tableSchema.parse(JSON.parse(json))
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9']+/g) ?? []
}

/** @returns log10 P(the sentence ends | its last two words) */
export function endLogProbability(table: SentenceEndTable, words: readonly string[]): number {
  const last = words.at(-1)
  if (last === undefined) return -1.2
  const pair = table.tri[`${words.at(-2) ?? ''} ${last}`]
  return -(pair ?? table.bi[last] ?? 120) / 100
}

export function completeness(table: SentenceEndTable, text: string): Completeness {
  const score = endLogProbability(table, wordsOf(text))
  return score >= -1.35 ? 'whole' : score >= -1.8 ? 'unsure' : 'unfinished'
}
