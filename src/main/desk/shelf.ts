// The conversations as a window lists them: naming, deleting with a way back, saving as a file, finding words. Which of
// them is being talked in is current.ts.
import { exportConversation, shownWords, type ExportFormat } from '../../core/conversation/export.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { ConversationEntry, ExportedFile } from '../../core/ipc.ts'
import type { StoredConversation } from '../store/conversation.ts'
import type { ConversationStore } from '../store/conversations.ts'

export interface Found {
  id: string
  /** The place where, empty when only the name holds the words. */
  excerpt: string
}

export interface Shelf {
  /** Newest first, without those in which nothing was said. */
  entries(): readonly ConversationEntry[]
  load(): Promise<void>
  /** Opens it, or begins it when it is new. Throws StoreError. */
  open(id: string): Promise<StoredConversation>
  /** The record of the current conversation has grown. */
  follow(conversation: Conversation): void
  rename(id: string, title: string): Promise<void>
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  export(id: string, format: ExportFormat): Promise<ExportedFile>
  /** In all conversations, newest first; one that can't be read is passed over. */
  find(words: string): Promise<Found[]>
}

const untitled = 'Conversation'
const excerptAround = 40
/** Conversations read from disk at a time. */
const searchWidth = 8

/** @param isCurrent that conversation is open already and stays so */
export function createShelf(opts: {
  store: ConversationStore
  isCurrent: (id: string) => boolean
  onChanged: (entries: readonly ConversationEntry[]) => void
}): Shelf {
  const { store } = opts
  let entries: ConversationEntry[] = []

  function set(next: ConversationEntry[]): void {
    const before = JSON.stringify(entries)
    entries = next.filter(({ turns }) => turns > 0).sort((one, other) => other.changedMs - one.changedMs)
    if (JSON.stringify(entries) !== before) opts.onChanged(entries)
  }

  const load = async (): Promise<void> => set(await store.list())

  /** Opens it only for as long as `act` takes, unless it is the current one. */
  async function visit<Result>(id: string, act: (record: StoredConversation) => Promise<Result>): Promise<Result> {
    const record = await store.open(id)
    try {
      return await act(record)
    } finally {
      if (!opts.isCurrent(id)) await record.close()
    }
  }

  async function look({ id, title }: ConversationEntry, wanted: string): Promise<Found | null> {
    const conversation = await store.read(id).catch(() => null)
    const excerpt = conversation === null ? null : excerptOf(conversation, wanted)
    return excerpt !== null || title.toLowerCase().includes(wanted) ? { id, excerpt: excerpt ?? '' } : null
  }

  return {
    entries: () => entries,
    load,
    async open(id) {
      const record = await store.open(id)
      if (record.conversation().seq === 0)
        await record.append([{ type: 'conversation-started', conversation: id, title: '' }])
      return record
    },
    follow({ id, title, startedMs, changedMs, turns }) {
      const entry = { id, title, startedMs, changedMs, turns: turns.length }
      const known = entries.find((other) => other.id === id)
      // The time of the last change moves with every word; the list need not.
      if (known?.title === title && known.turns === turns.length) return
      set([entry, ...entries.filter((other) => other.id !== id)])
    },
    async rename(id, title) {
      await visit(id, (record) => record.append([{ type: 'conversation-renamed', title }]))
      await load()
    },
    async remove(id) {
      await store.remove(id)
      await load()
    },
    async restore(id) {
      await store.restore(id)
      await load()
    },
    export: (id, format) =>
      visit(id, (record) => Promise.resolve(exportConversation(record.conversation(), format, untitled))),
    async find(words) {
      const wanted = words.toLowerCase()
      const found: Found[] = []
      const all = [...entries]
      for (let at = 0; at < all.length; at += searchWidth) {
        const hits = await Promise.all(all.slice(at, at + searchWidth).map((entry) => look(entry, wanted)))
        found.push(...hits.filter((hit) => hit !== null))
      }
      return found
    },
  }
}

function excerptOf({ turns }: Conversation, wanted: string): string | null {
  for (const turn of turns) {
    const words = shownWords(turn)
    const at = words.toLowerCase().indexOf(wanted)
    if (at === -1) continue
    const from = Math.max(0, at - excerptAround)
    const to = at + wanted.length + excerptAround
    return `${from > 0 ? '…' : ''}${words.slice(from, to)}${to < words.length ? '…' : ''}`
  }
  return null
}
