import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlayout, type Played, type Playout } from '../../../src/core/audio/playout.ts'
import { frameSamples, msToSamples } from '../../../src/core/audio/pcm.ts'

/** Samples that never are zero and tell where they come from. */
function sound(ms: number, first = 1): Int16Array {
  return Int16Array.from({ length: msToSamples(ms) }, (_, at) => first + (at % 20_000))
}

function takeAll(playout: Playout, frames: number): { heard: number[]; ended: Played[] } {
  const heard: number[] = []
  const ended: Played[] = []
  for (let frame = 0; frame < frames; frame++) {
    const taken = playout.take()
    expect(taken.frame).toHaveLength(frameSamples)
    heard.push(...taken.frame)
    ended.push(...taken.ended)
  }
  return { heard, ended }
}

const isSilent = (samples: Iterable<number>): boolean => [...samples].every((sample) => sample === 0)

describe('playout', () => {
  it('[A1] plays every sample of every item once and in order, however it arrives', () => {
    const arrival = fc.record({ item: fc.integer({ min: 0, max: 3 }), samples: fc.integer({ min: 0, max: 3_000 }) })
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 40 }), fc.array(fc.nat(4), { maxLength: 40 }), (arrivals, takes) => {
        const playout = createPlayout()
        const given = new Map<string, number[]>()
        const heard: number[] = []
        let next = 1
        for (const [at, { item, samples }] of arrivals.entries()) {
          const chunk = Int16Array.from({ length: samples }, () => (next = (next % 32_000) + 1))
          playout.push(String(item), chunk)
          given.set(String(item), [...(given.get(String(item)) ?? []), ...chunk])
          heard.push(...takeAll(playout, takes[at] ?? 0).heard)
        }
        for (const item of given.keys()) playout.finish(item)
        const left = Math.ceil(playout.queuedSamples() / frameSamples) + given.size + 1
        const { heard: rest, ended } = takeAll(playout, left)
        expect([...heard, ...rest].filter((sample) => sample !== 0)).toEqual([...given.values()].flat())
        expect(playout.queuedSamples()).toBe(0)
        expect(ended.map((one) => one.item)).toEqual([...given.keys()])
        for (const one of ended) expect(one.playedSamples).toBe(given.get(one.item)?.length)
      }),
    )
  })

  it('[A2] an item starts at 60 ms, or at its end when it is shorter', () => {
    const playout = createPlayout()
    playout.push('a', sound(59))
    expect(isSilent(playout.take().frame)).toBe(true)
    playout.push('a', sound(1))
    expect(isSilent(playout.take().frame)).toBe(false)

    const short = createPlayout()
    short.push('b', sound(10))
    expect(isSilent(short.take().frame)).toBe(true)
    short.finish('b')
    expect(short.take().ended).toEqual([{ item: 'b', playedSamples: 240 }])
  })

  it('[A2] an item that ran dry goes on at 100 ms and counts as one under-run', () => {
    const playout = createPlayout()
    playout.push('a', sound(60))
    takeAll(playout, 4)
    playout.push('a', sound(99))
    expect(isSilent(playout.take().frame)).toBe(true)
    playout.push('a', sound(1))
    expect(isSilent(playout.take().frame)).toBe(false)
    expect(playout.underruns()).toBe(1)
  })

  it('[A2] an item whose end is announced late did not run dry', () => {
    const playout = createPlayout()
    playout.push('a', sound(60))
    takeAll(playout, 5)
    playout.finish('a')
    expect(playout.take().ended).toEqual([{ item: 'a', playedSamples: msToSamples(60) }])
    expect(playout.underruns()).toBe(0)
  })

  it('[A3] a cut fades for 5 ms, is silent then, and counts exactly what was handed out before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 500 }), fc.integer({ min: 0, max: 30 }), (ms, frames) => {
        const playout = createPlayout()
        playout.push('a', sound(ms, 10_000))
        playout.push('b', sound(100))
        const { heard, ended } = takeAll(playout, frames)
        const ofA = heard.filter((sample) => sample >= 10_000).length
        const cut = playout.cut()
        const left = ended.some((one) => one.item === 'a') ? [] : [{ item: 'a', playedSamples: ofA }]
        expect(cut).toEqual([...left, { item: 'b', playedSamples: 0 }])
        const after = takeAll(playout, 3)
        expect(isSilent(after.heard.slice(msToSamples(5)))).toBe(true)
        const fade = after.heard.slice(0, msToSamples(5))
        for (const [at, sample] of fade.entries()) if (at > 0) expect(sample).toBeLessThanOrEqual(fade[at - 1] ?? 0)
        expect(playout.queuedSamples()).toBe(0)
      }),
    )
  })

  it('[A3] a cut while nothing sounds makes no sound, and an item cut is not brought back by its finish', () => {
    const playout = createPlayout()
    playout.push('a', sound(30))
    expect(playout.cut()).toEqual([{ item: 'a', playedSamples: 0 }])
    playout.finish('a')
    const { heard, ended } = takeAll(playout, 3)
    expect(isSilent(heard)).toBe(true)
    expect(ended).toEqual([])
    expect(playout.cut()).toEqual([])
  })

  it('[A4] takes no more than ten minutes of sound', () => {
    const playout = createPlayout({ refillMs: 100, fadeMs: 5, capacityMs: 1_000 })
    expect(playout.push('a', sound(1_000))).toBe(true)
    expect(playout.push('a', sound(1))).toBe(false)
    takeAll(playout, 1)
    expect(playout.push('a', sound(20))).toBe(true)
    expect(playout.queuedSamples()).toBe(msToSamples(1_000))
  })

  it('[A3] tells the position of the item being played and of nothing else', () => {
    const playout = createPlayout()
    expect(playout.position()).toBeNull()
    playout.push('a', sound(60))
    expect(playout.position()).toBeNull()
    playout.take()
    expect(playout.position()).toEqual({ item: 'a', playedSamples: 480 })
  })
})
