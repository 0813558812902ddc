// Notices a microphone that gives nothing but zeros. A muted or forbidden microphone looks like that: the operating
// systems deliver silence instead of an error, while an open one is never without noise.
import { frameMs } from './pcm.ts'

export interface MuteDetector {
  /** @param peak of 20 ms as the device gave them, before any cleaning. True once when the silence has lasted long enough; again only after there was sound. */
  hear(peak: number): boolean
}

export function createMuteDetector(afterMs = 2_000): MuteDetector {
  let silentMs = 0
  return {
    hear(peak) {
      if (peak !== 0) {
        silentMs = 0
        return false
      }
      silentMs += frameMs
      return silentMs - frameMs < afterMs && silentMs >= afterMs
    },
  }
}
