// Words and values of others, made fit to stand in a question to the person: nothing invisible, nothing that turns the line
// around, nothing that looks like something else, nothing that breaks out of its place.
import { codePoint, inPlainSight } from './script.ts'

/** One line of at most `max` characters; the middle is left out of a longer one, since both ends of a name say something. */
export function plainWords(text: string, max = 120): string {
  const line = Array.from(inPlainSight(text.replace(/[\t\n\r ]+/g, ' ').trim(), codePoint))
  if (line.length <= max) return line.join('')
  const half = Math.floor((max - 1) / 2)
  return `${line.slice(0, half).join('')}…${line.slice(-half).join('')}`
}

/** Indented JSON in which every character can be seen and told apart. */
export function exactJson(value: unknown): string {
  return inPlainSight(JSON.stringify(value, null, 2), (character) =>
    character === '\n' ? character : escape(character),
  )
}

function escape(character: string): string {
  let escaped = ''
  for (let at = 0; at < character.length; at++)
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`
  return escaped
}
