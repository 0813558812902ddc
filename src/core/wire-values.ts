// Values as a server sends them, read for what they are: null is absent, another type is absent, texts come out clean and ids
// short enough to be kept. What may be missing has a way to be missed here; what may not is null, and its event is none.
import { cleanText } from './clean-text.ts'
import { checksum } from './store/crc32.ts'
import { toBytes } from './store/utf8.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What is known of a frame while an event is read from it, and what is left out of that event. */
export interface Reading {
  /** No text in it needs cleaning. */
  readonly isClean: boolean
  readonly causes: string[]
  readonly renamed: (readonly [short: string, long: string])[]
}

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

export function textOf(value: unknown, { isClean }: Reading): string | undefined {
  return typeof value === 'string' ? (isClean ? value : cleanText(value)) : undefined
}

/** Null for none. One that is too long gets a short name, the same one each time, which the caller is told. */
export function idOf(value: unknown, longest: number, reading: Reading): string | null {
  const id = textOf(value, reading)
  if (id === undefined || id === '') return null
  if (id.length <= longest) return id
  const short = cleanText(`${id.slice(0, longest - 9)}~${checksum(toBytes(id))}`)
  reading.renamed.push([short, value as string])
  return short
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Zero for anything that counts nothing. */
export function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

/** What can't be read of a list is left out of it, and noted as `what`. */
export function listOf<One>(
  value: unknown,
  what: string,
  reading: Reading,
  read: (one: unknown) => One | null,
): One[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.flatMap((one: unknown) => {
    const known = read(one)
    if (known !== null) return [known]
    reading.causes.push(`${what} left out`)
    return []
  })
}

/** Texts under any names; what is no text is left out. */
export function textsOf(value: unknown, reading: Reading): Record<string, string> | undefined {
  const fields = fieldsOf(value)
  if (fields === null) return undefined
  const texts: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, one] of Object.entries(fields)) {
    const text = textOf(one, reading)
    if (text !== undefined) texts[name] = text
  }
  return { ...texts }
}
