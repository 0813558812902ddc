import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beatNow,
  beginHeartbeat,
  heartbeatFigures,
  sawLife,
  type Heartbeat,
} from '../../../src/core/connection/heartbeat.ts'

const checkMs = heartbeatFigures.checkEveryMs

interface Line {
  /** When what the client sends at `sentMs` is answered; null when never. */
  answeredAtMs: (sentMs: number) => number | null
  active?: (nowMs: number) => boolean
  /** Frames that come by themselves. */
  lifeAtMs?: readonly number[]
  forMs: number
}

/** Checks in their rhythm, answers at their times. */
function watch({ answeredAtMs, active = () => true, lifeAtMs = [], forMs }: Line): {
  deadAtMs: number | null
  pings: number[]
} {
  let beat: Heartbeat = beginHeartbeat(0)
  let coming = [...lifeAtMs]
  const pings: number[] = []
  for (let nowMs = 0; nowMs <= forMs; nowMs += checkMs) {
    for (const atMs of coming.filter((time) => time <= nowMs).sort((a, b) => a - b)) beat = sawLife(beat, atMs)
    coming = coming.filter((time) => time > nowMs)
    const next = beatNow(beat, nowMs, active(nowMs))
    beat = next.beat
    if (next.act === 'dead') return { deadAtMs: nowMs, pings }
    if (next.act !== 'ping') continue
    pings.push(nowMs)
    const answeredMs = answeredAtMs(nowMs)
    if (answeredMs !== null) coming.push(answeredMs)
  }
  return { deadAtMs: null, pings }
}

describe('the heartbeat', () => {
  it('[C11] in an active turn a line that goes dead at any moment is found within 5 s, after two unanswered pings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 900 }), (goneMs, roundTripMs) => {
        const { deadAtMs, pings } = watch({
          answeredAtMs: (sentMs) => (sentMs + roundTripMs < goneMs ? sentMs + roundTripMs : null),
          lifeAtMs: [goneMs],
          forMs: 60_000,
        })
        expect(deadAtMs).not.toBeNull()
        expect(deadAtMs! - goneMs).toBeLessThanOrEqual(5_000)
        expect(pings.filter((atMs) => atMs > goneMs - roundTripMs).length).toBeGreaterThanOrEqual(2)
      }),
      { numRuns: 2_000 },
    )
  })

  it('[C11] an idle line that goes dead is found within 32 s, and within 5 s once a turn begins', () => {
    const never = (): null => null
    expect(watch({ answeredAtMs: never, active: () => false, forMs: 120_000 }).deadAtMs).toBeLessThanOrEqual(32_000)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29_000 }), (turnMs) => {
        const { deadAtMs } = watch({ answeredAtMs: never, active: (nowMs) => nowMs >= turnMs, forMs: 60_000 })
        expect(deadAtMs! - turnMs).toBeLessThanOrEqual(5_000)
      }),
    )
  })

  it('[C11] a slow line is not called dead: 500 ± 400 ms each way with stalls of a second', () => {
    const oneWay = fc.tuple(fc.integer({ min: 100, max: 900 }), fc.constantFrom(0, 0, 0, 1_000))
    fc.assert(
      fc.property(fc.array(fc.tuple(oneWay, fc.integer({ min: 100, max: 900 })), { minLength: 400 }), (delays) => {
        let ping = 0
        const { deadAtMs } = watch({
          answeredAtMs(sentMs) {
            const [[outMs, stallMs], backMs] = delays[ping++ % delays.length]!
            return sentMs + outMs + stallMs + backMs
          },
          forMs: 600_000,
        })
        expect(deadAtMs).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  it('[C11] any frame is life: while they come nothing is asked', () => {
    const lifeAtMs = Array.from({ length: 1_200 }, (_, at) => at * 500)
    expect(watch({ answeredAtMs: () => null, lifeAtMs, forMs: 599_000 })).toEqual({ deadAtMs: null, pings: [] })
  })

  it('[C11] a check that comes late, after sleep, asks first and judges later', () => {
    let beat = beginHeartbeat(0)
    for (let nowMs = checkMs; nowMs <= 4_000; nowMs += checkMs) beat = beatNow(beat, nowMs, true).beat
    const awake = beatNow(beat, 7_200_000, true)
    expect(awake.act).toBe('ping')
    expect(beatNow(awake.beat, 7_200_000 + checkMs, true).act).toBe('nothing')
  })
})
