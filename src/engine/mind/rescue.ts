// Brings a misheard command back: compares it with whole example commands by the letters they share. It only ever
// proposes a command of a skill; it never makes one up.
import type { Skill } from './skill.ts'

export interface Rescue {
  /** The example with the person's own numbers in it. */
  command: string
  /** 0–1, how alike. */
  likeness: number
}

/** From here on the command is taken as meant; below, down to `askFrom`, the person is asked. */
export const takeFrom = 0.66
export const askFrom = 0.52
const longestChars = 70

/** The most alike example of all skills; null when none is near. `text` is levelled. */
export function rescue(text: string, skills: readonly Skill[]): Rescue | null {
  if (text.length < 6 || text.length > longestChars || !text.includes(' ')) return null
  const numbers = text.match(/\d+(?:[.:]\d+)?/g) ?? []
  const shape = trigrams(text.replace(/\d+(?:[.:]\d+)?/g, '#'))
  let found: { example: string; likeness: number } | null = null
  for (const example of skills.flatMap((skill) => skill.examples)) {
    if ((example.match(/#/g) ?? []).length !== numbers.length) continue
    // A long sentence that begins like a short command is another one.
    if (Math.min(example.length, text.length) < 0.7 * Math.max(example.length, text.length)) continue
    const likeness = dice(shape, trigrams(example))
    if (likeness >= askFrom && likeness > (found?.likeness ?? 0)) found = { example, likeness }
  }
  if (found === null) return null
  let at = 0
  return { command: found.example.replace(/#/g, () => numbers[at++] ?? ''), likeness: found.likeness }
}

/** 0–1, by the letters that two words or sentences share. */
export function likeness(one: string, other: string): number {
  return dice(trigrams(one), trigrams(other))
}

function trigrams(text: string): Set<string> {
  const padded = `  ${text} `
  return new Set(Array.from({ length: padded.length - 2 }, (_none, at) => padded.slice(at, at + 3)))
}

/** Sørensen–Dice: twice what is shared over all there is. */
function dice(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const piece of one) if (other.has(piece)) shared += 1
  return (2 * shared) / (one.size + other.size)
}
