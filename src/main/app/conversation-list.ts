// The conversations as a window lists them: naming, deleting with a way back, saving as a file, finding words. Which of
// them is being talked in is active-conversation.ts.
import { exportConversation, type ExportFormat } from '../../core/conversation/export.ts'
import { picturesIn } from '../../core/conversation/fold-back.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Language } from '../../core/language/language.ts'
import { listed, unlisted } from '../../core/conversation-list.ts'
import type { ExportedFile, Notice } from '../../core/ipc.ts'
import { newestPlace, termsOf } from '../../core/search-terms.ts'
import type { ConversationEntry, FoundPlace } from '../../core/shown-parts.ts'
import type { Clock } from '../ports.ts'
import type { StoredConversation } from '../store/conversation.ts'
import { createSearchIndex } from '../search/search-index.ts'
import type { ConversationStore } from '../store/conversations.ts'
import { listPart } from './pages.ts'
import { withPatience } from './patience.ts'

export interface ConversationList {
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
  /**
   * In all conversations, newest first, up to 100 of them; one that can't be read is passed over. Another search ends the one
   * before it.
   */
  find(words: string): Promise<FoundPlace[]>
  /** It is deleted for good. */
  forget(id: string): void
  stop(): void
}

/** Conversations read from disk at a time. */
const searchWidth = 8
const mostFound = 100

/** @param isCurrent that conversation is open already and stays so */
export function createConversationList(opts: {
  clock: Clock
  store: ConversationStore
  isCurrent: (id: string) => boolean
  tell: (notice: Notice) => void
  /** Of what is saved as a file. */
  language: () => Language
}): ConversationList {
  const { clock, store, tell } = opts
  let entries: readonly ConversationEntry[] = []
  let search = 0
  const index = createSearchIndex({ clock, entries: () => entries, read: (id) => store.read(id) })

  async function load(): Promise<void> {
    entries = (await store.list()).filter(({ turns }) => turns > 0)
    tell({ type: 'conversations', ...listPart(entries, null) })
  }

  function put({ id, title, startedMs, changedMs, turns }: Conversation): void {
    index.touch(id)
    const known = entries.find((other) => other.id === id)
    // The time of the last change moves with every word; the list need not.
    if (known?.title === title && known.turns === turns.length) return
    if (turns.length === 0) return drop(id)
    const entry = { id, title, startedMs, changedMs, turns: turns.length }
    entries = listed(entries, entry)
    tell({ type: 'listed', entry })
  }

  function drop(id: string): void {
    const before = entries
    index.drop(id)
    entries = unlisted(entries, id)
    if (entries !== before) tell({ type: 'unlisted', id })
  }

  /** Opens it only for as long as `act` takes, unless it is the current one. */
  async function visit<Result>(id: string, act: (record: StoredConversation) => Promise<Result>): Promise<Result> {
    const record = await store.open(id)
    try {
      return await act(record)
    } finally {
      if (!opts.isCurrent(id)) await record.close()
    }
  }

  async function look(entry: ConversationEntry, wanted: string): Promise<FoundPlace | null> {
    const conversation = await store.read(entry.id).catch(() => null)
    const place = conversation === null ? null : newestPlace(conversation, wanted)
    if (place !== null) return { entry, ...place }
    return isTitled(entry, wanted) ? { entry, turn: null, excerpt: '' } : null
  }

  return {
    entries: () => entries,
    load,
    async open(id) {
      const record = await store.open(id)
      if (record.conversation().seq === 0)
        await withPatience(clock, record.append([{ type: 'conversation-started', conversation: id, title: '' }]))
      return record
    },
    follow: put,
    rename: (id, title) =>
      visit(id, async (record) => {
        await withPatience(clock, record.append([{ type: 'conversation-renamed', title }]))
        put(record.conversation())
      }),
    async remove(id) {
      await store.remove(id)
      drop(id)
    },
    async restore(id) {
      await store.restore(id)
      // It goes back to its place among them, not to the front.
      await load()
    },
    export: (id, format) =>
      visit(id, async (record) => {
        const conversation = record.conversation()
        return exportConversation(conversation, format, opts.language(), await picturesOf(conversation, record))
      }),
    async find(words) {
      const found: FoundPlace[] = []
      const own = ++search
      const holding = await index.find(words)
      const likely = entries.filter(({ id }) => holding.has(id))
      for (let at = 0; at < likely.length && found.length < mostFound && own === search; at += searchWidth) {
        const hits = await Promise.all(likely.slice(at, at + searchWidth).map((entry) => look(entry, words)))
        found.push(...hits.filter((hit) => hit !== null))
      }
      return found.slice(0, mostFound)
    },
    forget: drop,
    stop: () => index.stop(),
  }
}

/** As addresses that hold the picture itself, by digest. */
async function picturesOf(conversation: Conversation, { pictures }: StoredConversation): Promise<Map<string, string>> {
  const urls = new Map<string, string>()
  for (const picture of picturesIn(conversation)) {
    const bytes = await pictures.read(picture)
    if (bytes) urls.set(picture.digest, `data:${picture.type};base64,${Buffer.from(bytes).toString('base64')}`)
  }
  return urls
}

function isTitled({ title }: ConversationEntry, wanted: string): boolean {
  const own = termsOf(title)
  return termsOf(wanted).every((term) => own.some((one) => one.startsWith(term)))
}
