// Goes from one version of the same sound to another without a click: both are given all the time, one is heard, and the
// change takes 10 ms. The one that is made sooner waits for the other, so that the same moment of both meets. No time, no I/O.
import { msToSamples } from './pcm.ts'
import { createSampleQueue } from './sample-queue.ts'

export interface Crossfade {
  /**
   * @param early 24 kHz mono; as long as `late`
   * @param late the same sound, `lagSamples` behind
   * @param toEarly which of them is to be heard from now on
   * @returns what is heard; as long as they are, and as late as `late`
   */
  mix(early: Int16Array, late: Int16Array, toEarly: boolean): Int16Array
}

const fadeMs = 10

/** Begins with `late`. */
export function createCrossfade(lagSamples: number): Crossfade {
  const step = 1 / msToSamples(fadeMs)
  const waiting = createSampleQueue()
  waiting.push(new Int16Array(lagSamples))
  let share = 0
  return {
    mix(early, late, toEarly) {
      waiting.push(early)
      const aligned = waiting.take(late.length)
      const goal = toEarly ? 1 : 0
      return late.map((sample, at) => {
        share = share < goal ? Math.min(goal, share + step) : Math.max(goal, share - step)
        return Math.round(sample + ((aligned[at] ?? 0) - sample) * share)
      })
    },
  }
}
