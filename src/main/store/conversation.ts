// One open conversation: its journal and its snapshots, joined. Opening never writes into an old file: what was read
// becomes a fresh snapshot where it was not all in one, and new changes go into a new journal.
import { join } from 'node:path'
import { createEmitter } from '../../core/emitter.ts'
import type { Change, StoredChange } from '../../core/conversation/change.ts'
import { emptyConversation, type Conversation } from '../../core/conversation/reduce.ts'
import { encodeHeader } from '../../core/store/record.ts'
import type { Recovery } from '../../core/store/recover.ts'
import type { Clock, ConversationRecord, Random } from '../ports.ts'
import { fileName, readConversation, removeTemporaries, setAside } from './conversation-files.ts'
import { openSnapshots, type FoundConversation } from './conversation-snapshots.ts'
import type { Files } from './files.ts'
import { createJournalFile } from './journal-file.ts'
import { createJournal, type JournalLimits } from './journal.ts'
import { openPictures, type StoredPictures } from './pictures.ts'
import { replaceFile } from './replace-file.ts'
import { faultOf, StoreError } from './store-error.ts'
import { damageNotice, type StoreNotice } from './told-damage.ts'

export type { StoreNotice } from './told-damage.ts'

export interface StoredConversation extends ConversationRecord {
  readonly pictures: StoredPictures
  /** Written by a newer Parley: appends reject with StoreError `newer`, and nothing on disk is touched. */
  readonly readOnly: boolean
  /** The disk refuses what waits, now. */
  isUnsaved(): boolean
  /** Before it is closed: whoever waits for a disk that refuses is told so at once. */
  hasten(): void
}

export interface StoreLimits extends JournalLimits {
  /** At least so many bytes of journal lie between two snapshots. */
  snapshotAfterBytes: number
}

export interface ConversationOptions {
  files: Files
  folder: string
  id: string
  clock: Clock
  random: Random
  limits: StoreLimits
  notify: (notice: StoreNotice) => void
  /** What was recovered from without anyone's help, for the log. Holds no words of the conversation. */
  warn: (message: string) => void
  /** What of a change may be stored; it stands there as it comes out of this. */
  alter?: (change: Change) => Change
}

/** Throws StoreError: `broken` when files are there and nothing of them can be read, `refused` when the disk won't. */
export async function openConversation(opts: ConversationOptions): Promise<StoredConversation> {
  const { files, folder, id } = opts
  const { recovery, highest } = await readConversation(files, folder, id).catch((error: unknown) => {
    throw new StoreError('refused', `The disk does not give this conversation (${faultOf(error)}).`, error)
  })
  const found = { ...(recovery.conversation ?? emptyConversation), id }
  if (recovery.newer) return await openReadOnly(opts, found)

  if (recovery.older) await keepAsItWas(opts)
  const copied = await reportDamage(opts, recovery)
  if (recovery.conversation === null && recovery.damage.length > 0)
    throw new StoreError('broken', 'This conversation is damaged and can’t be read. Copies of its files were kept.')
  await removeTemporaries(files, folder).catch(() => undefined)
  await makeDurable(opts, recovery)
  return openWritable(opts, {
    conversation: found,
    number: recovery.snapshot,
    segments: recovery.segments,
    laterBytes: recovery.laterBytes,
    isDue: recovery.damage.length > 0 || recovery.missing > 0 || recovery.journals.length > mostJournals,
    highest,
    mayPrune: copied,
    isWhole: recovery.damage.length === 0 && recovery.missing === 0,
  })
}

/** The files as an older Parley wrote them: what this one writes can't be read by that one any more. */
async function keepAsItWas({ files, random, folder, warn }: ConversationOptions): Promise<void> {
  const copies = join(folder, 'before-update')
  try {
    const { files: names } = await files.list(folder)
    if ((await files.list(copies)).files.length > 0) return
    await files.makeFolder(copies)
    for (const name of names) {
      const bytes = await files.read(join(folder, name))
      if (bytes !== null) await replaceFile(files, random, join(copies, name), bytes)
    }
  } catch (error) {
    warn(`A copy before the update could not be made: ${faultOf(error)}.`)
  }
}

/** What a process that was killed had written may not be on the disk yet; it is shown from now on, so it must be. */
async function makeDurable({ files, folder, warn }: ConversationOptions, recovery: Recovery): Promise<void> {
  try {
    for (const number of recovery.journals) await files.flush(join(folder, fileName('journal', number)))
    if (recovery.journals.length > 0) await files.syncFolder(folder)
  } catch (error) {
    warn(`What was written last could not be flushed: ${faultOf(error)}.`)
  }
}

/** Short starts leave a journal each; a snapshot makes them superfluous. */
const mostJournals = 256

interface Found extends FoundConversation {
  highest: number
  mayPrune: boolean
  /** Nothing of it is missing. */
  isWhole: boolean
}

async function openWritable(opts: ConversationOptions, found: Found): Promise<StoredConversation> {
  const { id, limits, warn } = opts
  const emitter = createEmitter<{ stored: StoredChange; unsaved: boolean }>((error) =>
    warn(`A listener of the record failed: ${faultOf(error)}.`),
  )
  let lastNumber = found.highest
  let unsaved = false
  const takeNumber = (): number => (lastNumber += 1)
  const file = createJournalFile({ ...opts, header: encodeHeader(id), takeNumber })
  const snapshots = await openSnapshots({
    ...opts,
    found,
    takeNumber,
    turnOver: () => file.turnOver(),
    afterBytes: limits.snapshotAfterBytes,
    mayPrune: found.mayPrune,
  })
  // Whoever opens it does not wait for that: all of it lies in the files that were read.
  snapshots.begin()
  const pictures = await openPictures({ ...opts, ...found, conversation: () => snapshots.conversation() })
  const journal = createJournal({
    ...opts,
    file,
    nextSeq: found.conversation.seq + 1,
    stored(changes, bytes) {
      snapshots.take(changes, bytes)
      for (const change of changes) emitter.emit('stored', change)
      for (const { change } of changes) pictures.follow(change)
    },
    unsaved(because) {
      warn(because === null ? 'The disk takes changes again.' : `The disk refuses changes: ${because}.`)
      unsaved = because !== null
      emitter.emit('unsaved', unsaved)
    },
  })
  return {
    id,
    pictures,
    readOnly: false,
    conversation: () => snapshots.conversation(),
    append: (changes) => journal.append(opts.alter ? changes.map(opts.alter) : changes),
    onStored: (listen) => emitter.on('stored', listen),
    onUnsaved: (listen) => emitter.on('unsaved', listen),
    isUnsaved: () => unsaved,
    hasten: () => journal.hasten(),
    async close() {
      await journal.close()
      await pictures.settled()
      await snapshots.settle()
      emitter.clear()
    },
  }
}

async function openReadOnly(opts: ConversationOptions, conversation: Conversation): Promise<StoredConversation> {
  const { id, notify } = opts
  const message = 'This conversation was written by a newer Parley. It can be read here, and continued after an update.'
  notify({ conversation: id, kind: 'newer', message, copies: [] })
  const pictures = await openPictures({ ...opts, conversation: () => conversation, isWhole: false })
  return {
    id,
    pictures: { ...pictures, keep: () => Promise.reject(new StoreError('newer', message)), follow: () => undefined },
    readOnly: true,
    conversation: () => conversation,
    append: () => Promise.reject(new StoreError('newer', message)),
    onStored: () => () => undefined,
    onUnsaved: () => () => undefined,
    isUnsaved: () => false,
    hasten: () => undefined,
    close: () => Promise.resolve(),
  }
}

/** @returns whether every damaged file has been copied. */
async function reportDamage(opts: ConversationOptions, recovery: Recovery): Promise<boolean> {
  const { damage, missing } = recovery
  if (damage.length === 0 && missing === 0) return true
  const copies: string[] = []
  for (const one of damage) {
    try {
      const copy = await setAside(opts.files, opts.random, opts.folder, one)
      if (copy !== null) copies.push(copy)
    } catch (error) {
      opts.warn(`A damaged file could not be copied: ${faultOf(error)}.`)
    }
  }
  opts.notify(damageNotice(opts.id, recovery.conversation?.title ?? '', missing, copies))
  return copies.length === damage.length
}
