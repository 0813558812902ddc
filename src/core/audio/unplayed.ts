// What was given to the speaker and not yet reported as played. It outlives the process that plays: the next one gets
// the rest, and what was played stays counted. Each item has a key of its own per begin, so that a late report about
// an item that was cut says nothing about a later one of the same name.
import type { Played } from './playout.ts'
import { msToSamples } from './pcm.ts'
import { createSampleQueue, type SampleQueue } from './sample-queue.ts'

/** What a player that knows nothing yet is told, in this order. */
export interface Rest {
  key: string
  samples: Int16Array
  finished: boolean
}

export interface Unplayed {
  /** The item's key, or null when too much is held: then nothing was taken. */
  push(item: string, samples: Int16Array): string | null
  /** Null for an item that is not held. */
  finish(item: string): string | null
  /** The player says how far it got since it was told of the item. Null for a key that is not held. */
  played(key: string, playedSamples: number): Played | null
  /** The player says that it is done with the item. Null for a key that is not held. */
  ended(key: string, playedSamples: number): Played | null
  /** A new player starts: everything that is left. */
  rest(): Rest[]
  /** Forgets everything. What the player answers to the cut, if it still does, makes the counts exact. */
  cut(): Cut
  isEmpty(): boolean
  queuedSamples(): number
}

export interface Cut {
  /** With the player's counts by key; null when it did not answer and the last reports must do. */
  settle(answer: readonly { key: string; playedSamples: number }[] | null): Played[]
}

interface Item {
  id: string
  key: string
  /** Played by earlier players. */
  before: number
  /** Played by the present one, as last reported. */
  now: number
  queue: SampleQueue
  finished: boolean
}

export function createUnplayed(capacityMs: number): Unplayed {
  let items: Item[] = []
  let keys = 0

  const queuedSamples = (): number => items.reduce((sum, item) => sum + item.queue.length(), 0)
  const played = (item: Item): Played => ({ item: item.id, playedSamples: item.before + item.now })

  function begin(id: string): Item {
    keys += 1
    const item: Item = { id, key: String(keys), before: 0, now: 0, queue: createSampleQueue(), finished: false }
    items.push(item)
    return item
  }

  function report(key: string, playedSamples: number): Item | null {
    const item = items.find((other) => other.key === key)
    if (!item) return null
    item.queue.take(playedSamples - item.now)
    item.now = playedSamples
    return item
  }

  return {
    push(id, samples) {
      if (queuedSamples() + samples.length > msToSamples(capacityMs)) return null
      const item = items.find((other) => other.id === id) ?? begin(id)
      if (!item.finished) item.queue.push(samples)
      return item.key
    },
    finish(id) {
      const item = items.find((other) => other.id === id)
      if (!item) return null
      item.finished = true
      return item.key
    },
    played(key, playedSamples) {
      const item = report(key, playedSamples)
      return item && played(item)
    },
    ended(key, playedSamples) {
      const item = report(key, playedSamples)
      if (!item) return null
      items = items.filter((other) => other !== item)
      return played(item)
    },
    rest() {
      for (const item of items) {
        item.before += item.now
        item.now = 0
      }
      return items.map((item) => ({ key: item.key, samples: item.queue.all(), finished: item.finished }))
    },
    cut() {
      const gone = items
      items = []
      return { settle: (answer) => gone.map((item) => ({ item: item.id, playedSamples: settled(item, answer) })) }
    },
    isEmpty: () => items.length === 0,
    queuedSamples,
  }
}

function settled(item: Item, answer: readonly { key: string; playedSamples: number }[] | null): number {
  if (answer === null) return item.before + item.now
  const exact = answer.find((other) => other.key === item.key)
  if (exact) return item.before + exact.playedSamples
  // The player held it no more: it came to its end while the cut was on its way.
  return item.before + item.now + item.queue.length()
}
