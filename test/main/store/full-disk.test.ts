import { mkdirSync, writeFileSync, rmSync, statfsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles, type Files } from '../../../src/main/store/files.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { mountSmallDisk } from '../../support/small-disk.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function openOn(folder: string, files: Files = diskFiles) {
  const clock = createStillClock()
  const store = await openConversations({ folder, clock, random: seededRandom(1), files })
  const record = await store.open('one')
  const nextUnsaved = (): Promise<boolean> =>
    new Promise((resolve) => {
      const undo = record.onUnsaved((unsaved) => {
        undo()
        resolve(unsaved)
      })
    })
  return { clock, store, record, nextUnsaved }
}

describe('a full disk', () => {
  it('[D6] of 256 KiB: words wait, nothing is damaged, and they are stored when there is room', async ({ skip }) => {
    const folder = temporaryFolder()
    if (!mountSmallDisk(folder)) skip('needs to be root on Linux')
    const { clock, store, record, nextUnsaved } = await openOn(folder)
    await record.append([started('one'), ...said('first')])
    const free = statfsSync(folder)
    const ballast = join(folder, 'ballast')
    writeFileSync(ballast, Buffer.alloc((free.bavail - 3) * free.bsize))
    const unsaved = nextUnsaved()
    const words = 'x'.repeat(9000)
    const pending = Array.from({ length: 6 }, (_, at) => record.append(said(`t${at}`, words)))
    expect(await unsaved).toBe(true)
    const kept = record.conversation().turns.length
    expect(kept).toBeLessThan(7)
    rmSync(ballast)
    const saved = nextUnsaved()
    await clock.awaited()
    clock.pass(5000)
    await Promise.all(pending)
    expect(await saved).toBe(false)
    await store.close()
    const again = await openOn(folder)
    expect(again.record.conversation().turns).toHaveLength(7)
    expect(again.store.notices()).toEqual([])
    await again.store.close()
  })

  it('[D6] from the first byte (/dev/full): the record recovers once it is a real file', async ({ skip }) => {
    if (process.platform !== 'linux') skip('needs /dev/full')
    const folder = temporaryFolder()
    let full = true
    const files: Files = {
      ...diskFiles,
      async create(path) {
        if (!full) return diskFiles.create(path)
        const file = await open('/dev/full', 'w')
        return {
          write: async (bytes, offset) => (await file.write(bytes, 0, bytes.length, offset)).bytesWritten,
          sync: () => file.datasync(),
          truncate: (bytes) => file.truncate(bytes),
          close: () => file.close(),
        }
      },
    }
    const { clock, store, record, nextUnsaved } = await openOn(folder, files)
    const unsaved = nextUnsaved()
    const pending = record.append([started('one'), ...said('first')])
    expect(await unsaved).toBe(true)
    expect(record.conversation().seq).toBe(0)
    full = false
    await clock.awaited()
    clock.pass(250)
    await pending
    await store.close()
    const again = await openOn(folder)
    expect(again.record.conversation().turns).toHaveLength(1)
    await again.store.close()
  })

  it('[D6] a conversation opens on it and can be read', async ({ skip }) => {
    const folder = temporaryFolder()
    if (!mountSmallDisk(folder)) skip('needs to be root on Linux')
    const first = await openOn(folder)
    await first.record.append([started('one'), ...said('first')])
    mkdirSync(join(folder, 'more'))
    const free = statfsSync(folder)
    writeFileSync(join(folder, 'more/ballast'), Buffer.alloc(free.bavail * free.bsize))
    await first.store.close()
    const again = await openOn(folder)
    expect(again.record.conversation().turns).toHaveLength(1)
    await again.store.close()
  })
})
