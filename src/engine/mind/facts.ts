// What the person has told of themselves: finds the statement that answers a question, in the conversation first and
// then in the notebook. Pure; matching is by the words that carry meaning, not by grammar.
import type { Memo } from '../ports.ts'
import { understand } from '../language/heard.ts'

const empty = new Set(
  (
    'what who whom whose where when which why how do did does is are was were am be been being i me my mine we our us you your the a an it ' +
    'that this these those to of for in on at with from by and or but if tell told say said remember know about can could will would please ' +
    'again just now have has had so there not yes no please kind sort type year'
  ).split(' '),
)
/** Words that tell little about what is asked: their absence is forgiven sooner. */
const faint = new Map([
  ['name', 0.5],
  ['favourite', 0.3],
  ['appointment', 0.5],
  ['food', 0.5],
  ['number', 0.5],
])
const alike: Record<string, string> = {
  call: 'name',
  nam: 'name',
  born: 'birthday',
  birth: 'birthday',
  drove: 'drive',
  lov: 'like',
  enjoy: 'like',
  kept: 'keep',
}
const least = 0.6
const mostMemos = 400

/** The words that carry meaning, levelled: plural, past and possessive ends go. */
export function keywords(text: string): string[] {
  const words =
    understand(text)
      .text.replace(/'s\b/g, '')
      .match(/[a-z0-9]+/g) ?? []
  const roots = words
    .filter((word) => !empty.has(word))
    .map((word) => {
      const root =
        word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word.length === 4 ? word.replace(/[se]$/, '') : word
      return alike[root] ?? alike[word] ?? (root === 'favourit' ? 'favourite' : root)
    })
  return [...new Set(roots)]
}

const statement =
  /^(?:my|our|his|her|their|i|we|the|it is|there (?:is|are)|[a-z]+(?: [a-z]+)? (?:is|are|was|lives|likes))\b/i
const request =
  /^(?:i|we) (?:want|need|would like|wonder|asked|said|told|think you|am asking|do not know)\b|^(?:the )?(?:time|date|timer)\b/i
const question =
  /^(?:what|who|whom|whose|where|when|which|why|how|do|does|did|is|are|am|was|can|could|will|would|should|have|has)\b/i

/** What the words tell, without "remember that"; null when they ask or command. */
export function statementIn(words: string): string | null {
  const { plain, text } = understand(words)
  const told = plain.replace(
    /^(?:please )?(?:remember|do not forget|don't forget|keep in mind)(?: that| this)?[,:]? /i,
    '',
  )
  if (told !== plain) return /^(?:to|what|when|how|me)\b/i.test(told) ? null : told
  if (words.trim().endsWith('?') || question.test(text) || request.test(text) || !statement.test(text)) return null
  return plain
}

/** Everything told in the conversation, newest first; lines of an earlier summary count as told. */
function toldIn(memos: readonly Memo[]): string[] {
  return memos
    .slice(-mostMemos)
    .toReversed()
    .flatMap((memo) => {
      if (memo.type !== 'message' || memo.role === 'assistant') return []
      if (memo.role === 'user') return sentencesOf(memo.text).toReversed()
      const quoted = [...memo.text.matchAll(/["“]([^"”]{3,300})["”]/g)].map((match) => match[1] ?? '')
      return [...quoted, ...sentencesOf(memo.text).map(firstPerson)].toReversed()
    })
    .map(statementIn)
    .filter((told) => told !== null)
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+|\n+/).filter((part) => part.trim() !== '')
}

/** A summary speaks of the person from outside: `The user's name is Sam` → `my name is Sam`. */
function firstPerson(line: string): string {
  return line
    .replace(/^[-*•\s]+/, '')
    .replace(/\b(?:the )?(?:user|person|speaker)'s\b/gi, 'my')
    .replace(
      /\b(?:the )?(?:user|person|speaker) (?:said|told (?:me|us)|mentioned|stated|asked me to remember)(?: that)? /gi,
      '',
    )
    .replace(
      /\b(?:the )?(?:user|person|speaker) (?:lives|works|likes|loves|hates|prefers)\b/gi,
      (words) => `I ${(words.split(' ').at(-1) ?? '').replace(/s$/, '')}`,
    )
    .replace(/\b(?:the )?(?:user|person|speaker) is\b/gi, 'I am')
    .replace(/\b(?:their|his|her) (?=\w+(?: \w+)? (?:is|are)\b)/gi, 'my ')
}

/** The newest statement that holds what `asked` is about; null when nothing told covers it. */
export function recall(asked: string, memos: readonly Memo[], facts: readonly { text: string }[]): string | null {
  const wanted = keywords(asked)
  if (wanted.length === 0) return null
  const own = /\b(?:i|my|me|our|we|mine)\b/i.test(understand(asked).text)
  return best(wanted, toldIn(memos), own) ?? best(wanted, facts.map((fact) => fact.text).toReversed(), true)
}

function best(wanted: readonly string[], told: readonly string[], own: boolean): string | null {
  const weightOf = (word: string): number => faint.get(word) ?? 1
  const all = wanted.reduce((sum, word) => sum + weightOf(word), 0)
  let found: { told: string; share: number } | null = null
  for (const words of told) {
    const held = new Set(keywords(words))
    const share = wanted.filter((word) => held.has(word)).reduce((sum, word) => sum + weightOf(word), 0) / all
    // What is not about the person needs every word, and more than one: "the weather is nice" is no forecast.
    const enough = own ? share >= least : share === 1 && wanted.length > 1
    if (enough && held.size > wanted.length * share && share > (found?.share ?? 0)) found = { told: words, share }
  }
  return found?.told ?? null
}
