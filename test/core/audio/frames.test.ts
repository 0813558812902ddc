import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFramer } from '../../../src/core/audio/framer.ts'
import { createGate } from '../../../src/core/audio/gate.ts'
import { createMuteDetector } from '../../../src/core/audio/muted.ts'
import { createPreroll } from '../../../src/core/audio/preroll.ts'

const frame = (value: number): Int16Array => new Int16Array(480).fill(value)

describe('frames', () => {
  it('[A6] any pieces become whole frames without losing or adding a sample; only the last is filled up', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 30 }), (lengths) => {
        const framer = createFramer()
        const given: number[] = []
        const framed: number[] = []
        for (const length of lengths) {
          const piece = Int16Array.from({ length }, (_, at) => ((given.length + at) % 30_000) + 1)
          given.push(...piece)
          for (const one of framer.push(piece)) {
            expect(one).toHaveLength(480)
            framed.push(...one)
          }
        }
        expect(given.length - framed.length).toBeLessThan(480)
        const last = framer.flush()
        if (last) framed.push(...last)
        expect(framed.length % 480).toBe(0)
        expect(framed.filter((sample) => sample !== 0)).toEqual(given)
        expect(framer.flush()).toBeNull()
      }),
    )
  })

  it('[A7] pre-roll holds the newest frames up to its length, oldest first, and gives them out once', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(80), (capacityMs, count) => {
        const preroll = createPreroll(capacityMs)
        for (let at = 1; at <= count; at++) preroll.push(frame(at))
        const held = Math.min(count, Math.floor(capacityMs / 20))
        expect(preroll.heldMs()).toBe(held * 20)
        expect(preroll.drain().map((one) => one[0])).toEqual(
          Array.from({ length: held }, (_, at) => count - held + 1 + at),
        )
        expect(preroll.drain()).toEqual([])
      }),
    )
  })

  it('[A7] a gate that opens gives what was said just before, then every frame, and nothing when closed', () => {
    const gate = createGate(60)
    const passed = [1, 2, 3, 4, 5].flatMap((value) => gate.pass(frame(value)))
    expect(passed).toEqual([])
    expect(gate.open().map((one) => one[0])).toEqual([3, 4, 5])
    expect(gate.open()).toEqual([])
    expect(gate.pass(frame(6)).map((one) => one[0])).toEqual([6])
    gate.close()
    expect(gate.isOpen()).toBe(false)
    expect(gate.pass(frame(7))).toEqual([])
    expect(gate.open().map((one) => one[0])).toEqual([7])
  })

  it('[A8] two seconds of nothing but zeros are noticed once, and again only after there was sound', () => {
    const detector = createMuteDetector(2_000)
    const silent = (frames: number): number[] =>
      Array.from({ length: frames }, (_, at) => at + 1).filter(() => detector.hear(0))
    expect(silent(99)).toEqual([])
    expect(silent(200)).toEqual([1])
    expect(detector.hear(1)).toBe(false)
    expect(silent(99)).toEqual([])
    expect(silent(1)).toEqual([1])
  })
})
