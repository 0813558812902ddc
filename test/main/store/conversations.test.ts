import { mkdirSync, readFileSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { emptyConversation } from '../../../src/core/conversation/reduce.ts'
import { encodeSnapshot } from '../../../src/core/store/snapshot.ts'
import { openConversations, type ConversationsOptions } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { journalOfVersion, snapshotOfVersion } from '../../support/older-and-newer.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError } from '../../support/watched-files.ts'

async function openStore(folder: string, opts: Partial<ConversationsOptions> = {}) {
  const clock = createStillClock()
  const store = await openConversations({ folder, clock, random: seededRandom(3), ...opts })
  onTestFinished(() => store.close())
  return store
}

/** Everything below a folder with its content. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]))
}

/** A folder with one conversation, closed in order. @returns where its files are. */
async function keepOne(folder: string, lives = 2): Promise<string> {
  for (let life = 0; life < lives; life += 1) {
    const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(life) })
    const record = await store.open('one')
    if (life === 0) await record.append([started('one')])
    for (let turn = 0; turn < 5; turn += 1) await record.append(said(`t${life}-${turn}`))
    await store.close()
  }
  return join(folder, 'conversations/one')
}

const newest = (folder: string, ending: string): string =>
  join(
    folder,
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .at(-1)!,
  )

describe('damage on disk', () => {
  it('[D9] a snapshot full of NULs gives way to the one before and the journals', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder)
    const whole = await readBack(folder)
    const path = newest(one, '.snapshot.json')
    const nuls = Buffer.alloc(statSync(path).size)
    writeFileSync(path, nuls)
    const store = await openStore(folder)
    const record = await store.open('one')
    expect(record.conversation()).toEqual(whole)
    const [notice] = store.notices()
    expect(notice).toMatchObject({ conversation: 'one', kind: 'damaged' })
    expect(readFileSync(notice!.copies[0]!)).toEqual(nuls)
    await record.append(said('after'))
    await store.close()
    expect((await readBack(folder)).turns).toHaveLength(11)
  })

  it('[D9] every snapshot damaged: what the journals still have is shown, and the loss is told', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder, 3)
    for (const name of readdirSync(one))
      if (name.endsWith('.snapshot.json')) writeFileSync(join(one, name), Buffer.alloc(100))
    const store = await openStore(folder)
    const record = await store.open('one')
    expect(record.conversation().turns.map(({ id }) => id)).toContain('t2-4')
    expect(store.notices()[0]?.message).toMatch(/21 entries are missing/)
  })

  it('[D4] a bad record before good ones costs itself alone, its file is copied aside and told', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder, 1)
    unlinkSync(newest(one, '.snapshot.json'))
    const path = newest(one, '.journal')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 4, bytes.length >> 1)
    writeFileSync(path, bytes)
    const store = await openStore(folder)
    const told: string[] = []
    store.onNotice(({ message }) => told.push(message))
    const record = await store.open('one')
    expect(record.conversation().seq).toBe(11)
    expect(told).toEqual([expect.stringMatching(/One entry is missing/)])
    expect(readFileSync(store.notices()[0]!.copies[0]!)).toEqual(bytes)
    await record.append(said('after'))
    expect(readFileSync(path)).toEqual(bytes)
    await store.close()
    // What a snapshot covers by now is not told a second time.
    const again = await openStore(folder)
    await again.open('one')
    expect(again.notices()).toEqual([])
  })

  it('[D4] a damaged file that can’t be copied is not removed', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder)
    const path = newest(one, '.snapshot.json')
    writeFileSync(path, 'gone')
    const files = createWatchedFiles(diskFiles)
    files.before = (_call, of) => {
      if (of.includes('broken')) throw systemError('EACCES')
    }
    const store = await openStore(folder, { files })
    const record = await store.open('one')
    expect(store.notices()).toMatchObject([{ kind: 'damaged', copies: [] }])
    await record.append(said('after'))
    await store.close()
    expect(readFileSync(path, 'utf8')).toBe('gone')
  })

  it('[D4] a conversation of which nothing can be read is an error, not an empty conversation', async () => {
    const folder = temporaryFolder()
    const one = join(folder, 'conversations/one')
    mkdirSync(one, { recursive: true })
    writeFileSync(join(one, '00000002.snapshot.json'), 'gone')
    const store = await openStore(folder)
    await expect(store.open('one')).rejects.toMatchObject({ kind: 'broken' })
    expect(readFileSync(join(one, '00000002.snapshot.json'), 'utf8')).toBe('gone')
    expect(readFileSync(store.notices()[0]!.copies[0]!, 'utf8')).toBe('gone')
    expect((await store.open('two')).conversation().seq).toBe(0)
  })

  it('[D9] the name is given last: after the flush and after reading back', async () => {
    const folder = temporaryFolder()
    const files = createWatchedFiles(diskFiles)
    const store = await openStore(folder, { files })
    const record = await store.open('one')
    await record.append(said('a'))
    await record.close()
    const calls = files.made.filter(({ path }) => path.includes('snapshot')).map(({ call }) => call)
    expect(calls).toEqual(['create', 'write', 'sync', 'close', 'read', 'rename'])
    expect(files.made.slice(files.made.findIndex(({ call }) => call === 'rename') + 1)[0]?.call).toBe('syncFolder')
  })

  it('[D9] a disk that keeps only half and says nothing does not get the name', async () => {
    const folder = temporaryFolder()
    const lying = {
      ...diskFiles,
      async create(path: string) {
        const file = await diskFiles.create(path)
        if (!path.includes('snapshot')) return file
        const half = async (bytes: Uint8Array, offset: number) => {
          await file.write(bytes.subarray(0, bytes.length >> 1), offset)
          return bytes.length
        }
        return { ...file, write: half }
      },
    }
    const warnings: string[] = []
    const store = await openStore(folder, { files: lying, warn: (message) => warnings.push(message) })
    const record = await store.open('one')
    await record.append(said('a'))
    await store.close()
    expect(warnings).toEqual([expect.stringContaining('did not come back')])
    expect(readdirSync(join(folder, 'conversations/one'))).toEqual(['00000001.journal'])
    expect((await readBack(folder)).turns).toHaveLength(1)
  })
})

async function readBack(folder: string) {
  const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(9) })
  const conversation = (await store.open('one')).conversation()
  await store.close()
  return conversation
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
    const store = await openStore(folder)
    const clock = createStillClock()
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
    const index = join(folder, 'index.json')
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
    const files = createWatchedFiles(diskFiles)
    const second = await openStore(folder, { files })
    const list = await second.list()
    expect(list).toHaveLength(1000)
    expect(list[0]).toMatchObject({ id: 'c7', title: 'Another' })
    expect(new Set(files.made.filter(({ call }) => call === 'read').map(({ path }) => path.split('/').at(-2)))).toEqual(
      new Set(['c7', folder.split('/').at(-1)]),
    )
    const readsBefore = files.count('read')
    await second.list()
    expect(files.count('read')).toBe(readsBefore)
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

  it('[D15] does not mix up two conversations of one name, and is empty when emptied', async () => {
    const folder = temporaryFolder()
    const store = await openStore(folder)
    for (const title of ['first', 'second']) {
      await (await store.open('one')).append([started('one', title)])
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
