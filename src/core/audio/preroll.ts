// Remembers the last moments of sound, so that a word is not lost which began before anybody was listening.
import { frameMs } from './pcm.ts'

export interface Preroll {
  push(frame: Int16Array): void
  /** Hands out everything remembered, oldest first, and forgets it. */
  drain(): Int16Array[]
  heldMs(): number
}

/** @param capacityMs rounded down to whole frames of 20 ms; older frames make room */
export function createPreroll(capacityMs: number): Preroll {
  const capacityFrames = Math.floor(capacityMs / frameMs)
  let ring: Int16Array[] = []
  /** Where the oldest frame lies once the ring is full. */
  let oldest = 0
  return {
    push(frame) {
      if (capacityFrames === 0) return
      if (ring.length < capacityFrames) {
        ring.push(frame)
        return
      }
      ring[oldest] = frame
      oldest = (oldest + 1) % capacityFrames
    },
    drain() {
      const frames = [...ring.slice(oldest), ...ring.slice(0, oldest)]
      ring = []
      oldest = 0
      return frames
    },
    heldMs: () => ring.length * frameMs,
  }
}
