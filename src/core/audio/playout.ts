// What the speaker plays next: a jitter buffer over items in the order of their first samples, and the count of what of
// each item was handed to the device. The device's pace drives it through `take`; it knows no time of its own. How loud it is,
// and that it does not click where it runs dry, is loudness.ts.
import { createJitter } from './jitter.ts'
import type { Edge } from './loudness.ts'
import { frameSamples, levelDbfs, msToSamples, samplesToMs } from './pcm.ts'
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
  /** The next samples (20 ms of them), silence when nothing is ready, and the items that end within them. */
  take(samples?: number): { frame: Int16Array; ended: Played[]; edges: Edge[] }
  /** Forgets every item and says how far each got, oldest first. The next frame fades out over 5 ms, uncounted. */
  cut(): Played[]
  /** Silent from the next frame on, which fades out over 5 ms, uncounted. What comes waits, with all that is held. */
  hold(): void
  /** Goes on after a hold, from the beginning of the word where it was; what of that is heard again is not counted again. */
  release(): void
  /** Something sounds, or would without the hold. */
  isSounding(): boolean
  /** The item being played; null before its first sample and between items. */
  position(): Played | null
  queuedSamples(): number
  /** How often an item that had begun ran dry and went on later. */
  underruns(): number
  /** An item begins when so much of it is there: 60 ms, more where pieces came late. */
  startMs(): number
}

export interface PlayoutRules {
  /** After it ran dry it goes on when this much is there, or what an item begins with. */
  refillMs: number
  fadeMs: number
  /** The most that is held; a voice service sends whole answers faster than they are played. */
  capacityMs: number
}

export const playoutRules: PlayoutRules = { refillMs: 100, fadeMs: 5, capacityMs: 600_000 }

interface Item {
  id: string
  queue: SampleQueue
  arrivedSamples: number
  /** The last of what was played. */
  behind: Int16Array
  /** Of that, what is heard again. */
  again: Int16Array
  playedSamples: number
  finished: boolean
  flow: 'starting' | 'flowing' | 'starved' | 'refilling'
}

export function createPlayout(rules: PlayoutRules = playoutRules): Playout {
  const jitter = createJitter()
  let items: Item[] = []
  let fade: Int16Array | null = null
  let isHeld = false
  let goesOn = false
  let queued = 0
  let underruns = 0
  let takenSamples = 0

  function begin(id: string): Item {
    const item: Item = {
      id,
      queue: createSampleQueue(),
      arrivedSamples: 0,
      behind: new Int16Array(0),
      again: new Int16Array(0),
      playedSamples: 0,
      finished: false,
      flow: 'starting',
    }
    items.push(item)
    return item
  }

  function isReady(item: Item, room: number): boolean {
    if (item.finished) return true
    const waiting = item.again.length + item.queue.length()
    switch (item.flow) {
      case 'starting':
        return waiting >= Math.max(room, msToSamples(jitter.targetMs()))
      case 'flowing':
        // A tail shorter than the frame is kept whole until more comes or the item ends.
        return waiting >= room
      case 'starved':
      case 'refilling':
        return waiting >= Math.max(room, msToSamples(Math.max(rules.refillMs, jitter.targetMs())))
    }
  }

  function takeFrom(item: Item, count: number): Int16Array {
    const again = item.again.subarray(0, count)
    item.again = item.again.subarray(again.length)
    const fresh = item.queue.take(count - again.length)
    item.flow = 'flowing'
    item.playedSamples += fresh.length
    queued -= fresh.length
    item.behind = joined(item.behind, fresh).slice(-msToSamples(wordMs))
    return again.length === 0 ? fresh : joined(again, fresh)
  }

  /** What would come next, without taking it, fading out. */
  function fadeNext(): Int16Array | null {
    const first = items[0]
    if (isHeld || first?.flow !== 'flowing') return null
    const samples = msToSamples(rules.fadeMs)
    return fadeOut(joined(first.again, first.queue.peek(samples)).slice(0, samples))
  }

  return {
    push(id, samples) {
      if (queued + samples.length > msToSamples(rules.capacityMs)) return false
      const item = items.find((other) => other.id === id) ?? begin(id)
      if (item.finished) return true
      jitter.arrived(item.id, samplesToMs(takenSamples), samplesToMs(item.arrivedSamples))
      item.arrivedSamples += samples.length
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
    take(samples = frameSamples) {
      const frame = new Int16Array(samples)
      const ended: Played[] = []
      const edges: Edge[] = []
      takenSamples += samples
      if (fade) {
        frame.set(fade)
        fade = null
        return { frame, ended, edges }
      }
      let at = 0
      for (let item = items[0]; !isHeld && item && at < samples; item = items[0]) {
        const { flow } = item
        if (!isReady(item, samples - at)) {
          if (flow === 'flowing') {
            item.flow = 'starved'
            edges.push({ at, type: 'breaks-off' })
          }
          break
        }
        if (goesOn || flow === 'starved' || flow === 'refilling') edges.push({ at, type: 'goes-on' })
        goesOn = false
        const taken = takeFrom(item, samples - at)
        frame.set(taken, at)
        at += taken.length
        if (!item.finished || item.again.length + item.queue.length() > 0) break
        ended.push({ item: item.id, playedSamples: item.playedSamples })
        items.shift()
      }
      return { frame, ended, edges }
    },
    hold() {
      fade = fadeNext()
      isHeld = true
    },
    release() {
      const first = items[0]
      if (isHeld && first && first.playedSamples > 0) {
        first.again = joined(first.behind.slice(wordStart(first.behind)), first.again)
        goesOn = true
      }
      isHeld = false
    },
    isSounding: () => items.some(({ playedSamples, flow }) => playedSamples > 0 && flow !== 'starting'),
    cut() {
      fade = fadeNext()
      const played = items.map((item) => ({ item: item.id, playedSamples: item.playedSamples }))
      items = []
      isHeld = false
      goesOn = false
      queued = 0
      return played
    },
    position() {
      const first = items[0]
      return first && first.playedSamples > 0 ? { item: first.id, playedSamples: first.playedSamples } : null
    },
    queuedSamples: () => queued,
    underruns: () => underruns,
    startMs: () => jitter.targetMs(),
  }
}

/** So far back a word is looked for. */
const wordMs = 400
const blockMs = 10

/** Where the word begins that is being said at the end of the samples: behind the quietest moment of the last 400 ms. */
function wordStart(samples: Int16Array): number {
  const block = msToSamples(blockMs)
  let quietest = { at: 0, level: Infinity }
  for (let at = 0; at + block <= samples.length; at += block) {
    const level = levelDbfs(samples.subarray(at, at + block))
    if (level <= quietest.level) quietest = { at, level }
  }
  return quietest.at
}

function joined(one: Int16Array, other: Int16Array): Int16Array {
  const both = new Int16Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** Half a cosine: it begins where the sound is and ends at zero without an edge at either side. */
function fadeOut(samples: Int16Array): Int16Array {
  return samples.map((sample, at) => Math.round((sample * (1 + Math.cos((Math.PI * (at + 1)) / samples.length))) / 2))
}
