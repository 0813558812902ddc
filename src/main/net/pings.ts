// Our pings on one socket and what their answers tell. Each carries its number, so that an answer that was on its way before
// the line was asked to prove itself is not taken for the proof.
import type { Clock } from '../ports.ts'

export interface Pings {
  /** @returns what the next ping carries */
  next(): string
  /** From now on only answers to pings that are sent later prove anything. */
  askAnew(): void
  /** @param mark what the answer carries; undefined where the socket does not say */
  answered(mark: string | undefined): { proves: boolean; roundTripMs: number | null; number: number }
}

export function createPings(clock: Clock): Pings {
  let sent = 0
  let askedFrom = 0
  /** The oldest ping that is not answered. */
  let waiting: { number: number; sentMs: number } | null = null
  return {
    next() {
      sent++
      waiting ??= { number: sent, sentMs: clock.monotonicMs() }
      return String(sent)
    },
    askAnew: () => void (askedFrom = sent + 1),
    answered(mark) {
      const number = mark === undefined || mark === '' ? sent : Number(mark)
      const roundTripMs = waiting === null || number < waiting.number ? null : clock.monotonicMs() - waiting.sentMs
      if (roundTripMs !== null) waiting = null
      return { proves: number >= askedFrom, roundTripMs, number }
    },
  }
}
