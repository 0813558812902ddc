// Is a sentence finished? From its words alone: how often a sentence ends after its last two words (a table made from a
// language model), and rules for what the table can't know. Pure; the pause itself is judged in speech-input.ts.
import { z } from 'zod'
import * as lists from './sentence-words.ts'

/** −100 × log10 of the probability that a sentence ends after these words. */
const tableSchema = z.object({ tri: z.record(z.string(), z.number()), bi: z.record(z.string(), z.number()) })
export type SentenceEndTable = z.infer<typeof tableSchema>

export type Eagerness = 'low' | 'medium' | 'high'
export type Completeness = 'whole' | 'unsure' | 'unfinished'

/** Silence that ends a turn. The service itself waits 8, 4 and 2 s at most for low, medium and high. */
export const waitsMs: Record<Eagerness, Record<Completeness, number>> = {
  low: { whole: 500, unsure: 1200, unfinished: 4000 },
  medium: { whole: 250, unsure: 700, unfinished: 2200 },
  high: { whole: 160, unsure: 450, unfinished: 1400 },
}

/** log10 probabilities. Of whole sentences 96 of 100 lie above the first, of beginnings of sentences a third. */
const wholeAbove = -1.35
const unfinishedBelow = -1.6
/** For a word that the table does not have. */
const unknownWord = -1.2

export function parseSentenceEndTable(json: string): SentenceEndTable {
  return tableSchema.parse(JSON.parse(json))
}

/** @returns log10 P(the sentence ends | its last two words) */
function endLogProbability(table: SentenceEndTable, words: readonly string[]): number {
  const last = words.at(-1) ?? ''
  // A table of everyday talk knows numbers only as they occur there.
  if (lists.numberWords.has(last) || /\d/.test(last)) return unknownWord
  const found = table.tri[`${words.at(-2) ?? ''} ${last}`] ?? table.bi[last]
  return found === undefined ? unknownWord : -found / 100
}

const isNumber = (word: string): boolean => lists.numberWords.has(word) || /^\d+$/.test(word)

/** "Who are you talking to", "what is it called": the thing asked for is the first word. */
function asksForItsEnd(words: readonly string[]): boolean {
  const [first = ''] = words
  if (!lists.questionWords.has(first)) return false
  return words.slice(0, -1).some((word, at) => lists.pronouns.has(word) && lists.questionVerbs.has(words[at - 1] ?? ''))
}

/** "What is twenty five …", "forty two times …", "a timer for ten …". */
function goesOnCounting(words: readonly string[]): boolean {
  const [before = '', last = ''] = words.slice(-2)
  const sum = /^(?:what is|what's|whats) (.+)$/.exec(words.join(' '))?.[1]
  if (sum?.split(' ').every((word) => isNumber(word) || word === 'a' || word === 'and')) return true
  if (last === 'times') return isNumber(before)
  return isNumber(last) && before === 'for' && words.some((word) => word === 'timer' || word === 'countdown')
}

/** "Could you please …", "put the keys …", "tell me what …", "how do you spell the word …". */
function isHalfAnOrder(words: readonly string[]): boolean {
  const [before = '', last = ''] = words.slice(-2)
  if (last === 'please') return words.length <= 4 && /^(can|could|would|will) you/.test(words.join(' '))
  if (last === 'word' || last === 'name') return before === 'the'
  if (/^(what|who|where|when|how|why)$/.test(last)) return /^(me|know|wonder|sure|explain|out|show)$/.test(before)
  return (
    words[0] === 'put' &&
    !words.some((word) => lists.strandable.has(word) || /^(away|off|down|up|into|onto|out)$/.test(word))
  )
}

function endsOpen(words: readonly string[]): boolean {
  const [third = '', before = '', last = ''] = ['', '', '', ...words].slice(-3)
  if (words.length < 2) return lists.fillers.has(last) || lists.openWords.has(last)
  if (lists.strandable.has(last)) {
    const isParticle = lists.particles.has(last) && (lists.particleVerbs.has(before) || lists.particleVerbs.has(third))
    const isWanted = last === 'to' && /^(want|need|have|going|like|used|able|try|trying)$/.test(before)
    return isWanted || !(isParticle || asksForItsEnd(words))
  }
  if (last === 'called' || last === 'named') return !lists.pronouns.has(before) && !asksForItsEnd(words)
  if (last === 'that' || last === 'if')
    return lists.sayingVerbs.has(before) || lists.sayingVerbs.has(third) || last === 'if'
  if (lists.openAdjectives.has(last)) return !lists.adjectiveNouns.has(before) && !asksForItsEnd(words)
  if (last === 'is' || last === 'are' || last === 'was' || last === 'were')
    return !asksForItsEnd(words) && !/^(where|what|who|how|it|that)$/.test(third) && !lists.pronouns.has(before)
  if (lists.transitiveVerbs.has(last)) return !asksForItsEnd(words) && !lists.particleVerbs.has(before)
  return lists.openWords.has(last) || lists.fillers.has(last) || goesOnCounting(words) || isHalfAnOrder(words)
}

/** "When I get home", "the book that I bought yesterday": half of something, with nothing after it yet. */
function lacksMainClause(words: readonly string[], text: string): boolean {
  const [first = '', second = '', third = '', fourth = ''] = words
  const isRelative = /^(that|which|who)$/.test(third) && lists.pronouns.has(fourth)
  if (lists.nounOpeners.has(first) && isRelative)
    return words.length <= 7 && !words.some((word) => lists.finiteVerbs.has(word))
  return lists.subordinators.has(first) && !lists.questionVerbs.has(second) && !/,\s*\w/.test(text) && words.length <= 8
}

/** @param text as the recogniser writes it; its punctuation is a weak sign of how it was spoken */
export function completeness(table: SentenceEndTable, text: string): Completeness {
  const words = text.toLowerCase().match(/[a-z0-9']+/g) ?? []
  if (words.length === 0) return 'unsure'
  if (endsOpen(words) || lacksMainClause(words, text)) return 'unfinished'
  const score = endLogProbability(table, words)
  // A preposition or a verb that got past the rules ends its question, which the table hardly ever saw.
  const isStranded = lists.strandable.has(words.at(-1) ?? '') || asksForItsEnd(words)
  const isLevel = !/[.?!]["']?$/.test(text.trim())
  if (score < unfinishedBelow && !isStranded) return 'unfinished'
  if (isLevel) return score < -0.9 ? 'unfinished' : 'unsure'
  return score >= wholeAbove || isStranded ? 'whole' : 'unsure'
}
