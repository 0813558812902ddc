// Samples first in, first out, in chunks of any length. Nothing is copied before it is taken.

export interface SampleQueue {
  /** How many samples are waiting. */
  length(): number
  push(samples: Int16Array): void
  /** Takes the oldest `count` samples, or all when there are fewer. The result is the caller's own. */
  take(count: number): Int16Array
  /** A copy of the oldest `count` samples, which stay. */
  peek(count: number): Int16Array
  /** A copy of everything waiting, oldest first. */
  all(): Int16Array
}

export function createSampleQueue(): SampleQueue {
  let chunks: Int16Array[] = []
  /** Index of the oldest chunk, and how many of its samples were taken: cheaper than shifting a long array. */
  let first = 0
  let taken = 0
  let waiting = 0

  function forgetTaken(): void {
    if (first < 64 || first * 2 < chunks.length) return
    chunks = chunks.slice(first)
    first = 0
  }

  function copy(count: number): { samples: Int16Array; chunk: number; offset: number } {
    const samples = new Int16Array(Math.min(count, waiting))
    let [at, chunk, offset] = [0, first, taken]
    for (let here = chunks[chunk]; at < samples.length && here; here = chunks[chunk]) {
      const part = here.subarray(offset, offset + samples.length - at)
      samples.set(part, at)
      at += part.length
      offset += part.length
      if (offset === here.length) [chunk, offset] = [chunk + 1, 0]
    }
    return { samples, chunk, offset }
  }

  return {
    length: () => waiting,
    push(samples) {
      if (samples.length === 0) return
      chunks.push(samples)
      waiting += samples.length
    },
    take(count) {
      const { samples, chunk, offset } = copy(count)
      ;[first, taken] = [chunk, offset]
      waiting -= samples.length
      forgetTaken()
      return samples
    },
    peek: (count) => copy(count).samples,
    all: () => copy(waiting).samples,
  }
}
