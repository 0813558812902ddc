// Spells words aloud, letter by letter.
import type { Skill } from '../skill.ts'
import { capitalised } from '../../language/speakable.ts'
import { knownName } from './names.ts'

const forms = [
  /^how (?:do|would|should|can|does) (?:you|i|we|one) (?:correctly )?spell (?:the (?:word|name) )?(.+?)(?: correctly)?$/i,
  /^(?:how is|what is the spelling (?:of|for)|how to) (?:spell )?(?:the (?:word|name) )?(.+?)(?: spelled| spelt)?$/i,
  /^spell(?: out)?(?: me)?(?: the (?:word|name))? (.+)$/i,
]
const backwards = /^(?:spell|say|what is) (?:the word )?(.+?) (?:backwards?|in reverse|reversed)$/i
const letters = /^how many letters (?:are there |are |does )?(?:in )?(?:the word )?([a-z'-]+)(?: have| has)?$/i
const longestWord = 40

export const spelling: Skill = {
  name: 'spelling',
  kind: 'machine',
  examples: [],
  answer({ text, plain }, scene) {
    const counted = letters.exec(plain)?.[1]
    if (counted !== undefined)
      return { say: `${capitalised(counted)} has ${counted.replace(/[^a-z]/gi, '').length} letters.` }
    const source = /\b(?:spell|spelling|backwards?|reverse)/i.test(plain) ? plain : text
    const reversed = backwards.exec(source)?.[1]
    if (reversed !== undefined && reversed.length <= longestWord) {
      return { say: `${capitalised(reversed)} backwards is ${lettersOf(Array.from(reversed).reverse().join(''))}.` }
    }
    for (const form of forms) {
      if (!/spel/i.test(source)) break
      const word = form
        .exec(source)?.[1]
        ?.replace(/[.,!?"]+/g, '')
        .trim()
      if (word === undefined || word === '' || /^(?:that|it|this)$/i.test(word)) continue
      const name = /^my (?:first )?name$/i.test(word) ? knownName(scene) : null
      if (name !== null) return { say: `Your name is spelled ${lettersOf(name)}.` }
      if (word.length > longestWord) return { say: "That's too long to spell aloud. Give me a word or two." }
      const each = word.split(/\s+/).map(lettersOf)
      return { say: `${capitalised(word)} is spelled ${each.join('. Then ')}.`, topic: { about: 'spelling' } }
    }
    return null
  },
}

/** `cat` → `C, A, T`. */
function lettersOf(word: string): string {
  return Array.from(word.replace(/[^\p{L}\p{N}'-]/gu, ''))
    .map((letter) => (letter === "'" ? 'apostrophe' : letter === '-' ? 'hyphen' : letter.toUpperCase()))
    .join(', ')
}
