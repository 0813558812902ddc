// The fold of one conversation in memory and its generations on disk: when a snapshot is due, where it goes, and what
// it makes superfluous. A failed snapshot costs nothing but time at the next start: the journals have everything.
import { join } from 'node:path'
import type { StoredChange } from '../../core/conversation/change.ts'
import { reduce, type Conversation } from '../../core/conversation/reduce.ts'
import { encodeSnapshot } from '../../core/store/snapshot.ts'
import type { Random } from '../ports.ts'
import { fileName, prune } from './conversation-files.ts'
import type { Files } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { openDocument } from './snapshot.ts'
import { faultOf } from './store-error.ts'

export interface SnapshotsOptions {
  files: Files
  folder: string
  random: Random
  /** What the files said; `number` is that of the snapshot it starts from, `complete` that it holds everything. */
  found: { conversation: Conversation; number: number | null; complete: boolean }
  takeNumber: () => number
  /** Called at the moment of a snapshot: the changes after it belong into a new journal. */
  turnOver: () => void
  /** At least so many bytes of journal lie between two snapshots. */
  afterBytes: number
  /** False when damaged files could not be copied: then every file stays. */
  mayPrune: boolean
  warn: (message: string) => void
}

export interface Snapshots {
  conversation(): Conversation
  /** Folds in what has become durable; `bytes` is what it took in the journal. */
  take(changes: readonly StoredChange[], bytes: number): void
  /** Resolves when a snapshot holds everything, or when that could not be had. Never rejects. */
  settle(): Promise<void>
}

export async function openSnapshots(opts: SnapshotsOptions): Promise<Snapshots> {
  const { files, folder, found, warn } = opts
  let newest = found.number
  let newestBytes = 0
  let sinceBytes = 0
  let complete = found.complete
  let saving: Promise<void> | null = null

  const document = await openDocument<Conversation>(
    {
      read: () => Promise.resolve(found.conversation),
      async write(conversation) {
        const number = opts.takeNumber()
        const bytes = encodeSnapshot(conversation)
        await replaceFile(files, opts.random, join(folder, fileName('snapshot', number)), bytes)
        const before = newest
        newest = number
        newestBytes = bytes.length
        if (!opts.mayPrune) return
        await prune(files, folder, { newest, before }).catch((error: unknown) =>
          warn(`Outdated files could not be removed: ${faultOf(error)}.`),
        )
      },
    },
    found.conversation,
  )

  async function save(): Promise<void> {
    sinceBytes = 0
    complete = true
    opts.turnOver()
    try {
      await document.save()
    } catch (error) {
      complete = false
      warn(`A snapshot could not be written: ${faultOf(error)}.`)
    }
    saving = null
  }

  return {
    conversation: () => document.value(),
    take(changes, bytes) {
      document.set(changes.reduce(reduce, document.value()))
      complete = false
      sinceBytes += bytes
      // In step with the snapshot's own length, so that all snapshots together stay a small multiple of the journals.
      if (saving === null && sinceBytes >= Math.max(opts.afterBytes, newestBytes)) saving = save()
    },
    async settle() {
      if (saving !== null) await saving
      if (!complete) await save()
    },
  }
}
