// Which conversations are open: each at most once at a time, and none is opened again before its files are closed.
import type { StoredConversation } from './conversation.ts'
import { StoreError } from './store-error.ts'

export interface OpenRecords {
  open(id: string): Promise<StoredConversation>
  /** The record that is open or being opened, null when there is none or its opening failed. */
  get(id: string): Promise<StoredConversation | null>
  ids(): string[]
  /** Not being open is fine. */
  close(id: string): Promise<void>
  /** Later openings reject with StoreError `closed`. One that can't be closed keeps none of the others open. */
  closeAll(): Promise<void>
}

export function createOpenRecords(begin: (id: string) => Promise<StoredConversation>): OpenRecords {
  const records = new Map<string, Promise<StoredConversation>>()
  const closing = new Map<string, Promise<void>>()
  let ended = false

  async function open(id: string): Promise<StoredConversation> {
    await closing.get(id)
    if (ended) throw new StoreError('closed', 'The conversations have been closed.')
    const already = records.get(id)
    if (already !== undefined) return already
    const record = begin(id).then((opened) => ({ ...opened, close: () => end(id, opened) }))
    records.set(id, record)
    record.catch(() => records.delete(id))
    return record
  }

  const ends = new WeakMap<StoredConversation, Promise<void>>()
  function end(id: string, record: StoredConversation): Promise<void> {
    const already = ends.get(record)
    if (already !== undefined) return already
    const done = record.close().finally(() => {
      records.delete(id)
      closing.delete(id)
    })
    ends.set(record, done)
    closing.set(id, done)
    return done
  }

  const get = (id: string): Promise<StoredConversation | null> =>
    (records.get(id) ?? Promise.resolve(null)).catch(() => null)

  async function close(id: string): Promise<void> {
    await (await get(id))?.close()
  }

  return {
    open,
    get,
    ids: () => [...records.keys()],
    close,
    async closeAll() {
      ended = true
      // In the order of their opening, which is that of their use.
      const faults: unknown[] = []
      for (const id of [...records.keys()]) await close(id).catch((error: unknown) => void faults.push(error))
      if (faults.length > 0) throw faults[0]
    },
  }
}
