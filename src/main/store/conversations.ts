// All conversations of one folder, one process at a time: the list, opening one, deleting with a way back.
// How a conversation is kept is conversation.ts's business.
import { join } from 'node:path'
import type { Change } from '../../core/conversation/change.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Settings } from '../../core/settings.ts'
import type { TrashEntry } from '../../core/trash-entry.ts'
import type { Finding } from '../../core/store/check-report.ts'
import { createEmitter } from '../../core/emitter.ts'
import type { Clock, Conversations, ConversationSummary, Random, Undo } from '../ports.ts'
import { parseFileNames, readConversation, removeTemporaries } from './conversation-files.ts'
import { checkConversations } from './check-conversations.ts'
import { openIndex } from './conversation-index.ts'
import { openConversation, type StoredConversation, type StoreLimits, type StoreNotice } from './conversation.ts'
import { diskFiles, type Files } from './files.ts'
import { journalLimits } from './journal.ts'
import { holdFolder } from './lock.ts'
import { faultOf, StoreError } from './store-error.ts'
import { deletedName, openDeleting } from './deleting.ts'
import { damageNotice, missingAtEnd } from './told-damage.ts'
import { createOpenRecords } from './open-records.ts'
import { openRetention } from './retention.ts'
import { createTrash } from './trash.ts'

export interface ConversationsOptions {
  /** Made when it is missing (0700). */
  folder: string
  clock: Clock
  random: Random
  files?: Files
  limits?: Partial<StoreLimits>
  /** Lines for the log, of level `warn`. */
  warn?: (message: string) => void
  /** What of a change may be stored. */
  alter?: (change: Change) => Change
  /** Takes what was said in a conversation that is deleted for good out of what others keep. */
  forgetElsewhere?: (said: readonly string[]) => Promise<void>
}

export interface ConversationStore extends Conversations {
  /** While a conversation is open, opening it again gives the same record. */
  open(id: string): Promise<StoredConversation>
  /** As it is now, without opening it for more; null when nothing readable is there. */
  read(id: string): Promise<Conversation | null>
  /** Closes it when it is open and moves it to the trash. Throws StoreError `missing`. */
  remove(id: string): Promise<void>
  /** Takes it out of the trash. Throws StoreError: `missing`, or `exists` when there is a new one of that id. */
  restore(id: string): Promise<void>
  /** Ids of what can be restored. */
  removed(): Promise<string[]>
  /** The same with what is shown of them, the one that was removed last first. */
  trashed(): Promise<TrashEntry[]>
  /** Of what is listed or removed: afterwards no file of Parley's holds its words. Throws StoreError `missing`. */
  deleteForGood(id: string): Promise<void>
  /** Deletes for good what was removed. */
  emptyTrash(): Promise<void>
  /** Deletes for good what was removed thirty days ago, and what is not to be kept any longer. */
  expire(keeps?: Settings['keepsConversations']): Promise<void>
  /** Hears the id of each that is deleted for good. */
  onGone(listen: (id: string) => void): Undo
  /** Looks at everything that is kept of conversations, and mends what can be mended when it is to. */
  check(repair: boolean): Promise<{ looked: number; found: Finding[] }>
  /** Everything a person should know about the state of their files, in the order it was found. */
  notices(): readonly StoreNotice[]
  onNotice(listen: (notice: StoreNotice) => void): Undo
  /** Closes every open conversation and frees the folder for another process. */
  close(): Promise<void>
}

export const storeLimits: StoreLimits = { ...journalLimits, snapshotAfterBytes: 256 * 1024 }

/** Conversations read at a time while listing. */
const listWidth = 16

/** Throws StoreError: `in-use` when another process holds the folder, `refused` when the disk won't. */
export async function openConversations(opts: ConversationsOptions): Promise<ConversationStore> {
  const release = await holdFolder(opts.folder)
  try {
    return await openHeld(opts, release)
  } catch (error) {
    await release()
    throw new StoreError('refused', `The folder for conversations can’t be used (${faultOf(error)}).`, error)
  }
}

async function openHeld(opts: ConversationsOptions, release: () => Promise<void>): Promise<ConversationStore> {
  const { files = diskFiles, warn = () => undefined } = opts
  const home = join(opts.folder, 'conversations')
  const emitter = createEmitter<{ notice: StoreNotice; gone: string }>((error) =>
    warn(`A listener failed: ${faultOf(error)}.`),
  )
  const notices: StoreNotice[] = []

  /** The same sentence is told once. */
  function notify(notice: StoreNotice): void {
    if (notices.some(({ message }) => message === notice.message)) return
    notices.push(notice)
    emitter.emit('notice', notice)
  }

  function refused(what: string, error: unknown): void {
    const message = `${what} (${faultOf(error)}). What is said is kept in memory until the disk takes it.`
    notify({ conversation: null, kind: 'refused', message, copies: [] })
  }

  try {
    await files.makeFolder(home)
    await files.syncFolder(opts.folder)
    await removeTemporaries(files, opts.folder)
    // What an end half-way left behind of an import, of which nothing is in its place yet, and of a deletion.
    for (const name of ['import.parley-tmp', deletedName]) await files.remove(join(opts.folder, name))
  } catch (error) {
    refused('The disk refuses what Parley keeps', error)
  }
  const index = await openIndex({ files, folder: opts.folder, random: opts.random, warn })
  const trashFolder = join(opts.folder, 'trash')
  const trash = createTrash({ files, home, trash: trashFolder })
  const open = createOpenRecords(async (id) => {
    const folder = join(home, folderName(id))
    const limits = { ...storeLimits, ...opts.limits }
    const told: StoreNotice[] = []
    const tell = (notice: StoreNotice): void => {
      told.push(notice)
      notify(notice)
    }
    const record = await openConversation({ ...opts, files, warn, folder, id, limits, notify: tell })
    if (told.length === 0) await tellMissing(id, folder, record.conversation())
    return {
      ...record,
      async close() {
        await record.close()
        const newest = parseFileNames((await files.list(folder).catch(() => ({ files: [] }))).files).at(-1)
        if (newest !== undefined && record.conversation().seq > 0)
          index.put(summarise(id, record.conversation()), newest.number)
      },
    }
  })

  async function tellMissing(id: string, folder: string, conversation: Conversation): Promise<void> {
    const missing = await missingAtEnd({ files, folder, conversation, last: index.last(id) })
    if (missing > 0) notify(damageNotice(id, conversation.title, missing, []))
  }

  const deleting = await openDeleting({
    ...opts,
    files,
    home,
    trashFolder,
    index,
    idOf,
    folderName,
    close: (id) => open.close(id),
    gone: (id) => emitter.emit('gone', id),
  })
  const retention = await openRetention({
    ...opts,
    files,
    list,
    isOpen: (id) => open.ids().includes(id),
    forGood: (id) => deleting.forGood(id),
    emptyTrash: () => deleting.emptyTrash(),
  })

  /** @param folder in the list or in the trash */
  async function mend(id: string, folder: string): Promise<StoreNotice | null> {
    const own: StoreNotice[] = []
    const limits = { ...storeLimits, ...opts.limits }
    const record = await openConversation({ ...opts, files, warn, folder, id, limits, notify: (one) => own.push(one) })
    await record.close()
    return own[0] ?? null
  }

  async function read(id: string): Promise<Conversation | null> {
    const record = await open.get(id)
    if (record !== null) return record.conversation()
    return (await readConversation(files, join(home, folderName(id)), id)).recovery.conversation
  }

  async function summary(id: string): Promise<Listed | null> {
    const record = await open.get(id)
    if (record !== null && record.conversation().seq > 0) return summarise(id, record.conversation())
    const folder = join(home, folderName(id))
    const newest = parseFileNames((await files.list(folder)).files).at(-1)
    if (newest === undefined) return null
    const known = index.get(id, newest.number)
    if (known !== null) return known
    const { recovery, highest } = await readConversation(files, folder, id)
    if (recovery.conversation === null) return null
    await tellMissing(id, folder, recovery.conversation)
    const read = summarise(id, recovery.conversation)
    return { ...read, unlisted: highest }
  }

  async function summaryOrNone(id: string): Promise<Listed | null> {
    return summary(id).catch((error: unknown) => {
      warn(`A conversation could not be listed: ${faultOf(error)}.`)
      return null
    })
  }

  async function list(): Promise<ConversationSummary[]> {
    const there = await files.list(home).catch((error: unknown) => {
      refused('The conversations can’t be listed', error)
      return null
    })
    if (there === null) return []
    const ids = there.folders.map(idOf).filter((id) => id !== null)
    const summaries: Listed[] = []
    for (let at = 0; at < ids.length; at += listWidth)
      for (const one of await Promise.all(ids.slice(at, at + listWidth).map(summaryOrNone)))
        if (one !== null) summaries.push(one)
    // Without an order of their own they have the one that the clock said.
    summaries.sort((one, other) => one.changedMs - other.changedMs)
    for (const one of summaries) if (one.unlisted !== undefined) index.put(one, one.unlisted)
    await index.save(ids).catch((error: unknown) => warn(`The index could not be written: ${faultOf(error)}.`))
    const inUse = new Set(open.ids())
    const orderOf = ({ id }: Listed): number => (inUse.has(id) ? Infinity : index.orderOf(id))
    return summaries
      .sort((one, other) => {
        const [of, before] = [orderOf(one), orderOf(other)]
        return of === before ? other.changedMs - one.changedMs : of < before ? 1 : -1
      })
      .map(({ unlisted: _, ...one }) => one)
  }

  return {
    list,
    open: (id) => open.open(id),
    read,
    async remove(id) {
      await open.close(id)
      index.drop(id)
      await deleting.removed(await trash.remove(folderName(id)))
    },
    async restore(id) {
      await open.close(id)
      index.drop(id)
      await trash.restore(folderName(id))
    },
    removed: async () => (await trash.list()).map(idOf).filter((id) => id !== null),
    trashed: () => deleting.entries(),
    deleteForGood: (id) => deleting.forGood(id),
    emptyTrash: () => deleting.emptyTrash(),
    async expire(keeps = 'ever') {
      await deleting.expire(typeof keeps === 'number' ? keeps : undefined)
      await retention.apply(keeps)
    },
    onGone: (listen) => emitter.on('gone', listen),
    check: (repair) =>
      checkConversations({
        files,
        random: opts.random,
        folder: opts.folder,
        repair,
        idOf,
        isOpen: (id) => open.ids().includes(id),
        mend,
        remakeIndex: () => index.purge(),
      }),
    notices: () => notices,
    onNotice: (listen) => emitter.on('notice', listen),
    async close() {
      try {
        await open.closeAll()
        await index.close().catch((error: unknown) => warn(`The index could not be written: ${faultOf(error)}.`))
      } finally {
        await release()
        emitter.clear()
      }
    },
  }
}

/** `unlisted`: the index does not know it; the number of its newest file. */
type Listed = ConversationSummary & { unlisted?: number }

function summarise(id: string, { title, startedMs, changedMs, turns }: Conversation): ConversationSummary {
  return { id, title, startedMs, changedMs, turns: turns.length }
}

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** Everything that is kept of one conversation lies there, and goes to the trash with it. Throws StoreError `invalid`. */
export function conversationFolder(folder: string, id: string): string {
  return join(folder, 'conversations', folderName(id))
}

/** Some file systems take `a` and `A` for one name, so a capital is written `+a`. */
function folderName(id: string): string {
  if (!idPattern.test(id)) throw new StoreError('invalid', 'This is no name for a conversation.')
  return id.replace(/[A-Z]/g, (capital) => `+${capital.toLowerCase()}`)
}

function idOf(folder: string): string | null {
  const id = folder.replace(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return idPattern.test(id) ? id : null
}
