// A task's log on disk, across openings.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TaskEntry } from '../../../src/core/agent/task-entry.ts'
import { encodeFrame } from '../../../src/core/store/record.ts'
import { openTaskLog, pruneTaskLogs } from '../../../src/main/agent/task-log.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { StoreError } from '../../../src/main/store/store-error.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError } from '../../support/watched-files.ts'

const begun: TaskEntry = { type: 'begun', request: 'r', context: '' }
const undone = (reason: string): TaskEntry => ({ type: 'undone', reason })

describe('a task’s log', () => {
  it('[G2] is read as it was written, over several openings', async () => {
    const folder = temporaryFolder()
    for (const opening of [1, 2, 3]) {
      const log = await openTaskLog(diskFiles, folder, 'task_1')
      expect(log.entries()).toHaveLength((opening - 1) * 2)
      await Promise.all([log.append(begun), log.append(undone(String(opening)))])
      await log.close()
    }
    const { entries } = await openTaskLog(diskFiles, folder, 'task_1')
    expect(entries()).toEqual(['1', '2', '3'].flatMap((opening) => [begun, undone(opening)]))
  })

  it('[G2] with an entry of a kind that is not known ends before it, and goes on from there', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'task_1'))
    const values = [{ format: 'parley-task', version: 1 }, begun, { type: 'of-tomorrow' }, undone('lost')]
    writeFileSync(
      join(folder, 'task_1', '00000001.journal'),
      Buffer.concat(values.map((value, seq) => encodeFrame(seq, value))),
    )
    const log = await openTaskLog(diskFiles, folder, 'task_1')
    expect(log.entries()).toEqual([begun])
    await log.append(undone('new'))
    await log.close()
    expect((await openTaskLog(diskFiles, folder, 'task_1')).entries()).toEqual([begun, undone('new')])
  })

  it('[D257] behind a flush that failed keeps what is appended afterwards, and not what was refused', async () => {
    const folder = temporaryFolder()
    const files = createWatchedFiles(diskFiles)
    const log = await openTaskLog(files, folder, 'task_1')
    await log.append(begun)
    let syncs = 0
    files.before = (call) => {
      // The bytes have gone into the file by then.
      if (call === 'sync' && (syncs += 1) === 1) throw systemError('EIO')
    }
    await expect(log.append(undone('refused'))).rejects.toMatchObject({ kind: 'refused' })
    for (const reason of ['one', 'two']) await log.append(undone(reason))
    await log.close()
    const kept = [begun, undone('one'), undone('two')]
    expect((await openTaskLog(diskFiles, folder, 'task_1')).entries()).toEqual(kept)
    // A cut may have torn what was refused.
    const first = join(folder, 'task_1', '00000001.journal')
    writeFileSync(first, readFileSync(first).subarray(0, -4))
    expect((await openTaskLog(diskFiles, folder, 'task_1')).entries()).toEqual(kept)
  })

  it('[G2] is bounded, and stays in its folder', async () => {
    const folder = temporaryFolder()
    const log = await openTaskLog(diskFiles, folder, 'task_1', 1_000)
    const large = undone('x'.repeat(600))
    await log.append(large)
    await expect(log.append(large)).rejects.toMatchObject({ kind: 'too-large' })
    expect(log.entries()).toHaveLength(1)
    await log.close()
    for (const name of ['..', 'a/b', ''])
      await expect(openTaskLog(diskFiles, folder, name)).rejects.toBeInstanceOf(StoreError)
  })

  it('[G2] of a task that is no longer kept goes away', async () => {
    const folder = temporaryFolder()
    for (const task of ['task_1', 'task_2']) {
      const log = await openTaskLog(diskFiles, folder, task)
      await log.append(begun)
      await log.close()
    }
    await pruneTaskLogs(diskFiles, folder, ['task_2'])
    expect((await diskFiles.list(folder)).folders).toEqual(['task_2'])
  })
})
