// `parley check` on real folders: what it finds, what it mends, and that no byte is thrown away.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import type { CheckReport } from '../../../src/core/store/check-report.ts'
import { openTaskLog } from '../../../src/main/agent/task-log.ts'
import { readDataCommand, runDataCommand } from '../../../src/main/data-commands/run.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { openApp } from '../../support/opened-app.ts'
import { bytesOf } from '../../support/folder-bytes.ts'
import { openStore } from '../../support/opened-store.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { newestFile } from '../../support/newest-file.ts'
import { pngOf } from '../../support/test-picture.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function parley(folder: string, ...args: string[]): Promise<{ code: number; out: string }> {
  let out = ''
  const write = (text: string): unknown => (out += text)
  const command = readDataCommand(args)
  if (command === null) throw new Error('no such command')
  const code = await runDataCommand(command, { folder, version: '1', stdout: { write }, stderr: { write } })
  return { code, out }
}

async function keep(folder: string): Promise<void> {
  for (let life = 0; life < 2; life += 1) {
    const store = await openConversations({
      folder,
      clock: createStillClock(),
      random: seededRandom(life),
      limits: { snapshotAfterBytes: 1 },
    })
    for (const id of ['one', 'two']) {
      const record = await store.open(id)
      if (life === 0) await record.append([started(id)])
      await record.append(said(`t${life}`))
    }
    await store.list()
    await store.close()
  }
  const log = await openTaskLog(diskFiles, join(folder, 'conversations/two/tasks'), 'task_1')
  for (const request of ['a', 'b', 'c']) await log.append({ type: 'begun', request, context: '' })
  await log.close()
  const settings = await openSettings({ folder, random: seededRandom(4) })
  await settings.change({ speed: 1.2 })
}

function bend(path: string): Buffer {
  const bytes = readFileSync(path)
  const at = bytes.length >> 1
  bytes[at] = bytes[at]! ^ 4
  writeFileSync(path, bytes)
  return bytes
}

describe('parley check', () => {
  it('[D220] says what is wrong and changes nothing, mends it when told to, and throws no byte away', async () => {
    const folder = temporaryFolder()
    await keep(folder)
    expect(await parley(folder, 'check')).toMatchObject({ code: 0, out: expect.stringContaining('in order') as string })
    const bent = [
      newestFile(join(folder, 'conversations/one'), '.snapshot.json'),
      newestFile(join(folder, 'conversations/two/tasks/task_1'), '.journal'),
      join(folder, 'index.log'),
    ].map(bend)
    writeFileSync(join(folder, 'settings.json'), '{"speed": 1.')
    mkdirSync(join(folder, 'conversations/three'))
    writeFileSync(join(folder, 'conversations/three/00000001.snapshot.json'), 'noise')
    const before = bytesOf(folder)
    const looked = await parley(folder, 'check', '--json')
    expect(looked.code).toBe(1)
    expect(
      (JSON.parse(looked.out) as CheckReport).found.map(({ file, state }) => [file.replace(/\d{8}/, 'N'), state]),
    ).toEqual([
      ['settings.json', 'left'],
      ['conversations/one/N.snapshot.json', 'left'],
      ['conversations/three/N.snapshot.json', 'beyond'],
      ['conversations/two/tasks/task_1/N.journal', 'left'],
      ['index.log', 'left'],
    ])
    expect(bytesOf(folder)).toEqual(before)
    const mended = await parley(folder, 'check', '--repair')
    expect(mended.code).toBe(1)
    expect(mended.out).toContain('4 things mended, 1 beyond mending')
    const after = [...bytesOf(folder).values()]
    for (const bytes of [...bent, Buffer.from('{"speed": 1.'), Buffer.from('noise')])
      expect(after.some((other) => other.equals(bytes))).toBe(true)
    const again = await parley(folder, 'check', '--json')
    expect((JSON.parse(again.out) as CheckReport).found.map(({ state }) => state)).toEqual(['beyond'])
    const store = await openStore(folder)
    expect((await store.read('one'))?.turns).toHaveLength(2)
    expect((await openSettings({ folder, random: seededRandom(5) })).current().speed).toBe(1)
  })

  it('[D255] finds pictures whose bytes are not theirs or that are gone, sets the first aside, and says what can’t be had', async () => {
    const folder = temporaryFolder()
    const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(1) })
    const record = await store.open('one')
    const given = [1, 2, 3].map((at) => ({ name: `${at}.png`, bytes: pngOf(20, 20, [at, 0, 0]) }))
    const pictures = await record.pictures.keep(given)
    const [begun, heard] = said('t') as [Change, Extract<Change, { type: 'words-heard' }>]
    await record.append([started('one'), begun, { ...heard, pictures: [...pictures] }])
    await store.list()
    await store.close()
    expect((await parley(folder, 'check')).code).toBe(0)
    const [bent, gone] = pictures.map(({ digest }) => `conversations/one/pictures/${digest}.png`) as [string, string]
    const noise = bend(join(folder, bent))
    rmSync(join(folder, gone))
    const looked = JSON.parse((await parley(folder, 'check', '--json')).out) as CheckReport
    expect(looked.found.map(({ file, state }) => [file, state])).toEqual([
      [bent, 'left'],
      [gone, 'beyond'],
    ])
    expect((await parley(folder, 'check', '--repair')).out).toContain('One thing mended, 1 beyond mending')
    expect(readFileSync(join(folder, bent.replace('pictures', 'broken')))).toEqual(noise)
    const again = JSON.parse((await parley(folder, 'check', '--json')).out) as CheckReport
    expect(again.found.map(({ file }) => file)).toEqual([gone])
    const after = await openStore(folder)
    expect((await after.read('one'))?.turns[0]?.pictures).toHaveLength(3)
  })

  it('[D220] is refused with 3 while Parley runs with the folder, and what is no such command with 2', async () => {
    const folder = temporaryFolder()
    await openStore(folder)
    expect(await parley(folder, 'check')).toMatchObject({
      code: 3,
      out: expect.stringContaining('already running') as string,
    })
    expect((await parley(folder, 'check', '--all')).code).toBe(2)
    expect((await parley(folder, 'export')).code).toBe(2)
  })

  it('[D221] does the same for the window of a running Parley', async () => {
    const folder = temporaryFolder()
    await keep(folder)
    // Not the one that the start opens.
    bend(newestFile(join(folder, 'conversations/one'), '.snapshot.json'))
    const app = await openApp({ folder })
    const found = await app.ask('check-files', { repair: false })
    expect(found.found).toMatchObject([{ state: 'left', message: expect.stringContaining('A talk') as string }])
    expect(await app.ask('check-files', { repair: true })).toMatchObject({ found: [{ state: 'mended' }] })
    expect(await app.ask('check-files', { repair: false })).toMatchObject({ found: [] })
  })
})
