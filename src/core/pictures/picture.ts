// A picture of the person's, as the record knows it: what it is, not its bytes, which lie beside the conversation under their
// digest. Where a model is not given the picture it is given a sentence. Pure.
import { wellFormed } from '../conversation/shorten.ts'
import { pictureLimits, pictureTokens, type Size } from '../picture-limits.ts'

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'

export interface Picture extends Size {
  /** SHA-256 of its bytes, 64 hexadecimal digits. */
  digest: string
  type: PictureType
  /** For people; clean and bounded. */
  name: string
  bytes: number
  /** The person deleted it: nothing of it is kept but this. */
  removed?: true | undefined
}

/** A name as it may stand in a sentence: on one line, bounded, without what could end that sentence. */
export function plainName(name: string): string {
  const plain = wellFormed(name)
    .replace(/[\p{C}\p{Zl}\p{Zp}[\]"<>\\/]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const short = wellFormed(plain.slice(0, pictureLimits.nameCharacters)).trim()
  return short === '' ? 'picture' : short
}

/** What stands for it where it is not given or shown. */
export function sentenceOf({ name, width, height, removed }: Picture): string {
  return removed === true ? `[a picture that was deleted, ${name}]` : `[a picture, ${name}, ${width}x${height}]`
}

/** The words of a turn with a sentence for each of its pictures. */
export function withSentences(text: string, pictures: readonly Picture[] = []): string {
  return [text, ...pictures.map(sentenceOf)].filter((line) => line !== '').join('\n')
}

export function keptPictures(pictures: readonly Picture[] = []): readonly Picture[] {
  return pictures.filter(({ removed }) => removed !== true)
}

export function tokensOf(pictures: readonly Size[]): number {
  return pictures.reduce((sum, picture) => sum + pictureTokens(picture), 0)
}

const scheme = 'parley-picture:'

/** Stands for the bytes in an item until it is sent: items are compared, kept and counted without them. */
export function addressOf({ digest, width, height }: Picture): string {
  return `${scheme}${digest}/${width}x${height}`
}

/** Null for any other address. */
export function readAddress(address: unknown): (Size & { digest: string }) | null {
  const found = typeof address === 'string' ? /^parley-picture:([0-9a-f]{64})\/(\d+)x(\d+)$/.exec(address) : null
  if (found === null) return null
  const [, digest = '', width = '', height = ''] = found
  return { digest, width: Number(width), height: Number(height) }
}

/** What stands for a picture of which only the address is known. */
export function sentenceAt({ width, height }: Size): string {
  return `[a picture, ${width}x${height}]`
}
