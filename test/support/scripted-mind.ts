// A mind that says what the test wants and remembers what it was asked.
import type { Announcement, Ask, Mind, Thought } from '../../src/engine/ports.ts'

export type Answer = (ask: Ask) => Iterable<Thought> | AsyncIterable<Thought>

export interface ScriptedMind extends Mind {
  answer: Answer
  readonly asks: Ask[]
  announce(announcement: Announcement): boolean
}

export const saying = (...texts: string[]): Answer => {
  return () => texts.map((text) => ({ type: 'text', text }))
}

export function createScriptedMind(answer: Answer = saying('It is nine.')): ScriptedMind {
  const listeners = new Set<(announcement: Announcement) => boolean>()
  async function* think(ask: Ask): AsyncIterable<Thought> {
    mind.asks.push(ask)
    for await (const thought of mind.answer(ask)) {
      if (ask.signal.aborted) return
      yield thought
    }
  }
  const mind: ScriptedMind = {
    answer,
    asks: [],
    reply: think,
    work: think,
    onAnnouncement(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    announce: (announcement) => [...listeners].some((listen) => listen(announcement)),
    close: async () => undefined,
  }
  return mind
}
