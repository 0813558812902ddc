// Sound that can be counted: a ramp in which every sample says where it stands, so that a missing, doubled or swapped one is
// found. No sample is zero, so silence between is found too.
import { frameSamples } from '../../src/core/audio/pcm.ts'

const period = 30_000

export function ramp(from: number, samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, at) => ((from + at) % period) + 1)
}

export function rampFrame(frame: number): Int16Array {
  return ramp(frame * frameSamples, frameSamples)
}

/** Where `samples` first goes on with anything but the ramp's next sample; null when it is the ramp throughout. */
export function firstBreak(samples: Int16Array): number | null {
  for (let at = 1; at < samples.length; at++) if (samples[at] !== ((samples[at - 1] ?? 0) % period) + 1) return at
  return null
}
