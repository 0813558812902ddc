// What a speech input has heard lately, in windows of 32 ms with the probability that each is speech. Bounded: the oldest
// windows are forgotten, positions stay valid and a forgotten part reads as if it had not been.
import { windowMs, windowSamples } from '../../speech/voice-activity.ts'

export interface HeardAudio {
  /** Number of windows ever added; the next one has this number. */
  windows(): number
  add(samples: Int16Array, probability: number): void
  /** 16 kHz samples of the windows [from, to) that are still kept. */
  slice(from: number, to: number): Int16Array<ArrayBuffer>
  /** Probability of speech; 0 for what is not kept. */
  probability(window: number): number
}

/** At this probability a window counts as voice when audio is read without a turn. */
export const voiceProbability = 0.5

export function createHeardAudio(opts: { keepMs: number }): HeardAudio {
  const keptWindows = Math.ceil(opts.keepMs / windowMs)
  const kept: { samples: Int16Array; probability: number }[] = []
  let forgotten = 0
  return {
    windows: () => forgotten + kept.length,
    add(samples, probability) {
      kept.push({ samples, probability })
      // In steps, because removing from the front moves all the others.
      if (kept.length > keptWindows + 256) forgotten += kept.splice(0, kept.length - keptWindows).length
    },
    slice(from, to) {
      const windows = kept.slice(Math.max(0, from - forgotten), Math.max(0, to - forgotten))
      const samples = new Int16Array(windows.length * windowSamples)
      for (const [index, window] of windows.entries()) samples.set(window.samples, index * windowSamples)
      return samples
    },
    probability: (window) => kept[window - forgotten]?.probability ?? 0,
  }
}

/** The part of [from, to) from its first to its last voice, or null when there is none. */
export function voicedPart(heard: HeardAudio, from: number, to: number): { from: number; to: number } | null {
  let first = -1
  let last = -1
  for (let window = from; window < to; window++) {
    if (heard.probability(window) < voiceProbability) continue
    if (first < 0) first = window
    last = window
  }
  return first < 0 ? null : { from: first, to: last + 1 }
}

/** Cuts [from, to) where it is quietest into pieces of at most `mostWindows`, looking in the second half of each. */
export function splitAtQuiet(
  heard: HeardAudio,
  from: number,
  to: number,
  mostWindows: number,
): [from: number, to: number][] {
  const pieces: [number, number][] = []
  let start = from
  while (to - start > mostWindows) {
    let cut = start + mostWindows
    for (let window = cut; window > start + mostWindows / 2; window--)
      if (heard.probability(window) < heard.probability(cut)) cut = window
    pieces.push([start, cut])
    start = cut
  }
  return [...pieces, [start, to]]
}
