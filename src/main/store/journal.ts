// The queue in front of the disk: gives changes their numbers, commits in groups (what came while the last flush ran
// goes out in one write), acknowledges after the flush, and keeps trying while the disk refuses.
// How bytes become durable is journal-file.ts's business.
import { storedChangeSchema, type Change, type StoredChange } from '../../core/conversation/change.ts'
import { encodeChange } from '../../core/store/record.ts'
import type { Clock, Undo } from '../ports.ts'
import type { JournalFile } from './journal-file.ts'
import { faultOf, StoreError } from './store-error.ts'

export interface JournalLimits {
  /** One change as bytes of its record. */
  maxRecordBytes: number
  /** Everything that waits for the disk; appends beyond it are refused. */
  maxQueuedBytes: number
  /** Waits between attempts double from the first to the most. The very first attempt after a fault is made at once. */
  retryFirstMs: number
  retryMostMs: number
}

export const journalLimits: JournalLimits = {
  maxRecordBytes: 1024 * 1024,
  maxQueuedBytes: 8 * 1024 * 1024,
  retryFirstMs: 250,
  // Once the disk takes again, what waited is on it within two seconds.
  retryMostMs: 1500,
}

export interface JournalOptions {
  file: JournalFile
  clock: Clock
  nextSeq: number
  limits: JournalLimits
  /** What became durable, in order. Called before the appends resolve. */
  stored: (changes: readonly StoredChange[], bytes: number) => void
  /** The disk refuses (with its reason), or takes again (null). */
  unsaved: (because: string | null) => void
}

export interface Journal {
  /** Resolves when durable. Rejects with StoreError: closed, invalid, too-large, queue-full, refused. */
  append(changes: readonly Change[]): Promise<StoredChange[]>
  /** From now on what the disk refuses is rejected at once, and waits no longer: somebody wants to be done. */
  hasten(): void
  /** Tries once more what still waits, rejects what the disk will not take, and closes the file. */
  close(): Promise<void>
}

interface Waiting {
  changes: StoredChange[]
  bytes: Uint8Array
  resolve: (stored: StoredChange[]) => void
  reject: (error: StoreError) => void
}

type State =
  | { type: 'idle' }
  | { type: 'writing'; done: Promise<void> }
  /** The disk refused `attempts` times; `undo` takes the timer back. */
  | { type: 'pausing'; attempts: number; undo: Undo }

/** The order of the calls is the order of the record, whether or not anyone waits for them. */
export function createJournal(opts: JournalOptions): Journal {
  const { file, clock, limits } = opts
  let state: State = { type: 'idle' }
  let closed = false
  let hastened = false
  let { nextSeq } = opts
  let queue: Waiting[] = []
  let queuedBytes = 0

  async function append(changes: readonly Change[]): Promise<StoredChange[]> {
    if (closed) throw new StoreError('closed', 'This conversation has been closed.')
    if (changes.length === 0) return []
    const stored = number(changes, nextSeq, clock.nowMs())
    const bytes = encode(stored, limits.maxRecordBytes)
    if (queuedBytes + bytes.length > limits.maxQueuedBytes)
      throw new StoreError('queue-full', 'Too much is waiting to be saved. Free some disk space.')
    nextSeq += stored.length
    queuedBytes += bytes.length
    return new Promise((resolve, reject) => {
      queue.push({ changes: stored, bytes, resolve, reject })
      if (state.type === 'idle') start(0)
    })
  }

  function start(attempts: number): void {
    state = { type: 'writing', done: drain(attempts) }
  }

  async function drain(attemptsBefore: number): Promise<void> {
    let attempts = attemptsBefore
    // Whatever is appended in this turn of the event loop joins the first group.
    await Promise.resolve()
    while (queue.length > 0) {
      const group = queue
      queue = []
      try {
        await file.write(Buffer.concat(group.map(({ bytes }) => bytes)))
      } catch (error) {
        queue = [...group, ...queue]
        attempts += 1
        if (attempts === 1) continue
        if (closed || hastened) refuse(error)
        else pause(attempts, error)
        return
      }
      if (attempts > 1) opts.unsaved(null)
      attempts = 0
      acknowledge(group)
    }
    state = { type: 'idle' }
  }

  function acknowledge(group: readonly Waiting[]): void {
    const bytes = group.reduce((sum, waiting) => sum + waiting.bytes.length, 0)
    queuedBytes -= bytes
    opts.stored(
      group.flatMap(({ changes }) => changes),
      bytes,
    )
    for (const { resolve, changes } of group) resolve(changes)
  }

  function pause(attempts: number, error: unknown): void {
    if (attempts === 2) opts.unsaved(faultOf(error))
    const delayMs = Math.min(limits.retryFirstMs * 2 ** (attempts - 2), limits.retryMostMs)
    state = { type: 'pausing', attempts, undo: clock.after(delayMs, () => start(attempts)) }
  }

  function refuse(error: unknown): void {
    for (const { reject } of queue)
      reject(new StoreError('refused', `The last words could not be saved (${faultOf(error)}).`, error))
    queue = []
    queuedBytes = 0
    state = { type: 'idle' }
  }

  function hasten(): void {
    hastened = true
    if (state.type !== 'pausing') return
    state.undo()
    start(state.attempts)
  }

  async function close(): Promise<void> {
    closed = true
    hasten()
    if (state.type === 'writing') await state.done
    await file.close()
  }

  return { append, hasten, close }
}

function number(changes: readonly Change[], firstSeq: number, atMs: number): StoredChange[] {
  return changes.map((change, at) => {
    const read = storedChangeSchema.safeParse({ seq: firstSeq + at, atMs, change })
    // What could not be read back must not be acknowledged.
    if (!read.success) throw new StoreError('invalid', `A change does not fit the record: ${read.error.message}`)
    return read.data
  })
}

function encode(stored: readonly StoredChange[], maxRecordBytes: number): Uint8Array {
  const records = stored.map(encodeChange)
  if (records.some((record) => record.length > maxRecordBytes))
    throw new StoreError('too-large', 'This is too long to be kept in the record.')
  return Buffer.concat(records)
}
