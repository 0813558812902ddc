// How loud each moment of an item is, so that a meter can follow what is played rather than what arrives.
import { levelDbfs, msToSamples, silenceDbfs } from './pcm.ts'

export interface Envelope {
  /** @param samples 24 kHz mono PCM16, the next of `item` */
  push(item: string, samples: Int16Array): void
  /** dBFS around that moment; silence where nothing is known. */
  at(item: string, playedMs: number): number
  receivedMs(item: string): number
  clear(): void
}

const stepMs = 50
const stepSamples = msToSamples(stepMs)
/** Items waiting to be played are few; older ones are over. */
const mostItems = 64

export function createEnvelope(): Envelope {
  const items = new Map<string, { samples: number; levels: number[] }>()
  return {
    push(item, samples) {
      const known = items.get(item) ?? { samples: 0, levels: [] }
      for (let from = 0; from < samples.length; from += stepSamples) {
        const at = Math.floor((known.samples + from) / stepSamples)
        known.levels[at] = Math.max(
          known.levels[at] ?? silenceDbfs,
          levelDbfs(samples.subarray(from, from + stepSamples)),
        )
      }
      known.samples += samples.length
      items.set(item, known)
      for (const oldest of items.keys()) {
        if (items.size <= mostItems) break
        items.delete(oldest)
      }
    },
    at: (item, playedMs) => items.get(item)?.levels[Math.floor(playedMs / stepMs)] ?? silenceDbfs,
    receivedMs: (item) => Math.floor(((items.get(item)?.samples ?? 0) * 1000) / msToSamples(1000)),
    clear: () => items.clear(),
  }
}
