// What becomes of removed conversations: how long they can be brought back, and deleting for good, after which no file of
// Parley's holds their words. What the person asked to be noted or remembered is theirs and stays until they take it out.
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { TrashEntry } from '../../core/trash-entry.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { KeptShape } from '../../core/store/kept.ts'
import type { Clock, Random } from '../ports.ts'
import { readConversation } from './conversation-files.ts'
import type { ConversationIndex } from './conversation-index.ts'
import type { Files } from './files.ts'
import { openKeptFile } from './kept-file.ts'
import { StoreError } from './store-error.ts'
import { originalName } from './trash.ts'
import { createTurns } from './turns.ts'

export interface Deleting {
  /** What can be brought back, the one that was removed last first. */
  entries(): Promise<TrashEntry[]>
  /** The folder of that name has just gone into the trash. Never rejects. */
  removed(folder: string): Promise<void>
  /** Of the list or of the trash. Throws StoreError `missing`, or the system's error when the disk refuses. */
  forGood(id: string): Promise<void>
  emptyTrash(): Promise<void>
  /** Deletes for good what has been in the trash for its time. @param days at most thirty */
  expire(days?: number): Promise<void>
}

const dayMs = 24 * 3_600_000
export const trashDays = 30
/** What is being deleted lies there; the next start goes on with it. */
export const deletedName = 'deleted.parley-tmp'

const entrySchema = z.object({
  removedMs: z.number(),
  /** When it was first seen that its time is over; a second look must agree, a day later. */
  overdueMs: z.number().nullable(),
})
type Kept = Readonly<Record<string, z.infer<typeof entrySchema>>>

export const trashShape: KeptShape<Kept> = {
  version: 1,
  read(stored) {
    const given = z.record(z.string(), z.unknown()).safeParse(stored)
    if (!given.success) return null
    // One that can't be read counts from now on, like one that was removed by an earlier version.
    const entries = Object.entries(given.data).flatMap(([name, entry]) => {
      const read = entrySchema.safeParse(entry)
      return read.success ? [[name, read.data] as const] : []
    })
    return { value: Object.fromEntries(entries), refused: [] }
  },
  write: (entries) => entries,
}

export interface DeletingOpts {
  files: Files
  random: Random
  clock: Pick<Clock, 'nowMs'>
  /** Parley's data folder. */
  folder: string
  /** Of the conversations. */
  home: string
  trashFolder: string
  index: ConversationIndex
  idOf: (folder: string) => string | null
  folderName: (id: string) => string
  /** Closes it when it is open. */
  close: (id: string) => Promise<void>
  /** What was said in it may stand where others keep it. */
  forgetElsewhere?: (said: readonly string[]) => Promise<void>
  /** It is neither in the list nor in the trash any more. */
  gone: (id: string) => void
}

export async function openDeleting(opts: DeletingOpts): Promise<Deleting> {
  const { files, clock, home, trashFolder, index } = opts
  const turns = createTurns()
  const file = await openKeptFile<Kept>({
    files,
    random: opts.random,
    path: join(opts.folder, 'trash.json'),
    name: 'The times in the trash',
    shape: trashShape,
    first: {},
  })

  /** The folders in the trash with what is known of them; those that nobody noted were removed now. */
  async function known(): Promise<[name: string, entry: z.infer<typeof entrySchema>][]> {
    const { folders } = await files.list(trashFolder)
    const fresh = { removedMs: clock.nowMs(), overdueMs: null }
    return folders.map((name) => [name, file.value()[name] ?? fresh])
  }

  async function look(name: string): Promise<Conversation | null> {
    const id = opts.idOf(originalName(name))
    if (id === null) return null
    return (await readConversation(files, join(trashFolder, name), id)).recovery.conversation
  }

  /** Previous versions of files in which words of it stand, written there by its tools. */
  async function forgetVersions(conversation: Conversation): Promise<void> {
    const words = wordsOf(conversation)
    const folder = join(opts.folder, 'previous')
    for (const name of (await files.list(folder)).files) {
      const bytes = Buffer.from((await files.read(join(folder, name))) ?? new Uint8Array())
      if (!words.some((word) => bytes.includes(word))) continue
      await files.remove(join(folder, name))
      await files.syncFolder(folder)
    }
  }

  /** One after another: what is going shares one folder. */
  function destroy(paths: readonly { folder: string; id: string }[]): Promise<void> {
    return turns.inTurn(deletedName, () => destroyNow(paths))
  }

  async function destroyNow(paths: readonly { folder: string; id: string }[]): Promise<void> {
    const conversations = await Promise.all(
      paths.map(async ({ folder, id }) => (await readConversation(files, folder, id)).recovery.conversation),
    )
    const known = conversations.filter((conversation) => conversation !== null)
    // First elsewhere: once the conversation is gone, nobody knows its words any more. What refuses there is told, and keeps nothing here.
    const forgotten = forgetIn(known)
    await forgotten.catch(() => undefined)
    // Out of the list at one stroke: an end half-way leaves it whole, or none of it.
    const going = join(opts.folder, deletedName)
    await files.remove(going)
    await files.makeFolder(going)
    for (const [at, { folder }] of paths.entries()) await files.rename(folder, join(going, `${at}-${basename(folder)}`))
    for (const folder of new Set(paths.map((one) => dirname(one.folder)))) await files.syncFolder(folder)
    for (const { id } of paths) index.drop(id)
    await index.purge()
    await files.remove(going)
    await files.syncFolder(opts.folder)
    for (const { id } of paths) opts.gone(id)
    await forgotten
  }

  async function forgetIn(known: readonly Conversation[]): Promise<void> {
    for (const conversation of known) await forgetVersions(conversation)
    await opts.forgetElsewhere?.(known.flatMap(wordsOf))
  }

  async function destroyFolders(names: readonly string[]): Promise<void> {
    if (names.length === 0) return
    await destroy(names.map((name) => ({ folder: join(trashFolder, name), id: opts.idOf(originalName(name)) ?? '' })))
    await file.change((kept) => Object.fromEntries(Object.entries(kept).filter(([name]) => !names.includes(name))))
  }

  return {
    async entries() {
      const all = await known()
      const read = await Promise.all(
        all.map(async ([name, { removedMs }]): Promise<TrashEntry | null> => {
          const id = opts.idOf(originalName(name))
          const conversation = await look(name).catch(() => null)
          return id === null
            ? null
            : { id, title: conversation?.title ?? '', turns: conversation?.turns.length ?? 0, removedMs }
        }),
      )
      return read.filter((entry) => entry !== null).sort((one, other) => other.removedMs - one.removedMs)
    },
    async removed(name) {
      const entry = { removedMs: clock.nowMs(), overdueMs: null }
      await file.change((kept) => ({ ...kept, [name]: entry })).catch(() => undefined)
    },
    async forGood(id) {
      await opts.close(id)
      const own = opts.folderName(id)
      const inTrash = (await files.list(trashFolder)).folders.filter((name) => originalName(name) === own)
      const isListed = (await files.list(home)).folders.includes(own)
      if (!isListed && inTrash.length === 0) throw new StoreError('missing', 'There is no such conversation.')
      if (isListed) await destroy([{ folder: join(home, own), id }])
      await destroyFolders(inTrash)
    },
    async emptyTrash() {
      await destroyFolders((await files.list(trashFolder)).folders)
      await files.remove(trashFolder)
    },
    async expire(days = trashDays) {
      const nowMs = clock.nowMs()
      const over: string[] = []
      const next: [string, z.infer<typeof entrySchema>][] = []
      for (const [name, entry] of await known()) {
        const isOverdue = nowMs - entry.removedMs >= Math.min(days, trashDays) * dayMs
        // A clock that is wrong for a day must not take what it should keep for thirty.
        const overdueMs = isOverdue ? (entry.overdueMs ?? nowMs) : null
        if (overdueMs !== null && nowMs - overdueMs >= dayMs) over.push(name)
        else next.push([name, { ...entry, overdueMs }])
      }
      if (next.length > 0 || over.length > 0) await file.change(() => Object.fromEntries(next))
      await destroyFolders(over)
    },
  }
}

/** Shorter ones stand in anybody's text. */
const leastChars = 8

function wordsOf({ turns, tools, tasks }: Conversation): string[] {
  const given = tools.flatMap((tool) => leaves(tool.arguments))
  const said = [...turns.map(({ text }) => text), ...tasks.flatMap(({ request, result }) => [request, result])]
  return [...new Set([...said, ...given])].map((text) => text.trim()).filter(({ length }) => length >= leastChars)
}

function leaves(json: string): string[] {
  const found: string[] = []
  try {
    JSON.parse(json, (_key, value: unknown) => {
      if (typeof value === 'string') found.push(value)
      return value
    })
  } catch {
    return [json]
  }
  return found
}
