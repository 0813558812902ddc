import { describe, expect, it } from 'vitest'
import { createCaptureWatch, type CaptureFault } from '../../../src/core/audio/capture-watch.ts'

/** So many frames; what was told of them. */
function hear(
  watch: ReturnType<typeof createCaptureWatch>,
  frames: number,
  peak: number,
  dbfs: (at: number) => number,
) {
  const told: CaptureFault[] = []
  for (let at = 0; at < frames; at++) {
    const fault = watch.hear(peak, dbfs(at), false)
    if (fault) told.push(fault)
  }
  return told
}
/** Words and the pauses between them. */
const speech = (dbfs: number) => (at: number) => (at % 20 < 12 ? dbfs : -75)

describe('watch over the microphone', () => {
  it('[A206] who is hardly heard, and who is far too loud, is told once', () => {
    const watch = createCaptureWatch()
    expect(hear(watch, 400, 300, speech(-55))).toEqual(['quiet'])
    expect(hear(watch, 400, 300, speech(-55))).toEqual([])
    expect(hear(watch, 100, 32_767, speech(-6))).toEqual(['clips'])
    expect(hear(watch, 100, 32_767, speech(-6))).toEqual([])
  })

  it('[A206] who speaks as one does is told nothing, nor is the noise of a room', () => {
    expect(hear(createCaptureWatch(), 2_000, 9_000, speech(-28))).toEqual([])
    expect(hear(createCaptureWatch(), 2_000, 40, (at) => -70 + (at % 5))).toEqual([])
  })

  it('[A206] the voice in the microphone is not the person', () => {
    const watch = createCaptureWatch()
    for (let at = 0; at < 500; at++) expect(watch.hear(32_767, speech(-55)(at), true)).toBeNull()
  })
})
