// Words of main in the language of the window. Main keeps, logs and tells what happened in English, and the record holds such
// sentences for years; they are found again by their English text, and what stands in them is left as it is. A sentence that no
// catalogue has stays as it was said.
import type { Key } from './messages.ts'
import { isText, type Pieces } from './pieces.ts'

interface Pattern {
  key: Key
  form: RegExp
  names: readonly string[]
}

/** Of what the texts are made, for finding them. */
export interface Index {
  whole: ReadonlyMap<string, Key>
  /** With values in them, those with the most text of their own first. */
  patterns: readonly Pattern[]
}

/** A value that is itself something that main says. */
const saidAgain = 'cause'

/** @param texts keys and parsed English texts, of plain values alone */
export function indexOf(texts: readonly (readonly [key: Key, text: string, pieces: Pieces])[]): Index {
  const whole = new Map<string, Key>()
  const patterns: (Pattern & { own: number })[] = []
  for (const [key, text, pieces] of texts) {
    const names = pieces.flatMap((piece) => (isText(piece) || !('value' in piece) ? [] : [piece.value]))
    if (names.length === 0) {
      whole.set(text, key)
      continue
    }
    const literals = pieces.map((piece) => (isText(piece) ? piece.value : null))
    const form = pieces
      .map((piece) => (isText(piece) ? escaped(piece.value) : 'value' in piece ? formOf(piece.value) : ''))
      .join('')
    const own = literals.reduce((sum, literal) => sum + (literal?.length ?? 0), 0)
    patterns.push({ key, names, own, form: new RegExp(`^${form}$`, 'su') })
  }
  return { whole, patterns: patterns.sort((one, other) => other.own - one.own) }
}

/**
 * @param worded the text of a message in the language
 * @param index asked for when it is first needed
 */
export function createTold(
  worded: (key: Key, values: Readonly<Record<string, string>>) => string,
  index: () => Index,
): (text: string) => string {
  function known(text: string): string | null {
    const { whole, patterns } = index()
    const key = whole.get(text)
    if (key !== undefined) return worded(key, {})
    for (const { key: name, form, names } of patterns) {
      const found = form.exec(text)
      if (found)
        return worded(name, Object.fromEntries(names.map((one, at) => [one, valueOf(one, found[at + 1] ?? '')])))
    }
    return null
  }

  function valueOf(name: string, value: string): string {
    if (name !== saidAgain) return value
    const said = told(value)
    if (said !== value) return said
    // It may stand there without its full stop.
    const closed = told(`${value}.`)
    return closed === `${value}.` ? value : closed.replace(/\.$/, '')
  }

  function told(text: string): string {
    const all = known(text)
    if (all !== null) return all
    const sentences = text.split(/(?<=[.!?]) (?=[\p{Lu}“])/u)
    return sentences.length < 2 ? text : sentences.map((sentence) => known(sentence) ?? sentence).join(' ')
  }
  return told
}

/** What may stand for a value: of figures and names no more than a sentence, or the next sentence would be taken for theirs. */
function formOf(name: string): string {
  return name === saidAgain || name === 'words' ? '(.+?)' : String.raw`((?:(?![.!?] [\p{Lu}“]).)+?)`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
