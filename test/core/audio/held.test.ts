import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJitter, jitterRules } from '../../../src/core/audio/jitter.ts'
import { createLoudness, duckedGain } from '../../../src/core/audio/loudness.ts'
import { msToSamples } from '../../../src/core/audio/pcm.ts'
import { createPlayout, type Playout } from '../../../src/core/audio/playout.ts'

const piece = msToSamples(10)

/** Words of 200 ms with 50 ms of near silence between; every sample says where it stands, and none is zero. */
function words(ms: number): Int16Array {
  return Int16Array.from({ length: msToSamples(ms) }, (_, at) => {
    const inWord = at % msToSamples(250) < msToSamples(200)
    return inWord ? 5_000 + (at % 20_000) : 1 + (at % 7)
  })
}

function takeAll(playout: Playout, pieces: number): number[] {
  return Array.from({ length: pieces }, () => [...playout.take(piece).frame]).flat()
}

describe('a voice that is held', () => {
  it('[A241] is silent after 5 ms, goes on from the beginning of its word, and counts nothing twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 180 }), fc.integer({ min: 1, max: 40 }), (before, held) => {
        const playout = createPlayout()
        const sound = words(3_000)
        playout.push('a', sound)
        playout.finish('a')
        const first = takeAll(playout, before)
        expect(first).toEqual([...sound.subarray(0, before * piece)])
        playout.hold()
        const quiet = takeAll(playout, held)
        expect(quiet.slice(msToSamples(5)).every((sample) => sample === 0)).toBe(true)
        expect(playout.position()).toEqual({ item: 'a', playedSamples: before * piece })
        expect(playout.isSounding()).toBe(true)
        playout.release()
        const rest: number[] = []
        let ended: unknown[] = []
        for (let taken = 0; taken < 400 && ended.length === 0; taken++) {
          const next = playout.take(piece)
          rest.push(...next.frame)
          ended = next.ended
        }
        // Nothing is missing, at most 400 ms are heard again, and they begin between two words.
        const again = rest.findLastIndex((sample) => sample !== 0) + 1 - (sound.length - before * piece)
        expect(again).toBeGreaterThan(0)
        expect(again).toBeLessThanOrEqual(msToSamples(400))
        const from = before * piece - again
        expect(rest.slice(0, 100)).toEqual([...sound.subarray(from, from + 100)])
        expect(from % msToSamples(250)).toBeGreaterThanOrEqual(msToSamples(190))
        expect(ended).toEqual([{ item: 'a', playedSamples: sound.length }])
      }),
      { numRuns: 15 },
    )
  })

  it('[A241] takes what comes meanwhile, and a cut counts what was heard before', () => {
    const playout = createPlayout()
    playout.push('a', words(500))
    takeAll(playout, 20)
    playout.hold()
    playout.push('a', words(500))
    playout.push('b', words(100))
    takeAll(playout, 3)
    expect(playout.cut()).toEqual([
      { item: 'a', playedSamples: 20 * piece },
      { item: 'b', playedSamples: 0 },
    ])
    expect(takeAll(playout, 3).every((sample) => sample === 0)).toBe(true)
    playout.push('c', words(100))
    expect(takeAll(playout, 3).some((sample) => sample !== 0)).toBe(true)
  })
})

describe('the jitter buffer', () => {
  it('[A246] holds back as much as the pieces of the last items came late, and less again when they come in time', () => {
    const jitter = createJitter()
    /** Pieces of 100 ms, every second one so much late. */
    const item = (name: string, lateMs: number): void => {
      for (let at = 0; at < 20; at++) jitter.arrived(name, at * 100 + (at % 2) * lateMs, at * 100)
    }
    expect(jitter.targetMs()).toBe(jitterRules.fewestMs)
    item('a', 30)
    expect(jitter.targetMs()).toBe(60)
    item('b', 150)
    expect(jitter.targetMs()).toBe(170)
    item('c', 5_000)
    expect(jitter.targetMs()).toBe(jitterRules.mostMs)
    for (let at = 0; at < jitterRules.items; at++) item(`d${at}`, 0)
    expect(jitter.targetMs()).toBe(jitterRules.fewestMs)
  })

  it('[A246] an item behind a late one begins later, and does not run dry', () => {
    const playout = createPlayout()
    /** In real time, in pieces of 40 ms; four of ten come together with the last of them. */
    const arrivesMs = (at: number): number => (at % 10 >= 6 ? at - (at % 10) + 9 : at) * 40
    const play = (item: string): number => {
      const before = playout.underruns()
      for (let ms = 0; ms < 2_400; ms += 10) {
        for (let at = 0; at < 50; at++)
          if (arrivesMs(at) === ms) playout.push(item, new Int16Array(msToSamples(40)).fill(1_000))
        if (ms === 2_200) playout.finish(item)
        playout.take(piece)
      }
      for (let at = 0; at < 100; at++) playout.take(piece)
      return playout.underruns() - before
    }
    expect(play('a')).toBeGreaterThan(0)
    expect(playout.startMs()).toBeGreaterThan(100)
    expect(play('b')).toBe(0)
  })
})

describe('loudness', () => {
  const steady = (): Int16Array => new Int16Array(piece).fill(10_000)
  const biggestStep = (samples: readonly number[]): number =>
    samples.slice(1).reduce((most, sample, at) => Math.max(most, Math.abs(sample - samples[at]!)), 0)

  it('[A247] changes within 5 ms and without an edge, and leaves full volume as it is', () => {
    const loudness = createLoudness()
    const heard: number[] = []
    const next = (): void => {
      const frame = steady()
      loudness.apply(frame, [])
      heard.push(...frame)
    }
    next()
    expect(heard).toEqual([...steady()])
    loudness.setDucked(true)
    next()
    expect(heard.at(piece + msToSamples(5))).toBe(Math.round(10_000 * duckedGain))
    loudness.setVolume(0.5)
    next()
    expect(heard.at(-1)).toBe(Math.round(5_000 * duckedGain))
    loudness.setDucked(false)
    next()
    expect(heard.at(-1)).toBe(5_000)
    expect(biggestStep(heard)).toBeLessThan(200)
  })

  it('[A247] sound that runs dry in its middle, and goes on there, does not click', () => {
    const playout = createPlayout()
    const loudness = createLoudness()
    const heard: number[] = []
    const next = (): void => {
      const { frame, edges } = playout.take(piece)
      loudness.apply(frame, edges)
      heard.push(...frame)
    }
    playout.push('a', new Int16Array(msToSamples(100)).fill(10_000))
    for (let at = 0; at < 15; at++) next()
    playout.push('a', new Int16Array(msToSamples(200)).fill(10_000))
    for (let at = 0; at < 15; at++) next()
    expect(playout.underruns()).toBe(1)
    expect(heard).toContain(0)
    expect(heard.at(-1)).toBe(10_000)
    expect(biggestStep(heard.slice(1))).toBeLessThan(200)
  })
})
