// A conversation in few words, made from the person's own: for the ear when they ask, and as lines that a later
// session can recall from (facts.ts reads the quotations) when the client compacts.
import type { Memo } from '../ports.ts'
import { statementIn } from './facts.ts'
import { understand } from '../language/heard.ts'
import { lowerFirst, secondPerson } from '../language/perspective.ts'
import { sentence, shortened } from '../language/speakable.ts'

const asked =
  /^(?:please )?(?:(?:give|tell|make|write|show)(?: me)? )?(?:a |the |us )?(?:short |brief |quick )?(?:summarise|summary|recap|sum up|to summarise|summarise)\b(?!.*\b(?:article|email|page|book|file|document|report|text|letter|meeting|chapter)\b)/
const askedToo =
  /^(?:what (?:have|did) (?:we|i) (?:been )?(?:talk(?:ed|ing)?|discuss(?:ed)?|say|said|speak|spoken)(?: about| of)?|what were we talking about|what was (?:this|our) conversation about|where were we|what did we (?:talk about|discuss|say))(?: so far| today| before| until now| up to now| earlier| just now)?$/
const imperative =
  /(?:^|[.!?\n]\s*)(?:please )?(?:(?:write|give|produce|create|make) (?:me )?(?:a |an |the )?(?:[\w-]+ ){0,3}summary\b|summari[sz]e\b|condense\b|compact\b|compress\b)/i

export function asksForRecap(text: string): boolean {
  return asked.test(text) || askedToo.test(text)
}

/** Whether the application, not the person, wants the conversation condensed. */
export function wantsSummary(instructions: string): boolean {
  return imperative.test(instructions.trim())
}

/** For the ear: the last few things that were said and asked, about 500 characters at most. */
export function sayRecap(memos: readonly Memo[]): string {
  const parts = memos
    .flatMap((memo) => (memo.type === 'message' && memo.role === 'user' ? [partOf(memo.text)] : []))
    .filter((part) => part !== '')
  const summary = memos.find((memo) => memo.type === 'message' && memo.role === 'system')
  if (parts.length === 0) {
    return summary?.type === 'message'
      ? shortened(`Earlier, this: ${sentence(summary.text)}`, 500)
      : "We haven't talked about anything yet."
  }
  const shown = [...new Set(parts)].slice(-6)
  const head = shown.length < parts.length ? 'Lately: ' : 'So far: '
  return `${head}${shortened(shown.join('; '), 480)}.`
}

function partOf(words: string): string {
  const { plain, text } = understand(words)
  if (
    text === '' ||
    asksForRecap(text) ||
    /^(?:hi|hello|hey|thanks|thank you|good (?:morning|evening)|okay|yes|no)$/.test(text)
  )
    return ''
  const told = statementIn(words)
  if (told !== null) return `you told me ${shortened(secondPerson(lowerFirst(told)), 100)}`
  const question =
    words.trim().endsWith('?') || /^(?:what|who|where|when|which|why|how|is|are|do|does|did|can)\b/.test(text)
  const line = shortened(plain, 100)
  return question ? `you asked, ${lowered(line)}` : `you said, ${lowered(line)}`
}

function lowered(line: string): string {
  return /^(?:I\b|I'|[A-Z]{2})/.test(line) ? line : line.charAt(0).toLowerCase() + line.slice(1)
}

/** For a later session: quoted lines, newest kept when there are too many. About 3,000 characters at most. */
export function summaryOf(memos: readonly Memo[]): string {
  const lines = memos.flatMap((memo) => {
    if (memo.type !== 'message' || memo.text.trim() === '') return []
    const words = shortened(memo.text.trim().replaceAll('"', "'"), memo.role === 'system' ? 1_200 : 240)
    if (memo.role === 'system') return [memo.text.includes('"') ? shortened(memo.text.trim(), 1_200) : words]
    if (understand(memo.text).text === '') return []
    return [memo.role === 'user' ? `The person said: "${words}"` : `The voice answered: ${words}`]
  })
  const told = lines.filter((line) => line.startsWith('The person said') && statementIn(line.slice(18, -1)) !== null)
  const kept: string[] = []
  let left = 3_000
  for (const line of [...told.toReversed(), ...lines.toReversed()]) {
    if (kept.includes(line) || line.length > left) continue
    kept.push(line)
    left -= line.length + 1
  }
  return lines.length === 0 ? 'Nothing was said yet.' : lines.filter((line) => kept.includes(line)).join('\n')
}
