// The last step before the speaker: how loud the voice is (the person's volume, lowered while they speak), and that nothing
// clicks where sound breaks off or goes on in its middle. Every change of loudness takes 5 ms.
import { msToSamples } from './pcm.ts'

/** Where within a frame the sound breaks off, or goes on after a gap. */
export interface Edge {
  at: number
  type: 'breaks-off' | 'goes-on'
}

export interface Loudness {
  /** 0–1. */
  setVolume(volume: number): void
  /** While somebody speaks over the voice. */
  setDucked(ducked: boolean): void
  /** Changes the frame in place. */
  apply(frame: Int16Array, edges: readonly Edge[]): void
}

export const rampMs = 5
/** −20 dB: still to be followed, and the person’s first words come through. */
export const duckedGain = 0.1

export function createLoudness(): Loudness {
  const rampSamples = msToSamples(rampMs)
  let volume = 1
  let isDucked = false
  let gain = 1
  /** What the sound broke off at, and how far its decay is. */
  let decay = { from: 0, done: rampSamples }
  let risen = rampSamples
  /** The last sample that was given out. */
  let last = 0

  const wanted = (): number => volume * (isDucked ? duckedGain : 1)

  return {
    setVolume: (next) => void (volume = Math.min(1, Math.max(0, next))),
    setDucked: (next) => void (isDucked = next),
    apply(frame, edges) {
      const goal = wanted()
      const step = Math.abs(goal - gain) / rampSamples
      if (gain === 1 && goal === 1 && edges.length === 0 && decay.done >= rampSamples && risen >= rampSamples) {
        last = frame.at(-1) ?? 0
        return
      }
      let next = 0
      for (let at = 0; at < frame.length; at++) {
        for (let edge = edges[next]; edge?.at === at; edge = edges[++next]) {
          if (edge.type === 'goes-on') risen = 0
          else decay = { from: at === 0 ? last : (frame[at - 1] ?? 0), done: 0 }
        }
        gain = gain < goal ? Math.min(goal, gain + step) : Math.max(goal, gain - step)
        let sample = (frame[at] ?? 0) * gain
        if (risen < rampSamples) sample *= rise(++risen / rampSamples)
        if (decay.done < rampSamples) sample += decay.from * (1 - rise(++decay.done / rampSamples))
        frame[at] = Math.max(-32_768, Math.min(32_767, Math.round(sample)))
      }
      last = frame.at(-1) ?? 0
    },
  }
}

/** Half a cosine from 0 to 1. */
const rise = (share: number): number => (1 - Math.cos(Math.PI * share)) / 2
