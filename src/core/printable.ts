// What may reach a terminal of words that come from elsewhere (a model, a service, a file's name): no control character, so
// that nothing is erased, moved, coloured or put into the clipboard, and nothing that turns a line around.

/** Line end and tab stay. Joiners stay too: scripts and emoji need them, and they move nothing. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu

const isKept = (character: string): boolean => character === '\n' || character === '\t'

/** Controls become their pictures (␛), whatever else becomes �. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => (isKept(character) ? character : pictureOf(character)))
}

/** One line, so that words can't begin a line of their own and look like a question or a note. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s*[\n\r\t]+\s*/g, ' '))
}

/** JSON of the same value in which none of them stands as itself. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(unprintable, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hexOf(character.charCodeAt(at))}`).join(''),
  )
}

const hexOf = (code: number): string => code.toString(16).padStart(4, '0')

function pictureOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}
