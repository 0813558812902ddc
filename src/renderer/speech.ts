// What is being said right now, turn by turn: words that are not final, and how far the sound is. Both come many times a
// second, so that each turn's row hears of its own and of nothing else.
import { createStore, type Store } from './store.ts'

export interface Position {
  playedMs: number
  receivedMs: number
}

export interface Caption {
  role: 'user' | 'assistant'
  item: string
  text: string
}

export interface Speech {
  caption(item: string): string
  position(item: string): Position | null
  /** Turns with words that are not final, in order of arrival. */
  readonly coming: Store<readonly Pick<Caption, 'item' | 'role'>[]>
  /** The turn whose sound moved last. */
  sounding(): string | null
  /** Something of that turn has changed. */
  listen(item: string, listener: () => void): () => void
  /** Something of the turn that sounds has changed. */
  follow(listener: () => void): () => void
  setCaption(caption: Caption): void
  setPosition(item: string, position: Position): void
  /** The record has its words. */
  settle(item: string): void
  clear(): void
}

export function createSpeech(): Speech {
  const captions = new Map<string, Caption>()
  const positions = new Map<string, Position>()
  const listeners = new Map<string, Set<() => void>>()
  const followers = new Set<() => void>()
  const coming = createStore<readonly Pick<Caption, 'item' | 'role'>[]>([])
  let sounding: string | null = null

  const tell = (item: string): void => {
    for (const listener of listeners.get(item) ?? []) listener()
    for (const follower of followers) follower()
  }
  const list = (): void => coming.set([...captions.values()].map(({ item, role }) => ({ item, role })))

  return {
    caption: (item) => captions.get(item)?.text ?? '',
    position: (item) => positions.get(item) ?? null,
    coming,
    sounding: () => sounding,
    listen(item, listener) {
      const own = listeners.get(item) ?? new Set()
      listeners.set(item, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(item)
      }
    },
    follow(listener) {
      followers.add(listener)
      return () => followers.delete(listener)
    },
    setCaption(caption) {
      const isNew = !captions.has(caption.item)
      captions.set(caption.item, caption)
      if (isNew) list()
      tell(caption.item)
    },
    setPosition(item, position) {
      // What was played before has its length in the record.
      if (sounding !== item) positions.clear()
      sounding = item
      positions.set(item, position)
      tell(item)
    },
    settle(item) {
      if (!captions.delete(item)) return
      list()
      tell(item)
    },
    clear() {
      captions.clear()
      positions.clear()
      sounding = null
      list()
    },
  }
}
