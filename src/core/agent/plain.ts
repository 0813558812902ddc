// Words and values of others, made fit to stand in a question to the person: nothing invisible, nothing that turns the line
// around, nothing that breaks out of its place.

/**
 * Controls, and the characters that Unicode calls format (zero-width, right-to-left marks and overrides, tags), separators of
 * lines, private use and lone surrogates: with them a name can look like another.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu

/** One line of at most `max` characters; the middle is left out of a longer one, since both ends of a name say something. */
export function plainWords(text: string, max = 120): string {
  const line = Array.from(text.replace(unseen, '�').replace(/\s+/g, ' ').trim())
  if (line.length <= max) return line.join('')
  const half = Math.floor((max - 1) / 2)
  return `${line.slice(0, half).join('')}…${line.slice(-half).join('')}`
}

/** Indented JSON in which every character can be seen. */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(unseen, (character) =>
    character === '\n' ? character : escape(character),
  )
}

function escape(character: string): string {
  let escaped = ''
  for (let at = 0; at < character.length; at++)
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`
  return escaped
}
