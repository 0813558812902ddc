// What the speaker plays next: a jitter buffer over items in the order of their first samples, and the count of what of
// each item was handed to the device. The device's pace drives it through `take`; it knows no time of its own.
import { frameSamples, msToSamples } from './pcm.ts'
import { createSampleQueue, type SampleQueue } from './sample-queue.ts'

export interface Played {
  item: string
  /** Handed to the device. Silence follows a cut through the same stream, so all of it is heard. */
  playedSamples: number
}

export interface Playout {
  /** Appends to `item`. False when the buffer is full: then nothing of it was taken. Nothing follows a `finish`. */
  push(item: string, samples: Int16Array): boolean
  /** No more will come. An item that is not held (never begun, or cut) is left alone. */
  finish(item: string): void
  /** The next 20 ms, silence when nothing is ready, and the items that end within them. */
  take(): { frame: Int16Array; ended: Played[] }
  /** Forgets every item and says how far each got, oldest first. The next frame fades out over 5 ms, uncounted. */
  cut(): Played[]
  /** The item being played; null before its first sample and between items. */
  position(): Played | null
  queuedSamples(): number
  /** How often an item that had begun ran dry and went on later. */
  underruns(): number
}

export interface PlayoutRules {
  /** An item begins when this much of it is there, or all of it. */
  startMs: number
  /** After it ran dry it goes on when this much is there. */
  refillMs: number
  fadeMs: number
  /** The most that is held; a voice service sends whole answers faster than they are played. */
  capacityMs: number
}

export const playoutRules: PlayoutRules = { startMs: 60, refillMs: 100, fadeMs: 5, capacityMs: 600_000 }

interface Item {
  id: string
  queue: SampleQueue
  playedSamples: number
  finished: boolean
  flow: 'starting' | 'flowing' | 'starved' | 'refilling'
}

export function createPlayout(rules: PlayoutRules = playoutRules): Playout {
  let items: Item[] = []
  let fade: Int16Array | null = null
  let queued = 0
  let underruns = 0

  function begin(id: string): Item {
    const item: Item = { id, queue: createSampleQueue(), playedSamples: 0, finished: false, flow: 'starting' }
    items.push(item)
    return item
  }

  function isReady(item: Item, room: number): boolean {
    if (item.finished) return true
    const waiting = item.queue.length()
    switch (item.flow) {
      case 'starting':
        return waiting >= Math.max(room, msToSamples(rules.startMs))
      case 'flowing':
        // A tail shorter than the frame is kept whole until more comes or the item ends.
        return waiting >= room
      case 'starved':
      case 'refilling':
        return waiting >= Math.max(room, msToSamples(rules.refillMs))
    }
  }

  function takeFrom(item: Item, count: number): Int16Array {
    const samples = item.queue.take(count)
    item.flow = 'flowing'
    item.playedSamples += samples.length
    queued -= samples.length
    return samples
  }

  return {
    push(id, samples) {
      if (queued + samples.length > msToSamples(rules.capacityMs)) return false
      const item = items.find((other) => other.id === id) ?? begin(id)
      if (item.finished) return true
      item.queue.push(samples)
      queued += samples.length
      if (item.flow === 'starved' && samples.length > 0) {
        // Counted only now: an item that had nothing left but its `finish` did not run dry.
        underruns += 1
        item.flow = 'refilling'
      }
      return true
    },
    finish(id) {
      const item = items.find((other) => other.id === id)
      if (item) item.finished = true
    },
    take() {
      const frame = new Int16Array(frameSamples)
      if (fade) {
        frame.set(fade)
        fade = null
        return { frame, ended: [] }
      }
      const ended: Played[] = []
      let at = 0
      for (let item = items[0]; item && at < frameSamples; item = items[0]) {
        if (!isReady(item, frameSamples - at)) {
          if (item.flow === 'flowing') item.flow = 'starved'
          break
        }
        const samples = takeFrom(item, frameSamples - at)
        frame.set(samples, at)
        at += samples.length
        if (!item.finished || item.queue.length() > 0) break
        ended.push({ item: item.id, playedSamples: item.playedSamples })
        items.shift()
      }
      return { frame, ended }
    },
    cut() {
      const first = items[0]
      if (first?.flow === 'flowing') fade = fadeOut(first.queue.take(msToSamples(rules.fadeMs)))
      const played = items.map((item) => ({ item: item.id, playedSamples: item.playedSamples }))
      items = []
      queued = 0
      return played
    },
    position() {
      const first = items[0]
      return first && first.playedSamples > 0 ? { item: first.id, playedSamples: first.playedSamples } : null
    },
    queuedSamples: () => queued,
    underruns: () => underruns,
  }
}

/** Half a cosine: it begins where the sound is and ends at zero without an edge at either side. */
function fadeOut(samples: Int16Array): Int16Array {
  return samples.map((sample, at) => Math.round((sample * (1 + Math.cos((Math.PI * (at + 1)) / samples.length))) / 2))
}
