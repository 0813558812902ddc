// How long conversations are kept: for ever, for some days after their last use, or until Parley ends. What is over is deleted
// for good; a clock that is wrong for less than a day takes nothing, and what was used last stays whatever the clock says.
import { join } from 'node:path'
import { z } from 'zod'
import type { KeptShape } from '../../core/store/kept.ts'
import type { Settings } from '../../core/settings.ts'
import type { Clock, ConversationSummary, Random } from '../ports.ts'
import type { Files } from './files.ts'
import { openKeptFile } from './kept-file.ts'

const dayMs = 24 * 3_600_000

/** When it was first seen that a conversation's time is over; a second look must agree, a day later. Milliseconds, wall clock. */
type Overdue = Readonly<Record<string, number>>

export const retentionShape: KeptShape<Overdue> = {
  version: 1,
  read(stored) {
    const given = z.record(z.string(), z.unknown()).safeParse(stored)
    if (!given.success) return null
    // One that can't be read is looked at twice once more.
    const good = Object.entries(given.data).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    return { value: Object.fromEntries(good), refused: [] }
  },
  write: (overdue) => overdue,
}

export interface Retention {
  /** Deletes for good what is over by that rule. Throws StoreError, or the system's error when the disk refuses. */
  apply(keeps: Settings['keepsConversations']): Promise<void>
}

export async function openRetention(opts: {
  files: Files
  random: Random
  clock: Pick<Clock, 'nowMs'>
  folder: string
  /** The one that was used last first. */
  list: () => Promise<readonly ConversationSummary[]>
  isOpen: (id: string) => boolean
  forGood: (id: string) => Promise<void>
  emptyTrash: () => Promise<void>
}): Promise<Retention> {
  const { clock } = opts
  const file = await openKeptFile<Overdue>({
    ...opts,
    path: join(opts.folder, 'retention.json'),
    name: 'The times of what is kept',
    shape: retentionShape,
    first: {},
  })

  async function endSession(): Promise<void> {
    for (const { id } of await opts.list()) if (!opts.isOpen(id)) await opts.forGood(id)
    await opts.emptyTrash()
  }

  async function endOverdue(days: number): Promise<void> {
    const nowMs = clock.nowMs()
    const known = file.value()
    const over: string[] = []
    const next: [string, number][] = []
    // The one that was used last was used now, as far as anybody can tell.
    for (const { id, changedMs } of (await opts.list()).slice(1)) {
      if (nowMs - changedMs < days * dayMs || opts.isOpen(id)) continue
      const sinceMs = known[id] ?? nowMs
      if (nowMs - sinceMs >= dayMs) over.push(id)
      else next.push([id, Math.min(sinceMs, nowMs)])
    }
    for (const id of over) await opts.forGood(id)
    if (over.length > 0 || next.length > 0 || Object.keys(known).length > 0)
      await file.change(() => Object.fromEntries(next))
  }

  return {
    async apply(keeps) {
      if (keeps === 'session') await endSession()
      else if (keeps !== 'ever') await endOverdue(keeps)
      else if (Object.keys(file.value()).length > 0) await file.change(() => ({}))
    },
  }
}
