import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { mkdirSync, readFileSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyConversation } from '../../../src/core/conversation/reduce.ts'
import { encodeSnapshot } from '../../../src/core/store/snapshot.ts'
import { conversationFolder, openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { journalOfVersion, snapshotOfVersion } from '../../support/older-and-newer.ts'
import { openStore } from '../../support/opened-store.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles } from '../../support/watched-files.ts'

/** Everything below a folder with its content. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]))
}

describe('versions', () => {
  it('[D10] a conversation of a newer Parley opens read-only and is not touched', async () => {
    const folder = temporaryFolder()
    const one = join(folder, 'conversations/one')
    mkdirSync(one, { recursive: true })
    const older = { ...emptyConversation, id: 'one', title: 'old', seq: 3 }
    writeFileSync(join(one, '00000002.snapshot.json'), encodeSnapshot(older))
    writeFileSync(join(one, '00000004.snapshot.json'), snapshotOfVersion(99, { pages: [] }))
    writeFileSync(join(one, '00000005.journal'), journalOfVersion(99, 'one', [{ what: 'never seen' }]))
    const before = contents(one)
    const store = await openStore(folder)
    const record = await store.open('one')
    expect(record.readOnly).toBe(true)
    expect(record.conversation().title).toBe('old')
    await expect(record.append(said('a'))).rejects.toMatchObject({ kind: 'newer' })
    await store.close()
    expect(contents(one)).toEqual(before)
    expect(store.notices()).toMatchObject([{ conversation: 'one', kind: 'newer' }])
  })
})

describe('the list', () => {
  it('[D13] is right with its index, without it and with a wrong one', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    const store = await openStore(folder, { clock })
    for (const id of ['a', 'B', 'c-1']) {
      const record = await store.open(id)
      await record.append([started(id, `Title of ${id}`), ...said('t')])
      clock.pass(1000)
    }
    await store
      .open('never spoken in')
      .then(() => expect.unreachable())
      .catch((error: unknown) => expect(error).toMatchObject({ kind: 'invalid' }))
    await store.open('empty')
    const open = await store.list()
    expect(open.map(({ id, title, turns }) => [id, title, turns]).sort()).toEqual([
      ['B', 'Title of B', 1],
      ['a', 'Title of a', 1],
      ['c-1', 'Title of c-1', 1],
    ])
    await store.close()
    const index = join(folder, 'index.log')
    for (const damage of [() => undefined, () => unlinkSync(index), () => writeFileSync(index, Buffer.alloc(64))]) {
      damage()
      const again = await openConversations({ folder, clock, random: seededRandom(5) })
      expect(await again.list()).toEqual(open)
      await again.close()
    }
  })

  it('[D13] of 1,000 conversations reads those alone that the index does not know', async () => {
    const folder = temporaryFolder()
    for (let at = 0; at < 1000; at += 1) {
      const home = join(folder, `conversations/c${at}`)
      mkdirSync(home, { recursive: true })
      const conversation = { ...emptyConversation, id: `c${at}`, title: `Title ${at}`, seq: 1, changedMs: at }
      writeFileSync(join(home, '00000002.snapshot.json'), encodeSnapshot(conversation))
    }
    const first = await openConversations({ folder, clock: createStillClock(), random: seededRandom(5) })
    expect(await first.list()).toHaveLength(1000)
    const record = await first.open('c7')
    await record.append([{ type: 'conversation-renamed', title: 'Another' }])
    await first.close()
    const unknown = join(folder, 'conversations/c1000')
    mkdirSync(unknown)
    const late = encodeSnapshot({ ...emptyConversation, id: 'c1000', seq: 1 })
    writeFileSync(join(unknown, '00000002.snapshot.json'), late)
    const files = createWatchedFiles(diskFiles)
    const second = await openStore(folder, { files })
    const list = await second.list()
    expect(list).toHaveLength(1001)
    expect(list[1]).toMatchObject({ id: 'c7', title: 'Another' })
    expect(new Set(files.made.filter(({ call }) => call === 'read').map(({ path }) => path.split('/').at(-2)))).toEqual(
      new Set(['c1000', folder.split('/').at(-1)]),
    )
    const readsBefore = files.count('read')
    await second.list()
    expect(files.count('read')).toBe(readsBefore)
  })
})

describe('the order', () => {
  it('[D208] of conversations is that of their use, whatever the clock was set to', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    const use = async (id: string): Promise<string[]> => {
      const store = await openConversations({ folder, clock, random: seededRandom(5) })
      const record = await store.open(id)
      await record.append(record.conversation().seq === 0 ? [started(id), ...said('t')] : said(`t${Math.random()}`))
      await record.close()
      const listed = (await store.list()).map((one) => one.id)
      await store.close()
      return listed
    }
    await use('a')
    clock.jump(400 * 24 * 3_600_000)
    await use('b')
    clock.jump(-500 * 24 * 3_600_000)
    expect(await use('c')).toEqual(['c', 'b', 'a'])
    expect(await use('a')).toEqual(['a', 'c', 'b'])
  })

  it('[D208] an index is not written anew for one name among many', async () => {
    const folder = temporaryFolder()
    for (let at = 0; at < 400; at += 1) {
      const home = join(folder, `conversations/c${at}`)
      mkdirSync(home, { recursive: true })
      const conversation = { ...emptyConversation, id: `c${at}`, title: `Title ${at}`, seq: 1, changedMs: at }
      writeFileSync(join(home, '00000002.snapshot.json'), encodeSnapshot(conversation))
    }
    const store = await openStore(folder)
    await store.list()
    const before = statSync(join(folder, 'index.log')).size
    const record = await store.open('c7')
    await record.append([{ type: 'conversation-renamed', title: 'Another' }])
    await record.close()
    expect((await store.list())[0]?.title).toBe('Another')
    expect(statSync(join(folder, 'index.log')).size - before).toBeLessThan(300)
  })
})

describe('the trash', () => {
  it('[D15] brings a removed conversation back as it was', async () => {
    const folder = temporaryFolder()
    const store = await openStore(folder)
    const record = await store.open('one')
    await record.append([started('one'), ...said('a')])
    const before = record.conversation()
    await store.remove('one')
    await expect(record.append(said('b'))).rejects.toMatchObject({ kind: 'closed' })
    expect(await store.list()).toEqual([])
    expect(await store.removed()).toEqual(['one'])
    await store.restore('one')
    expect((await store.open('one')).conversation()).toEqual(before)
    await expect(store.restore('one')).rejects.toMatchObject({ kind: 'missing' })
    await expect(store.remove('nobody')).rejects.toMatchObject({ kind: 'missing' })
  })

  it('[D15] takes what lies beside a conversation along, and brings it back', async () => {
    const folder = temporaryFolder()
    const store = await openStore(folder)
    await (await store.open('One')).append([started('One'), ...said('a')])
    const log = join(conversationFolder(folder, 'One'), 'tasks', 'log')
    await mkdir(dirname(log), { recursive: true })
    await writeFile(log, 'kept')
    await store.remove('One')
    await expect(readFile(log)).rejects.toMatchObject({ code: 'ENOENT' })
    await store.restore('One')
    expect(await readFile(log, 'utf8')).toBe('kept')
  })

  it('[D15] does not mix up two conversations of one name, and is empty when emptied', async () => {
    const folder = temporaryFolder()
    const store = await openStore(folder)
    for (const title of ['first', 'second']) {
      const record = await store.open('one')
      await record.append([started('one', title)])
      await record.close()
      expect((await store.list()).map((summary) => summary.title)).toEqual([title])
      await store.remove('one')
    }
    await store.restore('one')
    expect((await store.list())[0]?.title).toBe('second')
    await expect(store.restore('one')).rejects.toMatchObject({ kind: 'exists' })
    await store.emptyTrash()
    expect(await store.removed()).toEqual([])
    expect(await store.list()).toHaveLength(1)
  })
})

describe('opening', () => {
  it('[D5] gives the same record while it is open, and writes nothing by itself', async () => {
    const folder = temporaryFolder()
    const store = await openStore(folder)
    const [one, again] = await Promise.all([store.open('one'), store.open('one')])
    expect(again).toBe(one)
    expect(readdirSync(join(folder, 'conversations'))).toEqual([])
    const [closed, reopened] = await Promise.all([one.close(), store.open('one')])
    expect(closed).toBeUndefined()
    await reopened.append(said('a'))
    await one.close()
    expect((await reopened.append(said('b')))[0]?.seq).toBe(3)
  })
})
