// A clock that stands until it is moved; timers fire in their order when it is. Serves main and the engine alike.
import type { Clock } from '../../src/main/ports.ts'

export interface StillClock extends Clock {
  /** Moves both clocks and calls what has become due. */
  pass(ms: number): void
  /** Sets the wall clock forward or back; no time passes. */
  jump(ms: number): void
  /** Resolves when somebody begins to wait. At once when somebody waits already. */
  awaited(): Promise<void>
  /** Acts that still wait. */
  waiting(): number
  /** The waits that have not passed, soonest first. */
  waitsMs(): number[]
}

export function createStillClock(startMs = 1_800_000_000_000): StillClock {
  let passedMs = 0
  let jumpedMs = 0
  const beginnings: (() => void)[] = []
  let timers: { dueMs: number; act: () => void }[] = []
  return {
    nowMs: () => startMs + passedMs + jumpedMs,
    monotonicMs: () => passedMs,
    after(delayMs, act) {
      const timer = { dueMs: passedMs + Math.max(0, delayMs), act }
      timers.push(timer)
      for (const begun of beginnings.splice(0)) begun()
      return () => void (timers = timers.filter((other) => other !== timer))
    },
    pass(ms) {
      const untilMs = passedMs + ms
      for (;;) {
        const next = timers.filter(({ dueMs }) => dueMs <= untilMs).sort((one, other) => one.dueMs - other.dueMs)[0]
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        passedMs = next.dueMs
        next.act()
      }
      passedMs = untilMs
    },
    jump: (ms) => void (jumpedMs += ms),
    waitsMs: () => timers.map(({ dueMs }) => dueMs - passedMs).sort((one, other) => one - other),
    waiting: () => timers.length,
    awaited: () => new Promise((resolve) => (timers.length > 0 ? resolve() : void beginnings.push(resolve))),
  }
}
