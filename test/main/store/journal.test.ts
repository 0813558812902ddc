import { chmodSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { decodeJournal } from '../../../src/core/store/record.ts'
import { openConversation, type StoreLimits } from '../../../src/main/store/conversation.ts'
import { storeLimits } from '../../../src/main/store/conversations.ts'
import { diskFiles, type Files } from '../../../src/main/store/files.ts'
import { holdFolder } from '../../../src/main/store/lock.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createSimulatedDisk } from '../../support/simulated-disk.ts'
import { said } from '../../support/spoken.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError } from '../../support/watched-files.ts'

async function openOne(base: Files = diskFiles, limits: Partial<StoreLimits> = {}, folder?: string) {
  const files = createWatchedFiles(base)
  const clock = createStillClock()
  const at = folder ?? join(temporaryFolder(), 'one')
  const record = await openConversation({
    files,
    folder: at,
    id: 'one',
    clock,
    random: seededRandom(1),
    limits: { ...storeLimits, ...limits },
    notify: () => undefined,
    warn: () => undefined,
  })
  onTestFinished(() => {
    files.before = () => undefined
    return record.close()
  })
  const next = (): Promise<boolean> =>
    new Promise((resolve) => {
      const undo = record.onUnsaved((unsaved) => {
        undo()
        resolve(unsaved)
      })
    })
  return { files, clock, record, folder: at, nextUnsaved: next }
}

const journalsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.journal'))
    .sort()
const turnsOf = (folder: string): Promise<string[]> =>
  openOne(diskFiles, {}, folder).then(({ record }) =>
    record
      .conversation()
      .turns.map(({ id }) => id)
      .sort(),
  )

function gate(): { wait: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const wait = new Promise<void>((resolve) => (open = resolve))
  return { wait, open }
}

describe('the journal', () => {
  it('[D5] what queues while the disk is busy goes out in one write and one flush', async () => {
    const { record, files } = await openOne()
    const flush = gate()
    const reached = gate()
    files.before = (call) => {
      if (call !== 'sync' || files.count('sync') > 0) return
      reached.open()
      return flush.wait
    }
    const told: number[] = []
    record.onStored(({ seq }) => told.push(seq))
    const first = record.append(said('t0'))
    await reached.wait
    const later = Array.from({ length: 50 }, (_, at) => record.append(said(`t${at + 1}`)))
    expect(record.conversation().seq).toBe(0)
    flush.open()
    const stored = (await Promise.all([first, ...later])).flat()
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 102 }, (_, at) => at + 1))
    expect(told).toEqual(stored.map(({ seq }) => seq))
    expect(files.count('write')).toBe(2)
    expect(files.count('sync')).toBe(2)
  })

  it('[D5] nothing is folded or told before the flush has ended', async () => {
    const { record, files } = await openOne()
    const order: string[] = []
    record.onStored(() => order.push('told'))
    files.before = async (call) => {
      if (call !== 'sync') return
      expect(record.conversation().turns).toEqual([])
      order.push('flush')
      await Promise.resolve()
    }
    await record.append(said('t0').slice(0, 1))
    order.push('acknowledged')
    expect(order).toEqual(['flush', 'told', 'acknowledged'])
  })

  it('[D6] a full disk acknowledges nothing, says so, and goes on by itself when there is room', async () => {
    const { record, files, clock, nextUnsaved, folder } = await openOne()
    await record.append(said('before'))
    files.before = (call) => {
      if (call === 'write') throw systemError('ENOSPC')
    }
    let acknowledged = 0
    const unsaved = nextUnsaved()
    const waiting = ['a', 'b', 'c'].map((turn) => record.append(said(turn)).then(() => (acknowledged += 1)))
    expect(await unsaved).toBe(true)
    waiting.push(record.append(said('d')).then(() => (acknowledged += 1)))
    for (const waitMs of [250, 500, 1000, 1500, 1500]) {
      await clock.awaited()
      expect(clock.waitsMs()).toEqual([waitMs])
      clock.pass(waitMs)
    }
    await clock.awaited()
    // The first refusal was tried again at once; each attempt cut off what it might have left.
    expect(files.count('truncate')).toBe(7)
    expect({ acknowledged, seq: record.conversation().seq }).toEqual({ acknowledged: 0, seq: 2 })
    files.before = () => undefined
    const saved = nextUnsaved()
    clock.pass(storeLimits.retryMostMs)
    await Promise.all(waiting)
    expect(await saved).toBe(false)
    await record.close()
    expect(await turnsOf(folder)).toEqual(['a', 'b', 'before', 'c', 'd'])
  })

  it('[D6] the queue in front of a full disk is bounded, and a close tells what was not saved', async () => {
    const { record, files, nextUnsaved } = await openOne(diskFiles, { maxQueuedBytes: 2000 })
    files.before = (call) => {
      if (call === 'write') throw systemError('ENOSPC')
    }
    const unsaved = nextUnsaved()
    const first = record.append(said('a'))
    await unsaved
    await expect(record.append(said('b', 'x'.repeat(2000)))).rejects.toMatchObject({ kind: 'queue-full' })
    const [closed, refused] = await Promise.allSettled([record.close(), first])
    expect(closed.status).toBe('fulfilled')
    expect(refused).toMatchObject({ reason: { kind: 'refused', message: expect.stringContaining('ENOSPC') as string } })
    await expect(record.append(said('c'))).rejects.toMatchObject({ kind: 'closed' })
  })

  it('[D7] after a failed flush its file is given up and the unacknowledged are written to a new one', async () => {
    const { record, files, folder } = await openOne()
    await record.append(said('a'))
    const [old] = journalsIn(folder)
    files.before = (call) => {
      if (call !== 'sync' || files.count('sync', '.journal') > 1) return
      files.made.push({ call: 'sync', path: 'failed.journal' })
      throw systemError('EIO')
    }
    await record.append(said('b'))
    const given = files.made.findIndex(({ path }) => path === 'failed.journal')
    const after = files.made.slice(given + 1)
    expect(after.filter(({ call, path }) => path.endsWith(old!) && call !== 'close')).toEqual([])
    expect(journalsIn(folder)).toHaveLength(2)
    const read = decodeJournal(readFileSync(join(folder, journalsIn(folder)[1]!)))
    expect(read.changes.map(({ seq }) => seq)).toEqual([3, 4])
    expect(await turnsOf(folder)).toEqual(['a', 'b'])
  })

  it('[D8] a write that stops half-way leaves nothing between good records', async () => {
    const { record, files, folder } = await openOne()
    await record.append(said('a'))
    let writes = 0
    files.takesBytes = 7
    files.before = (call) => {
      if (call !== 'write') return
      writes += 1
      if (writes === 3) throw systemError('EIO')
      if (writes > 3) files.takesBytes = Infinity
    }
    await record.append(said('b'))
    const [journal] = journalsIn(folder)
    const bytes = readFileSync(join(folder, journal!))
    expect(decodeJournal(bytes)).toMatchObject({ broken: [], torn: null, nextSeq: 5 })
    expect(files.count('truncate')).toBe(1)
  })

  it('[D8] when the half can’t be cut off either, the file is given up', async () => {
    const { record, files, folder } = await openOne()
    await record.append(said('a'))
    let broken = true
    files.takesBytes = 7
    files.before = (call) => {
      if (call === 'truncate') throw systemError('EIO')
      if (call !== 'write' || !broken) return
      if (files.count('write') < 3) return
      broken = false
      files.takesBytes = Infinity
      throw systemError('EIO')
    }
    await record.append(said('b'))
    expect(journalsIn(folder)).toHaveLength(2)
    expect(await turnsOf(folder)).toEqual(['a', 'b'])
  })

  it('[D8] a disk that takes three bytes at a time gets them all', async () => {
    const { record, files, folder } = await openOne()
    files.takesBytes = 3
    await record.append(said('a'))
    await record.close()
    expect(await turnsOf(folder)).toEqual(['a'])
  })

  it('[D16] a change that could not be read back is refused and stores nothing', async () => {
    const { record, folder } = await openOne()
    const half = { type: 'played', turn: 't', playedMs: 0.5, heard: '', cut: false } as const
    await expect(record.append([...said('a'), half])).rejects.toMatchObject({ kind: 'invalid' })
    const odd = { type: 'words-heard', turn: 't' } as unknown as Change
    await expect(record.append([odd])).rejects.toMatchObject({ kind: 'invalid' })
    const long = said('long', 'x'.repeat(storeLimits.maxRecordBytes))
    await expect(record.append(long)).rejects.toMatchObject({ kind: 'too-large' })
    expect((await record.append(said('b'))).map(({ seq }) => seq)).toEqual([1, 2])
    await record.close()
    expect(await turnsOf(folder)).toEqual(['b'])
  })

  it('[D12] an append to 10,000 turns writes as much as one to ten', async () => {
    const disk = createSimulatedDisk()
    const { record } = await openOne(disk, {}, '/home/one')
    const written: number[] = []
    let journalBytes = 0
    for (let at = 0; at < 10_000; at += 20) {
      const before = disk.counted.writtenBytes
      const group = Array.from({ length: 20 }, (_, index) =>
        said(`t${10_000 + at + index}`, 'about as much as one says '),
      )
      await record.append(group.flat())
      written.push(disk.counted.writtenBytes - before)
      journalBytes += Math.min(written[0]!, written.at(-1)!)
    }
    await record.close()
    const median = (values: number[]): number => values.toSorted((one, other) => one - other)[values.length / 2]!
    // Numbers of records grow by digits, their headers by nothing.
    expect(median(written.slice(-50)) / median(written.slice(1, 51))).toBeLessThan(1.03)
    expect(disk.counted.writtenBytes).toBeLessThan(3 * journalBytes)
  })

  it('[D14] folders are 0700 and files 0600', { skip: process.platform === 'win32' }, async () => {
    const { record, folder } = await openOne(diskFiles, { snapshotAfterBytes: 1 })
    await record.append(said('a'))
    await record.close()
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)
    expect(modes.length).toBeGreaterThan(1)
    expect(new Set(modes)).toEqual(new Set([0o600]))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('[D30] a data folder that others could read is closed when it is opened', async () => {
    const folder = temporaryFolder()
    for (const mode of [0o755, 0o777, 0o750, 0o701]) {
      chmodSync(folder, mode)
      const release = await holdFolder(folder)
      expect([mode, statSync(folder).mode & 0o777]).toEqual([mode, 0o700])
      await release()
    }
  })

  it('[D30] a folder that is made to be shared is left as it is', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o1777)
    const release = await holdFolder(folder)
    expect(statSync(folder).mode & 0o7777).toBe(0o1777)
    await release()
  })
})
