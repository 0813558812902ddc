// Which conversations hold which words: an index in memory, built in slices while nobody waits, and kept up with what is said.
// Nothing of it is written to disk. Where in a conversation the words stand is core/search-terms.ts's.
import MiniSearch from 'minisearch'
import { shownWords } from '../../core/conversation/export.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import { termsOf } from '../../core/search-terms.ts'
import type { Clock, Undo } from '../ports.ts'
import { createBreath } from '../store/breath.ts'

export interface SearchIndex {
  /** It was changed, or is new. */
  touch(id: string): void
  drop(id: string): void
  /** Ids of those in which all words, or beginnings of words, stand near each other. Everything that is listed is known by then. */
  find(words: string): Promise<ReadonlySet<string>>
  /** How many are known, for whoever shows it. */
  size(): number
  stop(): void
}

export interface SearchIndexOpts {
  clock: Pick<Clock, 'after'>
  /** Newest first. */
  entries: () => readonly { id: string; title: string }[]
  /** Null for what can't be read. */
  read: (id: string) => Promise<Conversation | null>
}

/** Words further apart are not near each other; and so much is indexed anew when one turn is added. */
const chunkTurns = 32
/** Read at a time. */
const width = 8
/** After the start, and between two batches, while nobody waits: others come first. */
const beginAfterMs = 4_000
const restMs = 30

interface Chunk {
  id: string
  text: string
}

export function createSearchIndex({ clock, entries, read }: SearchIndexOpts): SearchIndex {
  const index = new MiniSearch<Chunk>({
    fields: ['text'],
    tokenize: termsOf,
    // Done by the tokenizer.
    processTerm: (term) => term,
    autoVacuum: true,
  })
  /** By conversation, what each of its chunks was when it was indexed. */
  const known = new Map<string, string[]>()
  const touched = new Set<string>()
  let building: Promise<void> | null = null
  let isStopped = false
  const isOver = (): boolean => isStopped
  let hurry: (() => void) | null = null
  let isHurried = false

  const chunkId = (id: string, at: number): string => `${id} ${at}`

  function put(id: string, { title, turns }: Pick<Conversation, 'title' | 'turns'>): void {
    const before = known.get(id) ?? []
    const now: string[] = [title]
    for (let at = 0; at < turns.length; at += chunkTurns)
      now.push(
        turns
          .slice(at, at + chunkTurns)
          .map(shownWords)
          .join('\n'),
      )
    for (let at = 0; at < Math.max(before.length, now.length); at += 1) {
      if (before[at] === now[at]) continue
      if (before[at] !== undefined) index.discard(chunkId(id, at))
      const text = now[at]
      if (text !== undefined) index.add({ id: chunkId(id, at), text })
    }
    known.set(id, now)
  }

  function drop(id: string): void {
    touched.delete(id)
    for (const at of (known.get(id) ?? []).keys()) index.discard(chunkId(id, at))
    known.delete(id)
  }

  async function look({ id, title }: { id: string; title: string }): Promise<void> {
    touched.delete(id)
    put(id, (await read(id).catch(() => null)) ?? { title, turns: [] })
  }

  function rest(): Promise<void> {
    if (isHurried) return Promise.resolve()
    return new Promise((done) => {
      const undo = clock.after(restMs, done)
      hurry = () => {
        undo()
        done()
      }
    })
  }

  async function build(): Promise<void> {
    const breathe = createBreath()
    for (;;) {
      const next = entries().filter(({ id }) => !known.has(id) || touched.has(id))
      if (next.length === 0 || isOver()) return
      for (let at = 0; at < next.length; at += width) {
        if (isOver()) return
        for (const entry of next.slice(at, at + width)) {
          await look(entry)
          await breathe()
        }
        await rest()
      }
    }
  }

  function ensure(): Promise<void> {
    building ??= build().finally(() => {
      building = null
      isHurried = false
    })
    return building
  }

  const undo: Undo = clock.after(beginAfterMs, () => void ensure())

  return {
    touch: (id) => void touched.add(id),
    drop,
    async find(words) {
      isHurried = true
      hurry?.()
      await ensure()
      isHurried = false
      const terms = termsOf(words)
      if (terms.length === 0) return new Set(known.keys())
      const found = index.search(words, { prefix: true, combineWith: 'AND' })
      return new Set(found.map(({ id }) => (id as string).slice(0, (id as string).indexOf(' '))))
    },
    size: () => known.size,
    stop() {
      isStopped = true
      undo()
      hurry?.()
    },
  }
}
