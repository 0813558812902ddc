import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlayout } from '../../../src/core/audio/playout.ts'
import { createUnplayed } from '../../../src/core/audio/unplayed.ts'

const samples = (length: number): Int16Array => new Int16Array(length).fill(7)

describe('what outlives the sound process', () => {
  it('[A10] what was not reported as played is given again in order, and what was played stays counted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3_000 })), { minLength: 1 }),
        fc.array(fc.nat(30)),
        (pushes, runs) => {
          const unplayed = createUnplayed(600_000)
          const given = new Map<string, number>()
          for (const [item, length] of pushes) {
            unplayed.push(String(item), samples(length))
            given.set(String(item), (given.get(String(item)) ?? 0) + length)
          }
          for (const item of given.keys()) unplayed.finish(item)
          const ended: [string, number][] = []
          // Each run is the life of one player, which dies after so many frames; the last lives as long as it takes.
          for (const frames of [...runs, 10_000]) {
            const playout = createPlayout()
            for (const rest of unplayed.rest()) {
              playout.push(rest.key, rest.samples)
              if (rest.finished) playout.finish(rest.key)
            }
            for (let frame = 0; frame < frames && !unplayed.isEmpty(); frame++) {
              for (const one of playout.take().ended) {
                const end = unplayed.ended(one.item, one.playedSamples)
                if (end) ended.push([end.item, end.playedSamples])
              }
              const at = playout.position()
              if (at) unplayed.played(at.item, at.playedSamples)
            }
          }
          expect(ended).toEqual([...given])
          expect(unplayed.queuedSamples()).toBe(0)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('[A10] a late report about an item that was cut says nothing about a new one of its name', () => {
    const unplayed = createUnplayed(1_000)
    const old = unplayed.push('a', samples(480))
    unplayed.cut()
    const key = unplayed.push('a', samples(480))
    expect(unplayed.played(old ?? '', 480)).toBeNull()
    expect(unplayed.ended(old ?? '', 480)).toBeNull()
    expect(unplayed.played(key ?? '', 100)).toEqual({ item: 'a', playedSamples: 100 })
    expect(unplayed.finish('gone')).toBeNull()
  })

  it('[A10] a cut is counted by the player, or by its last report when it is dead, on top of what came before', () => {
    const cutAfterReplacement = (): ReturnType<ReturnType<typeof createUnplayed>['cut']> => {
      const unplayed = createUnplayed(10_000)
      unplayed.push('a', samples(4_800))
      unplayed.push('b', samples(480))
      unplayed.played('1', 1_000)
      unplayed.rest()
      unplayed.played('1', 200)
      return unplayed.cut()
    }
    const b = { item: 'b', playedSamples: 0 }
    expect(cutAfterReplacement().settle(null)).toEqual([{ item: 'a', playedSamples: 1_200 }, b])
    const answer = [
      { key: '1', playedSamples: 680 },
      { key: '2', playedSamples: 0 },
    ]
    expect(cutAfterReplacement().settle(answer)).toEqual([{ item: 'a', playedSamples: 1_680 }, b])
    // Held no more by the player: it had played all of it.
    expect(cutAfterReplacement().settle(answer.slice(1))).toEqual([{ item: 'a', playedSamples: 4_800 }, b])
  })

  it('[A4] holds no more than its capacity', () => {
    const unplayed = createUnplayed(100)
    expect(unplayed.push('a', samples(2_400))).not.toBeNull()
    expect(unplayed.push('a', samples(1))).toBeNull()
  })
})
