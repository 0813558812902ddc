// Cuts sound that arrives in pieces of any length into frames of one length.
import { frameSamples } from './pcm.ts'
import { createSampleQueue } from './sample-queue.ts'

export interface Framer {
  /** Every frame that is complete with these samples, oldest first. */
  push(samples: Int16Array): Int16Array[]
  /** What is left of an unfinished frame, filled up with silence; null when nothing is. */
  flush(): Int16Array | null
}

export function createFramer(samplesPerFrame: number = frameSamples): Framer {
  const queue = createSampleQueue()
  return {
    push(samples) {
      queue.push(samples)
      const frames: Int16Array[] = []
      while (queue.length() >= samplesPerFrame) frames.push(queue.take(samplesPerFrame))
      return frames
    },
    flush() {
      if (queue.length() === 0) return null
      const frame = new Int16Array(samplesPerFrame)
      frame.set(queue.take(samplesPerFrame))
      return frame
    },
  }
}
