// Deleting deletes: what is left of a conversation's words in the data folder, byte by byte.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createVersions } from '../../../src/main/agent/versions.ts'
import { openTaskLog } from '../../../src/main/agent/task-log.ts'
import { conversationFolder, openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openStore } from '../../support/opened-store.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const dayMs = 24 * 3_600_000

/** Files below a folder that hold these words. */
function holding(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    return statSync(path).isFile() && readFileSync(path).includes(words)
  })
}

/** Ten conversations with tasks, kept versions and damage that was set aside. */
async function keepTen(folder: string, clock: StillClock): Promise<void> {
  const store = await openConversations({ folder, clock, random: seededRandom(5), limits: { snapshotAfterBytes: 1 } })
  const versions = createVersions({ folder: join(folder, 'previous'), clock, random: seededRandom(6) })
  for (let at = 0; at < 10; at += 1) {
    const words = `secret words number ${at}`
    const record = await store.open(`c${at}`)
    await record.append([started(`c${at}`, `${words} as a title`)])
    for (let turn = 0; turn < 6; turn += 1) await record.append(said(`t${turn}`, `${words} said in turn ${turn}`))
    const noted = JSON.stringify({ text: `${words} to be noted` })
    await record.append([{ type: 'tool-asked', call: 'call', after: null, name: 'add_note', arguments: noted }])
    const log = await openTaskLog(diskFiles, join(conversationFolder(folder, `c${at}`), 'tasks'), 'task_1')
    await log.append({ type: 'begun', request: words, context: '' })
    await log.close()
    await versions.keep('/home/notes.md', Buffer.from(`- ${words} to be noted\n`), null)
    const broken = join(conversationFolder(folder, `c${at}`), 'broken')
    mkdirSync(broken)
    writeFileSync(join(broken, '00000001.journal'), words)
  }
  await versions.keep('/home/other.md', Buffer.from('of nobody'), null)
  await store.list()
  await store.close()
}

describe('deleting', () => {
  it('[D212] for good leaves no byte of the words in the folder, and of nobody else’s takes one', async () => {
    const folder = temporaryFolder()
    await keepTen(folder, createStillClock())
    const store = await openStore(folder)
    expect(holding(folder, 'secret words number 3').length).toBeGreaterThan(5)
    await store.remove('c4')
    await store.deleteForGood('c3')
    await store.deleteForGood('c4')
    for (const at of [3, 4]) expect(holding(folder, `secret words number ${at}`)).toEqual([])
    expect(holding(folder, 'secret words number 5').length).toBeGreaterThan(5)
    expect(holding(folder, 'of nobody')).toHaveLength(1)
    expect((await store.list()).map(({ id }) => id)).not.toContain('c3')
    await expect(store.deleteForGood('c3')).rejects.toMatchObject({ kind: 'missing' })
    for (const { id } of await store.list()) await store.remove(id)
    expect(await store.trashed()).toHaveLength(8)
    await store.emptyTrash()
    expect(holding(folder, 'secret words')).toEqual([])
  })

  it('[D213] keeps what was removed for thirty days, by two looks a day apart, and then deletes it for good', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    await keepTen(folder, clock)
    const store = await openStore(folder, { clock })
    await store.remove('c1')
    expect(await store.trashed()).toEqual([
      { id: 'c1', title: 'secret words number 1 as a title', turns: 6, removedMs: clock.nowMs() },
    ])
    clock.pass(29 * dayMs)
    await store.expire()
    clock.jump(365 * dayMs)
    await store.expire()
    clock.jump(-365 * dayMs)
    await store.expire()
    expect(await store.removed()).toEqual(['c1'])
    clock.pass(2 * dayMs)
    await store.expire()
    clock.pass(dayMs)
    await store.expire()
    expect(await store.removed()).toEqual([])
    expect(holding(folder, 'secret words number 1')).toEqual([])
  })
})
