// All files below a folder, for comparing what was there with what is.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** By path below it. Sockets are left out. */
export function bytesOf(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return new Map(files.sort().map((name) => [name, readFileSync(join(folder, name))]))
}

/** Files below it that hold these words. */
export function holding(folder: string, words: string): string[] {
  return [...bytesOf(folder)].filter(([, bytes]) => bytes.includes(words)).map(([name]) => name)
}

/** Files below it in which these bytes stand in any form in which something may have been written: as they are, as UTF-16, escaped, in base64, in hexadecimal. */
export function holdingAnyForm(folder: string, words: string | Uint8Array): string[] {
  const forms = formsOf(Buffer.from(words))
  return [...bytesOf(folder)].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([name]) => name)
}

function formsOf(bytes: Buffer): Buffer[] {
  const text = bytes.toString('utf8')
  const isText = Buffer.from(text).equals(bytes)
  const little = Buffer.from(text, 'utf16le')
  const escaped = JSON.stringify(text).slice(1, -1)
  const texts = isText
    ? [little, Buffer.from(little).swap16(), Buffer.from(escaped), Buffer.from(encodeURIComponent(text))]
    : []
  return [bytes, ...texts, Buffer.from(bytes.toString('hex')), ...[0, 1, 2].flatMap((shift) => base64Of(bytes, shift))]
}

/** Behind so many other bytes; what its ends share with others is left out. */
function base64Of(bytes: Buffer, shift: number): Buffer[] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
  const inner = whole.slice(shift === 0 ? 0 : 4).replace(/.{0,4}$/, '')
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')].map((form) => Buffer.from(form))
}
