// Deleting deletes: what is left of a conversation's words in the data folder, byte by byte.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { createVersions } from '../../../src/main/agent/versions.ts'
import { openTaskLog } from '../../../src/main/agent/task-log.ts'
import { conversationFolder, openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { emptyNotebook, type Notebook } from '../../../src/engine/notebook/notebook.ts'
import { createNotebookFile } from '../../../src/engine/notebook/notebook-file.ts'
import { forgetInNotebook } from '../../../src/main/store/forget-notebook.ts'
import { openApp } from '../../support/opened-app.ts'
import { holding, holdingAnyForm } from '../../support/folder-bytes.ts'
import { openStore } from '../../support/opened-store.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { pngOf } from '../../support/test-picture.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const dayMs = 24 * 3_600_000

/** One of a conversation's own. */
const pictureOf = (at: number): Buffer => pngOf(40, 30, [at, 2 * at, 200])

/** Ten conversations with tasks, notes, pictures, kept versions and damage that was set aside. */
async function keepTen(folder: string, clock: StillClock): Promise<void> {
  const store = await openConversations({ folder, clock, random: seededRandom(5), limits: { snapshotAfterBytes: 1 } })
  const versions = createVersions({ folder: join(folder, 'previous'), clock, random: seededRandom(6) })
  for (let at = 0; at < 10; at += 1) {
    const words = `secret words number ${at}`
    const record = await store.open(`c${at}`)
    await record.append([started(`c${at}`, `${words} as a title`)])
    for (let turn = 0; turn < 6; turn += 1) await record.append(said(`t${turn}`, `${words} said in turn ${turn}`))
    const pictures = await record.pictures.keep([{ name: `${words}.png`, bytes: pictureOf(at) }])
    const [begun, heard] = said('shown', `${words} with a picture`) as [
      Change,
      Extract<Change, { type: 'words-heard' }>,
    ]
    await record.append([begun, { ...heard, pictures: [...pictures] }])
    const noted = JSON.stringify({ text: `${words} to be noted` })
    await record.append([{ type: 'tool-asked', call: 'call', after: null, name: 'add_note', arguments: noted }])
    const log = await openTaskLog(diskFiles, join(conversationFolder(folder, `c${at}`), 'tasks'), 'task_1')
    await log.append({ type: 'begun', request: words, context: `${words} before`, pictures: [...pictures] })
    const content = [{ type: 'input_text', text: `${words} given` }]
    await log.append({ type: 'given', items: [{ type: 'message', role: 'user', content }] as never })
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

  it('[D254] for good, or by the time that is set, leaves nothing of ten conversations in any form', async () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    for (const how of ['for good', 'by time'] as const) {
      const [folder, clock] = [temporaryFolder(), createStillClock()]
      await keepTen(folder, clock)
      const store = await openStore(folder, { clock })
      for (const at of all) {
        expect(holdingAnyForm(folder, `secret words number ${at}`).length).toBeGreaterThan(5)
        expect(holdingAnyForm(folder, pictureOf(at))).toHaveLength(1)
      }
      if (how === 'for good') for (const at of all) await store.deleteForGood(`c${at}`)
      else {
        // What was used last is kept whatever its age.
        const last = await store.open('other')
        await last.append([started('other'), ...said('t', 'of another talk')])
        for (const days of [0, 8, 1]) {
          clock.pass(days * dayMs)
          await store.expire(7)
        }
      }
      await store.list()
      expect((await store.list()).map(({ id }) => id)).toEqual(how === 'for good' ? [] : ['other'])
      for (const words of [
        'secret words number',
        ...all.map((at) => `secret words number ${at}`),
        ...all.map(pictureOf),
      ])
        expect(holdingAnyForm(folder, words)).toEqual([])
      expect(holding(folder, 'of nobody')).toHaveLength(1)
    }
  })

  it('[D213] keeps what was removed for thirty days, by two looks a day apart, and then deletes it for good', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    await keepTen(folder, clock)
    const store = await openStore(folder, { clock })
    await store.remove('c1')
    expect(await store.trashed()).toEqual([
      { id: 'c1', title: 'secret words number 1 as a title', turns: 7, removedMs: clock.nowMs() },
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

  it('[D224] keeps for some days what was used last, and deletes the rest for good by two looks a day apart', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    await keepTen(folder, clock)
    const store = await openStore(folder, { clock })
    const gone: string[] = []
    store.onGone((id) => gone.push(id))
    await store.remove('c0')
    await store.expire(7)
    // A clock that is set forward for less than a day takes nothing.
    clock.jump(365 * dayMs)
    await store.expire(7)
    clock.jump(-365 * dayMs)
    await store.expire(7)
    expect(await store.list()).toHaveLength(9)
    clock.pass(8 * dayMs)
    const used = await store.open('c5')
    await used.append(said('again'))
    await used.close()
    await store.expire(7)
    expect(gone).toEqual([])
    clock.pass(dayMs)
    await store.expire(7)
    expect((await store.list()).map(({ id }) => id)).toEqual(['c5'])
    expect(gone).toHaveLength(9)
    for (const at of [0, 1, 2, 3, 4, 6, 7, 8, 9]) expect(holding(folder, `secret words number ${at}`)).toEqual([])
    expect(holding(folder, 'secret words number 5').length).toBeGreaterThan(3)
    // What was used last stays, whatever the clock says.
    clock.pass(900 * dayMs)
    await store.expire(7)
    clock.pass(2 * dayMs)
    await store.expire(7)
    expect(await store.list()).toHaveLength(1)
  })

  it('[D225] keeps nothing after the session where that was chosen: at its end, and after a crash at the next start', async () => {
    for (const isCrash of [false, true]) {
      const folder = temporaryFolder()
      await keepTen(folder, createStillClock())
      const app = await openApp({ folder, settings: { keepsConversations: isCrash ? 'ever' : 'session' } })
      if (!isCrash) expect((await app.ask('look', null)).conversations).toEqual([])
      await app.ask('say', { text: 'secret words of this session' })
      await app.app.stop()
      if (isCrash) {
        expect(holding(folder, 'secret words of this session').length).toBeGreaterThan(0)
        const next = await openApp({ folder, settings: { keepsConversations: 'session' } })
        expect((await next.ask('look', null)).conversations).toEqual([])
      }
      expect(holding(folder, 'secret words')).toEqual([])
    }
  })

  it('[D226] for good takes what was said out of the built-in voice’s notebook, in both of its generations', async () => {
    const folder = temporaryFolder()
    const notebook = createNotebookFile(join(folder, 'engine'))
    const note = (text: string): Notebook['notes'][number] => ({ text, atMs: 1 })
    const own = { ...emptyNotebook, notes: [note('The gate code is 4711'), note('Of another talk')] }
    await notebook.save(own)
    await notebook.save({ ...own, facts: [note('I live in the old mill')] })
    writeFileSync(join(folder, 'engine/notebook.json.damaged-00000000'), '{"notes":[{"text":"the gate code is 4711",')
    let stops = 0
    const stopEngine = (): Promise<void> => Promise.resolve(void (stops += 1))
    const forgetElsewhere = forgetInNotebook({ folder, random: seededRandom(1), stopEngine })
    const store = await openStore(folder, { forgetElsewhere })
    const record = await store.open('a')
    await record.append([
      started('a'),
      ...said('t', 'Please note: the gate code is 4711'),
      ...said('u', 'Remember that I live in the old mill'),
    ])
    await store.deleteForGood('a')
    expect(stops).toBe(1)
    for (const words of ['4711', 'old mill']) expect(holding(folder, words)).toEqual([])
    const { notebook: left } = await createNotebookFile(join(folder, 'engine')).load()
    expect(left).toEqual({ ...emptyNotebook, notes: [note('Of another talk')] })
    const other = await store.open('b')
    await other.append([started('b'), ...said('t', 'nothing that is noted')])
    await store.deleteForGood('b')
    expect(stops).toBe(1)
  })
})
