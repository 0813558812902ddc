import { describe, expect, it } from 'vitest'
import { createNameWatch, nameWatchRules, type NameWatchEvent } from '../../../src/core/audio/name-watch.ts'

const frame = (number: number): Int16Array => new Int16Array(480).fill(number)

/** 160 ms a step: eight frames, five moments. */
function play(watch: ReturnType<typeof createNameWatch>, steps: number, speech: number, number = 1): NameWatchEvent[] {
  return Array.from({ length: steps }).flatMap(() => [
    ...watch.judged(Array.from({ length: 5 }, () => speech)),
    ...Array.from({ length: 8 }).flatMap(() => watch.pass(frame(number))),
  ])
}

const isRead = (event: NameWatchEvent): event is NameWatchEvent & { type: 'read' } => event.type === 'read'
const no = { isCalled: false, hasMore: false }

describe('what is read for a phrase', () => {
  it('[A310] a silent room is not read, and hardly any of it is held', () => {
    const watch = createNameWatch()
    expect(play(watch, 400, 0.02)).toEqual([])
    expect(watch.heldMs()).toBeLessThan(400)
  })

  it('[A310] a voice is read from its beginning for three seconds; then nothing of it is held until a pause', () => {
    const watch = createNameWatch()
    play(watch, 10, 0.02, 1)
    let longest = 0
    for (let step = 0; step < 60; step++)
      for (const event of play(watch, 1, 0.9, 2)) {
        if (!isRead(event)) continue
        longest = Math.max(longest, event.samples.length / 24)
        // From before the voice there is a lead, and no more.
        expect(event.samples.filter((one) => one === 1).length / 24).toBeLessThanOrEqual(
          nameWatchRules.leadMs + nameWatchRules.signMostMs,
        )
        watch.read(no)
      }
    expect(longest).toBeGreaterThan(2_500)
    expect(longest).toBeLessThanOrEqual(3_020)
    expect(watch.heldMs()).toBe(0)
    expect(play(watch, 30, 0.9, 2)).toEqual([])
    play(watch, 4, 0, 1)
    expect(play(watch, 8, 0.9, 3).some(isRead)).toBe(true)
  })

  it('[A310] nothing of a voice before the pause is in what is read after it', () => {
    const watch = createNameWatch()
    play(watch, 6, 0.9, 7)
    watch.read(no)
    play(watch, 3, 0, 7)
    watch.read(no)
    play(watch, 2, 0, 1)
    const read = play(watch, 8, 0.9, 2).find(isRead)
    expect(read?.samples.includes(7)).toBe(false)
  })

  it('[A311] while a first reading takes long, a whole call behind it is not lost', () => {
    const watch = createNameWatch()
    expect(play(watch, 10, 0.9, 4).filter(isRead)).toHaveLength(1)
    play(watch, 6, 0, 1)
    // The call comes while what was said before it is still being read.
    play(watch, 8, 0.9, 5)
    const again = watch.read(no).filter(isRead)
    expect(again).toHaveLength(1)
    const call = watch.read(no).filter(isRead)[0]
    expect(call?.samples.includes(5)).toBe(true)
    expect(call?.samples.includes(4)).toBe(false)
  })
})
