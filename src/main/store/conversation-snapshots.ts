// The fold of one conversation in memory and its generations on disk: when a snapshot is due, where it and its segments go,
// and what they make superfluous. A failed snapshot costs nothing but time at the next start: the journals have everything.
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import type { StoredChange } from '../../core/conversation/change.ts'
import { reduce, type Conversation } from '../../core/conversation/reduce.ts'
import { planSnapshot, type Segment } from '../../core/store/segments.ts'
import { decodeSegment, decodeSnapshot, encodeHead, encodeSegment } from '../../core/store/snapshot.ts'
import type { Random } from '../ports.ts'
import { createBreath } from './breath.ts'
import { fileName, prune } from './conversation-files.ts'
import type { Files } from './files.ts'
import { putWhole, replaceFile } from './replace-file.ts'
import { openDocument } from './snapshot.ts'
import { faultOf } from './store-error.ts'

export interface FoundConversation {
  conversation: Conversation
  /** Of the snapshot it starts from. */
  number: number | null
  /** Whole ones of that snapshot. */
  segments: readonly Segment[]
  /** Bytes of the journals that it does not hold. */
  laterBytes: number
  /** One is due now: something was damaged, or a start would have many files to read. */
  isDue: boolean
}

export interface SnapshotsOptions {
  files: Files
  folder: string
  random: Random
  found: FoundConversation
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
  /** Writes a snapshot that is due, while everything else goes on. */
  begin(): void
  /** Resolves when a snapshot that is due has been written, or could not be had. Never rejects. */
  settle(): Promise<void>
}

export async function openSnapshots(opts: SnapshotsOptions): Promise<Snapshots> {
  const { files, folder, found, warn } = opts
  let newest: { number: number; segments: readonly Segment[] } | null =
    found.number === null ? null : { number: found.number, segments: found.segments }
  let headBytes = 0
  let sinceBytes = found.laterBytes
  let isDue = found.isDue
  let saving: Promise<void> | null = null

  const document = await openDocument<Conversation>(
    { read: () => Promise.resolve(found.conversation), write },
    found.conversation,
  )

  async function write(conversation: Conversation): Promise<void> {
    const breathe = createBreath()
    // At once: the journal that begins meanwhile must have a higher one, or it would count as covered.
    const number = opts.takeNumber()
    const { head, segments, fresh } = planSnapshot(conversation, newest?.segments ?? [], opts.takeNumber)
    for (const { list, number, entries } of fresh) {
      const bytes = encodeSegment(list, entries)
      mustBe(decodeSegment(bytes, list, entries.length), entries)
      // Twice, since nothing else holds what lies in it once its journals are gone.
      for (const kind of ['segment', 'copy'] as const)
        await putWhole(files, opts.random, join(folder, fileName(kind, number)), bytes)
      await breathe()
    }
    // Before the name of what names them.
    if (fresh.length > 0) await files.syncFolder(folder)
    const bytes = encodeHead(head)
    const back = decodeSnapshot(bytes)
    mustBe(back.type === 'head' ? back.head : null, head)
    await replaceFile(files, opts.random, join(folder, fileName('snapshot', number)), bytes)
    const before = newest
    newest = { number, segments }
    headBytes = bytes.length
    if (!opts.mayPrune) return
    const named = new Set([...segments, ...(before?.segments ?? [])].map((segment) => segment.number))
    await prune(files, folder, { newest: number, before: before?.number ?? null, segments: named }).catch(
      (error: unknown) => warn(`Outdated files could not be removed: ${faultOf(error)}.`),
    )
  }

  async function save(): Promise<void> {
    sinceBytes = 0
    isDue = false
    opts.turnOver()
    try {
      await document.save()
    } catch (error) {
      // Tried again when as much has been added once more.
      warn(`A snapshot could not be written: ${faultOf(error)}.`)
    }
    saving = null
  }

  // In step with the snapshot's own length, so that all snapshots together stay a small multiple of the journals.
  const isTime = (): boolean => isDue || sinceBytes >= Math.max(opts.afterBytes, 2 * headBytes)

  function begin(): void {
    if (saving === null && isTime()) saving = save()
  }

  return {
    conversation: () => document.value(),
    take(changes, bytes) {
      document.set(changes.reduce(reduce, document.value()))
      sinceBytes += bytes
      begin()
    },
    begin,
    async settle() {
      if (saving !== null) await saving
      if (isTime()) await save()
    },
  }
}

/** What would not come back as it is must not get a name, still less take the place of anything older. */
function mustBe(read: unknown, meant: unknown): void {
  if (!isDeepStrictEqual(read, JSON.parse(JSON.stringify(meant)))) throw new Error('it would not come back as it is')
}
