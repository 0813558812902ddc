// Codes that are exchanged for the token of this start: each once and within a minute. What stands in an address may be read
// by others (a process list, a history); a used code is worth nothing to them.
import { randomBytes } from 'node:crypto'
import type { Clock } from '../ports.ts'
import { isSame } from './gate.ts'

export interface Codes {
  make(): string
  /** Whether it is one of ours and still good; from then on it is not. */
  take(given: string): boolean
}

export const codeMs = 60_000
/** Whoever asks for more has lost the ones before. */
const mostCodes = 8

export function createCodes(clock: Pick<Clock, 'monotonicMs'>): Codes {
  let codes: { code: string; goodUntilMs: number }[] = []
  return {
    make() {
      const code = randomBytes(32).toString('base64url')
      codes = [...codes, { code, goodUntilMs: clock.monotonicMs() + codeMs }].slice(-mostCodes)
      return code
    },
    take(given) {
      const nowMs = clock.monotonicMs()
      const found = codes.find(({ code, goodUntilMs }) => goodUntilMs > nowMs && isSame(code, given))
      codes = codes.filter((one) => one !== found && one.goodUntilMs > nowMs)
      return found !== undefined
    },
  }
}
