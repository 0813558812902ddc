// A clock that stands still until a test moves it. Implements main's Clock and the engine's EngineClock.
import type { EngineClock } from '../../src/engine/ports.ts'
import type { Clock } from '../../src/main/ports.ts'

export interface MovedClock extends Clock, EngineClock {
  /** Moves time forward, firing timers in their order at their own moments. */
  advance(ms: number): void
  /** As `advance`, but lets promises and sockets run after each timer and every `stepMs`. */
  advanceSlowly(ms: number, stepMs?: number): Promise<void>
  /** The wall clock jumps; timers do not notice. */
  jump(ms: number): void
  pending(): number
}

export function createMovedClock(startMs = Date.UTC(2026, 10, 22, 9, 0, 0)): MovedClock {
  let elapsedMs = 0
  let offsetMs = startMs
  let count = 0
  const timers = new Map<number, { atMs: number; act: () => void }>()

  function fireUntil(untilMs: number): void {
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.atMs <= untilMs).sort((a, b) => a[1].atMs - b[1].atMs || a[0] - b[0])
      const next = due[0]
      if (!next) break
      timers.delete(next[0])
      elapsedMs = Math.max(elapsedMs, next[1].atMs)
      next[1].act()
    }
    elapsedMs = untilMs
  }

  const clock: MovedClock = {
    nowMs: () => offsetMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    after(delayMs, act) {
      const id = ++count
      timers.set(id, { atMs: elapsedMs + Math.max(0, delayMs), act })
      return () => timers.delete(id)
    },
    advance: (ms) => fireUntil(elapsedMs + ms),
    async advanceSlowly(ms, stepMs = 20) {
      const endMs = elapsedMs + ms
      while (elapsedMs < endMs) {
        fireUntil(Math.min(endMs, elapsedMs + stepMs))
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    },
    jump: (ms) => void (offsetMs += ms),
    pending: () => timers.size,
  }
  return clock
}
