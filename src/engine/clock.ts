// The engine's time: the machine's, or one that a test moves ahead of it.
import type { EngineClock } from './ports.ts'

export const systemClock: EngineClock = {
  nowMs: () => Date.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
}

export interface MovableClock extends EngineClock {
  /** Everything that becomes due in these milliseconds happens now, in its order. */
  move(byMs: number): void
}

/** Runs with `base` and can be moved ahead of it, so that a test need not wait 60 minutes for a session to expire. */
export function createMovableClock(base: EngineClock): MovableClock {
  interface Wait {
    dueMs: number
    act: () => void
    undo: () => void
  }
  const waits = new Set<Wait>()
  let aheadMs = 0
  const nowMs = (): number => base.nowMs() + aheadMs

  function arm(wait: Wait): void {
    wait.undo = base.after(Math.max(0, wait.dueMs - nowMs()), () => {
      waits.delete(wait)
      wait.act()
    })
  }

  return {
    nowMs,
    after(delayMs, act) {
      const wait: Wait = { dueMs: nowMs() + delayMs, act, undo: () => undefined }
      waits.add(wait)
      arm(wait)
      return () => {
        waits.delete(wait)
        wait.undo()
      }
    },
    move(byMs) {
      const targetMs = nowMs() + byMs
      for (;;) {
        const [next] = [...waits].filter((wait) => wait.dueMs <= targetMs).sort((a, b) => a.dueMs - b.dueMs)
        if (!next) break
        aheadMs = Math.max(aheadMs, next.dueMs - base.nowMs())
        waits.delete(next)
        next.undo()
        next.act()
      }
      aheadMs = Math.max(aheadMs, targetMs - base.nowMs())
      for (const wait of waits) {
        wait.undo()
        arm(wait)
      }
    },
  }
}
