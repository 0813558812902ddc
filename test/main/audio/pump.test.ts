import { describe, expect, it } from 'vitest'
import { createLoudness } from '../../../src/core/audio/loudness.ts'
import { createPlayout } from '../../../src/core/audio/playout.ts'
import { pumpFrames, type Progress } from '../../../src/main/audio/pump.ts'

/** Pumps so many pieces of 10 ms; `ranDry` is what the device says to each. */
async function pump(pieces: number, ranDry: (piece: number) => boolean, queuedMs: number) {
  const playout = createPlayout()
  playout.push('a', new Int16Array(queuedMs * 24).fill(1))
  playout.finish('a')
  const written: Int16Array[] = []
  const progress: Progress[] = []
  await pumpFrames({
    playout,
    loudness: createLoudness(),
    onMoved: () => undefined,
    write: async (frame) => ranDry(written.push(frame)),
    isOpen: () => written.length < pieces,
    onProgress: (one) => progress.push(one),
  })
  return { written, progress }
}

describe('pump', () => {
  it('[A1] feeds the device without a pause, with silence when nothing is left', async () => {
    const { written, progress } = await pump(8, () => false, 45)
    expect(written.map((frame) => frame.filter((sample) => sample === 1).length)).toEqual([
      240, 240, 240, 240, 120, 0, 0, 0,
    ])
    expect(progress.flatMap((one) => one.ended)).toEqual([{ item: 'a', playedSamples: 1_080 }])
  })

  it('[A11] gives a sign of life at least every 40 ms, also in silence', async () => {
    const { progress } = await pump(20, () => false, 0)
    expect(progress.length).toBeGreaterThanOrEqual(5)
  })

  it('[A2] counts the gaps that the device itself had, but none of its silence', async () => {
    const { progress } = await pump(20, (piece) => piece === 2 || piece > 10, 80)
    expect(progress.at(-1)?.underruns).toBe(1)
  })
})
