// English as a language that needs more room, or runs the other way: what is cut or stands on the wrong side shows. Values
// stay as they are.
import type { IntlMessageFormat } from 'intl-messageformat'

type Message = ReturnType<IntlMessageFormat['getAst']>

const longer = 1.4

export function lengthened(message: Message): Message {
  return withText(message, (text) => text.replace(/\p{L}+/gu, stretched))
}

/** As words of a script from right to left, each letter behind the one before. */
export function mirrored(message: Message): Message {
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

function withText(message: Message, change: (text: string) => string): Message {
  return message.map((element): Message[number] => {
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

/** The parser numbers the kinds of pieces and exports the numbers to nobody but its own users. */
function isText(element: Message[number]): element is Extract<Message[number], { type: 0 }> {
  return String(element.type) === '0'
}
