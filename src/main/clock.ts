// The real clock behind ports.ts.
import { performance } from 'node:perf_hooks'
import type { Clock } from './ports.ts'

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  },
}
