// How like one row of sounds is to the beginning of another, by what the mouth does for each: the fuzzy half of knowing a
// phrase again. Pure.
import type { Sound } from './sounds.ts'

export interface Likeness {
  /** 1: the same sounds; 0: nothing of them. */
  likeness: number
  /** How many of the heard sounds stand for the phrase. */
  length: number
}

/** Sounds of one row are made in nearly the same way; a recogniser takes one for the other. */
const classes: readonly (readonly Sound[])[] = [
  ['P', 'B'],
  ['T', 'D'],
  ['K', 'G'],
  ['F', 'V', 'TH'],
  ['S', 'Z'],
  ['SH', 'ZH', 'CH', 'JH'],
  ['TH', 'DH'],
  ['M', 'N', 'NG'],
  ['L', 'R', 'W'],
  ['ER', 'R'],
  ['IY', 'IH', 'EY', 'Y'],
  ['EH', 'AE', 'EY', 'AH'],
  ['AA', 'AO', 'AH', 'AW'],
  ['OW', 'AO', 'UH', 'UW'],
  ['AY', 'AA', 'OY'],
]
const vowels = new Set(['AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH', 'ER', 'EY', 'IH', 'IY', 'OW', 'OY', 'UH', 'UW'])
/** These come and go in quick speech. */
const weak = new Set(['HH', 'AH', 'R', 'Y', 'W'])

export const isVowel = (sound: Sound): boolean => vowels.has(sound)

function changeCost(one: Sound, other: Sound): number {
  if (one === other) return 0
  if (classes.some((each) => each.includes(one) && each.includes(other))) return 0.4
  return isVowel(one) === isVowel(other) ? (isVowel(one) ? 0.6 : 1) : 1.2
}

const lossCost = (sound: Sound): number => (weak.has(sound) ? 0.5 : isVowel(sound) ? 0.7 : 0.9)

/** The phrase against every beginning of what was heard; the one that is most like it counts. */
export function likenessOf(phrase: readonly Sound[], heard: readonly Sound[]): Likeness {
  if (phrase.length === 0) return { likeness: 0, length: 0 }
  let row = [0]
  for (const sound of heard) row.push((row.at(-1) ?? 0) + lossCost(sound))
  for (const wanted of phrase) {
    const next = [(row[0] ?? 0) + lossCost(wanted)]
    for (const [at, sound] of heard.entries())
      next.push(
        Math.min(
          (row[at] ?? 0) + changeCost(wanted, sound),
          (row[at + 1] ?? 0) + lossCost(wanted),
          (next[at] ?? 0) + lossCost(sound),
        ),
      )
    row = next
  }
  const least = Math.min(...row)
  return { likeness: Math.max(0, 1 - least / phrase.length), length: row.indexOf(least) }
}
