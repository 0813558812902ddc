import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beatNow,
  beginHeartbeat,
  clockJumped,
  heartbeatFigures,
  isSilent,
  proveNow,
  sawLife,
  sawProof,
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

  it('[C16] asked to prove itself, a line has a second: what had come before the question is no answer', () => {
    const asked = proveNow(beginHeartbeat(0), 5_000)
    const read = sawLife(asked, 5_001)
    expect(beatNow(read, 5_750, false).act).toBe('nothing')
    expect(beatNow(read, 6_000, false).act).toBe('dead')
    expect(beatNow(sawProof(asked, 5_900, 900), 6_000, false).act).toBe('nothing')
  })

  it('[C16] asked twice it gets no more time; one known to be slow gets twice what it needs', () => {
    const asked = proveNow(proveNow(beginHeartbeat(0), 5_000), 5_800)
    expect(beatNow(asked, 6_000, false).act).toBe('dead')
    const askedSlow = proveNow(sawProof(beginHeartbeat(0), 1_000, 1_400), 5_000)
    const slow = beatNow(askedSlow, 6_500, true).beat
    expect(beatNow(slow, 7_750, true).act).not.toBe('dead')
    expect(beatNow(slow, 7_800, true).act).toBe('dead')
  })

  it('[C16] who begins to speak asks a line that has been silent for ten seconds, and no other', () => {
    const beat = beginHeartbeat(0)
    expect([9_999, 10_000].map((nowMs) => isSilent(beat, nowMs))).toEqual([false, true])
  })

  it('[C16] a clock that was set or a machine that slept is noticed, a slow one is not', () => {
    const before = { wallMs: 1_000_000, steadyMs: 0 }
    const day = 24 * 60 * 60_000
    const jumped = (wallMs: number, steadyMs: number): boolean => clockJumped(before, { wallMs, steadyMs })
    expect([jumped(1_001_000 + day, 1_000), jumped(1_001_000 - day, 1_000), jumped(1_010_000, 1_000)]).toEqual([
      true,
      true,
      true,
    ])
    expect([jumped(1_001_000, 1_000), jumped(1_601_500, 600_000)]).toEqual([false, false])
  })
})
