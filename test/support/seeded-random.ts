// Chance that can be had again: the same seed gives the same numbers.
import type { Random } from '../../src/main/ports.ts'

/** Mulberry32: 32 bits of state, good enough to pick moments and lengths. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value = (value + Math.imul(value ^ (value >>> 7), value | 61)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}
