// A clock that stands still until a test moves it. Due acts run in the order of their times, each seeing its own time.
import type { EngineClock } from '../../src/engine/ports.ts'

export interface MovedClock extends EngineClock {
  advance(byMs: number): void
  /** Acts that still wait. */
  waiting(): number
}

export function createMovedClock(startMs: number): MovedClock {
  let nowMs = startMs
  let order = 0
  const acts = new Map<number, { dueMs: number; act: () => void }>()
  const nextBy = (untilMs: number): [number, { dueMs: number; act: () => void }] | undefined =>
    [...acts]
      .filter(([, { dueMs }]) => dueMs <= untilMs)
      .sort((one, other) => one[1].dueMs - other[1].dueMs || one[0] - other[0])[0]
  return {
    nowMs: () => nowMs,
    after(delayMs, act) {
      const id = (order += 1)
      acts.set(id, { dueMs: nowMs + Math.max(0, delayMs), act })
      return () => void acts.delete(id)
    },
    advance(byMs) {
      const untilMs = nowMs + byMs
      for (let next = nextBy(untilMs); next !== undefined; next = nextBy(untilMs)) {
        const [id, { dueMs, act }] = next
        acts.delete(id)
        nowMs = Math.max(nowMs, dueMs)
        act()
      }
      nowMs = untilMs
    },
    waiting: () => acts.size,
  }
}
