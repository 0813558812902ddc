// The engine's own movable clock on a base that stands still: time passes only when a test moves it.
import { createMovableClock, type MovableClock } from '../../src/engine/clock.ts'

const startMs = Date.UTC(2026, 10, 22, 9, 0, 0)

export const createEngineClock = (): MovableClock =>
  createMovableClock({ nowMs: () => startMs, after: () => () => undefined })
