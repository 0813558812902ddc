// The conversation of one session: its items, what is known beside them (audio, recognised words, which words fall on
// which audio), and the events that tell the client about a change.
import type { Memo, Transcript } from '../ports.ts'
import { isSpoken, place, previousOf, replaced, without, withoutTranscript, type Items } from './conversation.ts'
import { refuse, type Refusal } from './errors.ts'
import { createKeptAudio, type KeptAudio } from './kept-audio.ts'
import { heardWords, type SpokenClause } from './spoken.ts'
import { encodeSamples } from './wire-audio.ts'
import type { Content, Item, Send } from './wire.ts'

export interface Thread {
  items(): Items
  last(): string | null
  /** Refuses, or adds and says so. `after` is an id or `root`; without it the item goes to the end. */
  add(item: Item, after?: string): Refusal | undefined
  /** The item has grown; the client hears of it in other events. */
  shape(item: Item): void
  /** The item has its last shape. Nothing when it was deleted meanwhile. */
  finish(item: Item): void
  remove(id: string): Refusal | undefined
  retrieve(id: string): Refusal | undefined
  truncate(id: string, endMs: number): Refusal | undefined
  /** The words of a spoken user item, as soon as they are recognised. */
  setWords(id: string, words: Promise<Transcript>): void
  /** The client has been told these words; the item shows them from now on. */
  transcribed(id: string, text: string): void
  setClauses(id: string, clauses: readonly SpokenClause[]): void
  readonly audio: KeptAudio
  /** The items as the mind reads them. Waits for the recognition of what was said. */
  memos(items: Items): Promise<Memo[]>
}

/** A session shows ten minutes of audio again; older items keep their length only. */
const keptAudioMs = 10 * 60_000

export function createThread(send: Send): Thread {
  let items: Items = []
  const audio = createKeptAudio(keptAudioMs)
  const words = new Map<string, Promise<Transcript>>()
  const clauses = new Map<string, readonly SpokenClause[]>()
  const cutAtMs = new Map<string, number>()

  const find = (id: string): Item | undefined => items.find((item) => item.id === id)

  async function textOf(item: Item & { type: 'message' }): Promise<string> {
    const heardMs = cutAtMs.get(item.id)
    if (heardMs !== undefined) return heardWords(clauses.get(item.id) ?? [], heardMs)
    const recognised = await words.get(item.id)
    return item.content
      .map((part) => (part.type === 'input_audio' ? (recognised?.text ?? '') : writtenText(part)))
      .join(' ')
      .trim()
  }

  async function memoOf(item: Item): Promise<Memo> {
    switch (item.type) {
      case 'message':
        return { type: 'message', role: item.role, text: await textOf(item), ...picturesIn(item) }
      case 'function_call':
        return { type: 'call', callId: item.call_id, name: item.name, arguments: item.arguments }
      case 'function_call_output':
        return { type: 'result', callId: item.call_id, output: item.output }
    }
  }

  return {
    items: () => items,
    last: () => items.at(-1)?.id ?? null,
    add(item, after) {
      const placed = place(items, item, after)
      if (!('items' in placed)) return placed
      items = placed.items
      send({ type: 'conversation.item.added', previous_item_id: placed.previous, item: withoutAudio(item) })
      return undefined
    },
    shape(item) {
      items = replaced(items, item)
    },
    finish(item) {
      if (!find(item.id)) return
      const shape = cutAtMs.has(item.id) ? withoutTranscript(item) : item
      items = replaced(items, shape)
      send({ type: 'conversation.item.done', previous_item_id: previousOf(items, item.id), item: withoutAudio(shape) })
    },
    remove(id) {
      if (!find(id)) return refuse.unknownItem('delete', id)
      items = without(items, id)
      audio.drop(id)
      for (const known of [words, clauses, cutAtMs]) known.delete(id)
      send({ type: 'conversation.item.deleted', item_id: id })
      return undefined
    },
    retrieve(id) {
      const item = find(id)
      if (!item) return refuse.unknownItem('retrieve', id)
      send({ type: 'conversation.item.retrieved', item: withAudio(item, audio.read(id)) })
      return undefined
    },
    truncate(id, endMs) {
      const item = find(id)
      if (!item) return refuse.unknownItem('truncate', id)
      if (!isSpoken(item)) return refuse.notTruncatable()
      const haveMs = audio.durationMs(id)
      if (endMs > haveMs) return refuse.shorter(haveMs, endMs)
      audio.cut(id, endMs)
      cutAtMs.set(id, endMs)
      items = replaced(items, withoutTranscript(item))
      send({ type: 'conversation.item.truncated', item_id: id, content_index: 0, audio_end_ms: endMs })
      return undefined
    },
    transcribed(id, text) {
      const item = find(id)
      if (item?.type !== 'message') return
      items = replaced(items, { ...item, content: [{ type: 'input_audio', transcript: text }] })
    },
    setWords: (id, transcript) => words.set(id, transcript),
    setClauses: (id, spoken) => clauses.set(id, spoken),
    audio,
    memos: (some) => Promise.all(some.map(memoOf)),
  }
}

function picturesIn({ content }: Item & { type: 'message' }): { pictures?: number } {
  const pictures = content.filter(({ type }) => type === 'input_image').length
  return pictures === 0 ? {} : { pictures }
}

function writtenText(part: Content): string {
  switch (part.type) {
    case 'input_image':
      return ''
    case 'input_text':
    case 'output_text':
      return part.text
    case 'input_audio':
    case 'output_audio':
      return part.transcript ?? ''
  }
}

function withoutAudio(item: Item): Item {
  if (item.type !== 'message' || !item.content.some((part) => 'audio' in part)) return item
  const content = item.content.map((part): Content => {
    if (part.type !== 'input_audio' && part.type !== 'output_audio') return part
    const { audio: _audio, ...rest } = part
    return rest
  })
  return { ...item, content }
}

function withAudio(item: Item, samples: Int16Array | null): Item {
  if (item.type !== 'message' || !samples) return item
  const audio = encodeSamples(samples)
  const content = item.content.map((part) =>
    part.type === 'input_audio' || part.type === 'output_audio' ? { ...part, audio } : part,
  )
  return { ...item, content }
}
