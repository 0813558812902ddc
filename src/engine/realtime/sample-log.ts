// Samples heard and not yet committed, addressed by their place in everything heard this session.
import { joined } from './kept-audio.ts'

export interface SampleLog {
  /** Samples heard since the session began. */
  end(): number
  /** The oldest sample still held. */
  start(): number
  push(samples: Int16Array): void
  read(from: number, to: number): Int16Array
  /** Lets go of everything before `sample`. */
  forget(sample: number): void
}

/** @param maxSamples older ones are let go of when more wait */
export function createSampleLog(maxSamples: number): SampleLog {
  let pieces: Int16Array[] = []
  let start = 0
  let end = 0

  function forget(sample: number): void {
    let first = pieces[0]
    while (first && start + first.length <= sample) {
      start += first.length
      pieces.shift()
      first = pieces[0]
    }
    if (!first || sample <= start) return
    pieces[0] = first.subarray(sample - start)
    start = sample
  }

  return {
    end: () => end,
    start: () => start,
    push(samples) {
      pieces.push(samples)
      end += samples.length
      if (end - start > maxSamples) forget(end - maxSamples)
    },
    read(from, to) {
      const whole = joined(pieces)
      return whole.slice(Math.max(0, from - start), Math.max(0, to - start))
    },
    forget(sample) {
      forget(Math.min(sample, end))
      if (pieces.length === 0) {
        pieces = []
        start = end
      }
    },
  }
}
