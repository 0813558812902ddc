// From written words to the sounds that they stand for, by a pronouncing dictionary and, for what that lacks, by rules of English
// spelling. What is like what is likeness.ts. A hundred thousand words: loaded only where something is compared.
import { dictionary } from 'cmu-pronouncing-dictionary'

/** ARPAbet without stress: `P AA R L IY`. */
export type Sound = string

/** Longest first; a rule that begins with `^` holds at a word's beginning, one that ends with `$` at its end. */
const rules: readonly (readonly [spelling: string, sounds: string])[] = [
  ['tion', 'SH AH N'],
  ['ough', 'AO'],
  ['igh', 'AY'],
  ['eigh', 'EY'],
  ['tch', 'CH'],
  ['^kn', 'N'],
  ['^wr', 'R'],
  ['ch', 'CH'],
  ['sh', 'SH'],
  ['th', 'TH'],
  ['ph', 'F'],
  ['wh', 'W'],
  ['ck', 'K'],
  ['ng', 'NG'],
  ['qu', 'K W'],
  ['ee', 'IY'],
  ['ea', 'IY'],
  ['oo', 'UW'],
  ['ou', 'AW'],
  ['ow', 'OW'],
  ['oa', 'OW'],
  ['ai', 'EY'],
  ['ay', 'EY'],
  ['ey$', 'IY'],
  ['ie$', 'IY'],
  ['oi', 'OY'],
  ['oy', 'OY'],
  ['au', 'AO'],
  ['er', 'ER'],
  ['ir', 'ER'],
  ['ur', 'ER'],
  ['ar', 'AA R'],
  ['or', 'AO R'],
  ['y$', 'IY'],
  ['^y', 'Y'],
  ['e$', ''],
]

const letters: Readonly<Record<string, string>> = {
  a: 'AE',
  b: 'B',
  c: 'K',
  d: 'D',
  e: 'EH',
  f: 'F',
  g: 'G',
  h: 'HH',
  i: 'IH',
  j: 'JH',
  k: 'K',
  l: 'L',
  m: 'M',
  n: 'N',
  o: 'AA',
  p: 'P',
  q: 'K',
  r: 'R',
  s: 'S',
  t: 'T',
  u: 'AH',
  v: 'V',
  w: 'W',
  x: 'K S',
  y: 'IH',
  z: 'Z',
}

/** @returns its words in small letters, accents gone */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .match(/[a-z']+/g) ?? []
  )
}

export const isKnown = (word: string): boolean => Object.hasOwn(dictionary, word)

export function soundsOf(word: string): Sound[] {
  const found = dictionary[word] ?? dictionary[word.replaceAll("'", '')]
  return split(found === undefined ? byRules(word) : found.replace(/\d/g, ''))
}

const split = (sounds: string): Sound[] => sounds.split(' ').filter((sound) => sound !== '')

function byRules(word: string): string {
  const made: string[] = []
  for (let at = 0; at < word.length;) {
    const rule = rules.find(([spelling]) => fits(word, at, spelling))
    const letter = word[at] ?? ''
    made.push(rule ? rule[1] : letter === word[at - 1] ? '' : (letters[letter] ?? ''))
    at += rule ? rule[0].replace(/[$^]/g, '').length : 1
  }
  return made.join(' ')
}

function fits(word: string, at: number, spelling: string): boolean {
  const plain = spelling.replace(/[$^]/g, '')
  if (!word.startsWith(plain, at)) return false
  if (spelling.startsWith('^') && at > 0) return false
  // A silent end needs something before it that sounds.
  return !spelling.endsWith('$') || (at > 1 && at + plain.length === word.length)
}
