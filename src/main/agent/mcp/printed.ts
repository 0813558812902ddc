// What a server prints besides the protocol: the last of it, as lines that a person may be shown. Without what moves a
// terminal's cursor, and without keys. Pure.
import { stripVTControlCharacters } from 'node:util'
import { serverLimits } from '../../../core/agent/limits.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import { hideKeys } from '../../../core/secrets.ts'

/** Shorter values are words that may stand anywhere. */
const shortestSecret = 8
const longestLine = 300
/** But for the ends of lines and tabs. */
const controls = /(?![\t\n\r])\p{Cc}/gu

export interface Printed {
  add(chunk: Buffer): void
  /** The last ones, oldest first. */
  lines(): string[]
}

/** @param secrets what this server was given and may print */
export function createPrinted(secrets: readonly string[]): Printed {
  let tail = ''
  let isCut = false
  return {
    add(chunk) {
      const { printedCharacters: most } = serverLimits
      const all = tail + chunk.toString('utf8')
      isCut ||= all.length > most
      tail = all.slice(-most)
    },
    lines() {
      const whole = withoutSecrets(stripVTControlCharacters(tail).replace(controls, ''), secrets)
      // A progress bar writes its line again and again.
      const lines = whole.split(/[\r\n]+/)
      // The first may have lost its beginning, and half a key is not known for one.
      return (isCut ? lines.slice(1) : lines)
        .map((line) => plainWords(line, longestLine))
        .filter((line) => line !== '')
        .slice(-serverLimits.printedLines)
    },
  }
}

/** The text with what looks like a key, and each of these, masked. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= shortestSecret)
  return hideKeys(known.reduce((rest, secret) => rest.replaceAll(secret, '••••'), text)).text
}
