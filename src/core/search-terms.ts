// The words of a text, for finding them again: in small letters without marks, and where a language writes no spaces, its signs
// one by one. And where in a conversation what is looked for stands.
import { shownWords } from './conversation/export.ts'
import type { Conversation, Turn } from './conversation/reduce.ts'

const words = /[\p{L}\p{N}]+/gu
const signs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

export function termsOf(text: string): string[] {
  return (plain(text).match(words) ?? []).flatMap((word) => (signs.test(word) ? Array.from(word) : [word]))
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

export interface Place {
  turn: string
  excerpt: string
}

const around = 40

/** The newest turn in which all of it stands as it is written; else the newest with each of its words. */
export function newestPlace({ turns }: Pick<Conversation, 'turns'>, wanted: string): Place | null {
  const literal = wanted.toLowerCase()
  for (const turn of turns.toReversed()) {
    const place = placeIn(turn, literal)
    if (place !== null) return place
  }
  const terms = termsOf(wanted)
  const [firstTerm] = terms
  if (firstTerm === undefined) return null
  for (const turn of turns.toReversed()) {
    const own = termsOf(shownWords(turn))
    if (!terms.every((term) => own.some((one) => one.startsWith(term)))) continue
    const first = (shownWords(turn).match(words) ?? []).find((word) => plain(word).startsWith(firstTerm)) ?? ''
    return placeIn(turn, first.toLowerCase())
  }
  return null
}

function placeIn(turn: Turn, literal: string): Place | null {
  const text = shownWords(turn)
  const at = text.toLowerCase().indexOf(literal)
  if (at === -1) return null
  const from = Math.max(0, at - around)
  const to = at + literal.length + around
  return { turn: turn.id, excerpt: `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}` }
}
