// English as a language that needs more room, or runs the other way: what is cut or stands on the wrong side shows. Values
// stay as they are.
import { isText, type Pieces } from './pieces.ts'

const longer = 1.4

export function lengthened(message: Pieces): Pieces {
  return withText(message, (text) => text.replace(/\p{L}+/gu, stretched))
}

/** As words of a script from right to left, each letter behind the one before. */
export function mirrored(message: Pieces): Pieces {
  return withText(message, (text) => text.replace(/\S+/gu, '\u202e$&\u202c'))
}

/** Its vowels are said for longer, until it has its length. */
function stretched(word: string): string {
  const missing = Math.ceil(word.length * longer) - word.length
  const vowels = word.match(/[aeiouy]/gi)?.length ?? 0
  if (vowels === 0) return word + '~'.repeat(missing)
  let added = 0
  return word.replace(/[aeiouy]/gi, (vowel) => {
    const here = Math.min(missing - added, Math.ceil(missing / vowels))
    added += here
    return vowel + vowel.toLowerCase().repeat(here)
  })
}

function withText(message: Pieces, change: (text: string) => string): Pieces {
  return message.map((element): Pieces[number] => {
    if ('children' in element) return { ...element, children: withText(element.children, change) }
    if ('options' in element) {
      const options: typeof element.options = {}
      for (const [name, option] of Object.entries(element.options))
        options[name] = { ...option, value: withText(option.value, change) }
      return { ...element, options }
    }
    return isText(element) ? { ...element, value: change(element.value) } : element
  })
}
