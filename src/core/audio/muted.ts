// Notices a microphone that gives nothing but zeros. A muted or forbidden microphone looks like that: the operating
// systems deliver silence instead of an error, while an open one is never without noise.
import { samplesToMs } from './pcm.ts'

export interface MuteDetector {
  /** True once when the silence has lasted long enough; again only after there was sound. */
  hear(frame: Int16Array): boolean
}

export function createMuteDetector(afterMs = 2_000): MuteDetector {
  let silentSamples = 0
  return {
    hear(frame) {
      if (frame.some((sample) => sample !== 0)) {
        silentSamples = 0
        return false
      }
      const before = samplesToMs(silentSamples)
      silentSamples += frame.length
      return before < afterMs && samplesToMs(silentSamples) >= afterMs
    },
  }
}
