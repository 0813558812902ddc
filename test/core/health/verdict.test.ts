import { describe, expect, it } from 'vitest'
import { languageFor } from '../../../src/core/language/language.ts'
import { judgeHealth as judgeIn, type Verdict } from '../../../src/core/health/verdict.ts'
import {
  jitterMs,
  noHealth,
  roundTripMs,
  windowMs,
  withRoundTrip,
  type HealthView,
} from '../../../src/core/health/window.ts'
import type { LineView } from '../../../src/core/views.ts'

const judgeHealth = (line: LineView, health: HealthView, nowMs: number): Verdict =>
  judgeIn(line, health, nowMs, languageFor('en', []))
const live: LineView = { type: 'live', sinceMs: 0, endsMs: 3_600_000, handingOver: false }
const series = (...values: number[]) => values.map((roundTripMs, at) => ({ atMs: at * 1_000, roundTripMs }))

describe('the health of the line', () => {
  it('[W40] one line says how it is: by the median, so that a single slow answer is no alarm', () => {
    const grade = (...values: number[]): string =>
      judgeHealth(live, { ...noHealth, roundTrips: series(...values) }, 0).grade
    expect(grade(20, 21, 20, 900, 22, 20, 21, 20, 20, 20, 20, 21, 20, 20)).toBe('good')
    expect(grade(300, 310, 300, 305)).toBe('fair')
    expect(grade(700, 710, 705)).toBe('poor')
    expect(grade(20, 400, 20, 400, 20, 400)).toBe('poor')
    expect(judgeHealth(live, { ...noHealth, heldMs: 3_000 }, 0).grade).toBe('poor')
  })

  it('[W40] a line that broke three times in five minutes is called so, and good again afterwards', () => {
    const breaks = [0, 60_000, 120_000].map((atMs) => ({ atMs, cause: 'x' }))
    const summary = (nowMs: number): string => judgeHealth(live, { ...noHealth, breaks }, nowMs).summary
    expect(summary(130_000)).toBe('The line keeps breaking')
    expect(summary(windowMs + 1)).toBe('Connected')
  })

  it('[W40] away is said with what happens next', () => {
    const waiting: LineView = { type: 'waiting', untilMs: 10_000, cause: 'ECONNREFUSED', attempt: 2 }
    expect(judgeHealth(waiting, noHealth, 6_500)).toMatchObject({ grade: 'away', summary: 'Reconnecting in 4 s' })
    const refused: LineView = { type: 'refused', message: 'Check the key.', remedy: 'key' }
    expect(judgeHealth(refused, noHealth, 0).advice).toBe('Check the key.')
  })

  it('[W41] five minutes of samples are kept and no more; jitter is the usual step between neighbours', () => {
    let kept = series()
    for (let atMs = 0; atMs <= windowMs * 2; atMs += 250) kept = withRoundTrip(kept, { atMs, roundTripMs: 10 })
    expect(kept.length).toBeLessThanOrEqual(600)
    expect(kept.every(({ atMs }) => atMs >= windowMs)).toBe(true)
    expect(jitterMs(series(10, 30, 20, 25))).toBe(10)
    expect(jitterMs(series(10))).toBeNull()
    expect(roundTripMs(series())).toBeNull()
    expect(roundTripMs(series(10, 900, 12))).toBe(12)
  })
})
