// Snapshots that keep pace: what they write, what of them may decay, and what an earlier version left.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { emptyConversation, reduce, type Conversation } from '../../../src/core/conversation/reduce.ts'
import { noUsage } from '../../../src/core/conversation/usage.ts'
import { encodeChange, encodeHeader } from '../../../src/core/store/record.ts'
import { seal } from '../../../src/core/store/snapshot.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openConversations, type ConversationsOptions } from '../../../src/main/store/conversations.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles } from '../../support/watched-files.ts'

const words = 'about as many words as one says in a sentence to somebody'
const exchange = (at: number): Change[] => [
  { type: 'turn-started', turn: `t${at}`, role: 'user', via: 'text', after: at === 0 ? null : `t${at - 1}` },
  { type: 'words-heard', turn: `t${at}`, text: words },
]
const parts = () => ({ clock: createStillClock(), random: seededRandom(4) })

async function withStore<Value>(
  folder: string,
  opts: Partial<ConversationsOptions>,
  act: (store: Awaited<ReturnType<typeof openConversations>>) => Promise<Value>,
): Promise<Value> {
  const store = await openConversations({ folder, ...parts(), ...opts })
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}

const readBack = (folder: string): Promise<Conversation> =>
  withStore(folder, {}, async (store) => (await store.open('one')).conversation())

async function fill(folder: string, turns: number): Promise<Conversation> {
  return withStore(folder, { limits: { snapshotAfterBytes: 4_096 } }, async (store) => {
    const record = await store.open('one')
    await record.append([started('one')])
    for (let at = 0; at < turns; at += 50)
      await record.append(Array.from({ length: 50 }, (_, index) => exchange(at + index)).flat())
    return record.conversation()
  })
}

const endings = (one: string, ending: string): string[] =>
  readdirSync(one)
    .filter((name) => name.endsWith(ending))
    .sort()

describe('snapshots that keep pace', () => {
  it('[D256] keep nobody waiting who opens a conversation, also with many changes in no snapshot yet', async () => {
    const folder = temporaryFolder()
    const files = createWatchedFiles(diskFiles)
    await withStore(folder, { limits: { snapshotAfterBytes: 1e9 } }, async (store) => {
      await (await store.open('one')).append([started('one'), ...exchange(0), ...exchange(1)])
    })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    files.before = (call, path) => (call === 'create' && path.includes('.snapshot') ? held : undefined)
    await withStore(folder, { files, limits: { snapshotAfterBytes: 1 } }, async (store) => {
      const record = await store.open('one')
      await record.append(exchange(2))
      expect(record.conversation().turns).toHaveLength(3)
      expect(endings(join(folder, 'conversations/one'), '.snapshot.json')).toEqual([])
      release()
    })
    expect(endings(join(folder, 'conversations/one'), '.snapshot.json').length).toBeGreaterThan(0)
    expect((await readBack(folder)).turns).toHaveLength(3)
  })

  it('[D206] short starts write at most three times what is new, however much is there', async () => {
    for (const turns of [200, 4_000]) {
      const folder = temporaryFolder()
      await fill(folder, turns)
      const files = createWatchedFiles(diskFiles)
      let written = 0
      let fresh = 0
      const counting = {
        ...files,
        create: async (path: string) => count(await files.create(path)),
        append: async (path: string) => {
          const { file, bytes } = await files.append(path)
          return { file: count(file), bytes }
        },
      }
      function count(file: Awaited<ReturnType<typeof files.create>>) {
        return {
          ...file,
          write(bytes: Uint8Array, offset: number) {
            written += bytes.length
            return file.write(bytes, offset)
          },
        }
      }
      for (let start = 0; start < 20; start += 1)
        await withStore(folder, { files: counting }, async (store) => {
          const record = await store.open('one')
          const stored = await record.append([...exchange(turns + 2 * start), ...exchange(turns + 2 * start + 1)])
          fresh += stored.reduce((sum, change) => sum + encodeChange(change).length, 0)
          await store.list()
        })
      expect([turns, written / fresh < 3]).toEqual([turns, true])
    }
  })

  it('[D9] any one file may decay: nothing is lost, and where it is kept is told', async () => {
    const folder = temporaryFolder()
    // How far the last snapshot reaches depends on how busy the machine is: enough for three segments before it in any case.
    const whole = await fill(folder, 1_500)
    const one = join(folder, 'conversations/one')
    expect(endings(one, '.segment.json').length).toBeGreaterThanOrEqual(3)
    const covered = readdirSync(one).filter((name) => !name.endsWith('.journal') && !name.startsWith('broken'))
    for (const name of covered) {
      const copy = temporaryFolder()
      const there = join(copy, 'conversations/one')
      mkdirSync(there, { recursive: true })
      for (const other of readdirSync(one)) writeFileSync(join(there, other), readFileSync(join(one, other)))
      writeFileSync(join(there, name), Buffer.alloc(200))
      const told: string[] = []
      const read = await withStore(copy, {}, async (store) => {
        store.onNotice(({ message }) => told.push(message))
        return (await store.open('one')).conversation()
      })
      expect(read.turns.length).toBe(whole.turns.length)
      expect(read).toEqual(whole)
      // Mended: once told, it is not found again.
      expect(await readBack(copy)).toEqual(whole)
      if (told.length > 0) expect(told[0]).toContain('broken')
    }
  })

  it('[D4] a segment whose copy is gone too costs its own turns and no others', async () => {
    const folder = temporaryFolder()
    const whole = await fill(folder, 900)
    const one = join(folder, 'conversations/one')
    const [first = ''] = endings(one, '.segment.json')
    writeFileSync(join(one, first), 'x')
    writeFileSync(join(one, first.replace('.segment.json', '.segment.copy.json')), 'x')
    const told: string[] = []
    const read = await withStore(folder, {}, async (store) => {
      store.onNotice(({ message }) => told.push(message))
      return (await store.open('one')).conversation()
    })
    expect(read.turns).toEqual(whole.turns.slice(whole.turns.length - read.turns.length))
    expect(read.turns.length).toBeGreaterThan(600)
    expect(told[0]).toMatch(/\d+ entries are missing/)
  })

  it('[D206] an old turn that changes rewrites its own segment', async () => {
    const folder = temporaryFolder()
    await fill(folder, 900)
    const one = join(folder, 'conversations/one')
    const before = new Set(endings(one, '.segment.json'))
    await withStore(folder, { limits: { snapshotAfterBytes: 1 } }, async (store) => {
      const record = await store.open('one')
      await record.append([{ type: 'turn-settled', turn: 't300', fate: 'withdrawn' }])
      for (let at = 900; at < 1_100; at += 1) await record.append(exchange(at))
    })
    const kept = endings(one, '.segment.json').filter((name) => before.has(name))
    expect(kept.length).toBeGreaterThanOrEqual(before.size - 1)
    const read = await readBack(folder)
    expect(read.turns).toHaveLength(1_100)
    expect(read.turns.find(({ id }) => id === 't300')?.fate).toBe('withdrawn')
  })

  it('[D10] what the version before this one wrote opens whole, and goes on', async () => {
    const folder = temporaryFolder()
    const one = join(folder, 'conversations/one')
    mkdirSync(one, { recursive: true })
    const changes = [started('one'), ...Array.from({ length: 400 }, (_, at) => exchange(at)).flat()]
    const stored = changes.map((change, at) => ({ seq: at + 1, atMs: 1, change }))
    const usage = { ...noUsage, cachedTokens: 1e19 }
    const snapshot = { ...stored.slice(0, 601).reduce(reduce, emptyConversation), usage }
    const document = { format: 'parley-conversation', version: 4, conversation: snapshot }
    writeFileSync(join(one, '00000002.snapshot.json'), seal(JSON.stringify(document)))
    const journal = Buffer.concat([encodeHeader('one'), ...stored.slice(601).map(encodeChange)])
    writeFileSync(join(one, '00000003.journal'), Buffer.from(journal.toString().replace('"version":5', '"version":4')))
    expect((await readBack(folder)).turns).toHaveLength(400)
    await withStore(folder, { limits: { snapshotAfterBytes: 1 } }, async (store) => {
      await (await store.open('one')).append(exchange(400))
    })
    const read = await readBack(folder)
    expect(read.turns).toHaveLength(401)
    expect(read.usage.cachedTokens).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('[D207] a journal or a snapshot of another conversation is not taken for this one’s', async () => {
    const folder = temporaryFolder()
    await fill(folder, 50)
    await withStore(folder, { limits: { snapshotAfterBytes: 1 } }, async (store) => {
      const record = await store.open('two')
      await record.append([started('two')])
      for (let at = 0; at < 90; at += 1) await record.append(said(`z${at}`, 'of the other one'))
    })
    const one = join(folder, 'conversations/one')
    const two = join(folder, 'conversations/two')
    const whole = await readBack(folder)
    for (const name of [endings(two, '.journal').at(-1)!, endings(two, '.snapshot.json').at(-1)!])
      writeFileSync(join(one, `000099${name.slice(6)}`), readFileSync(join(two, name)))
    const told: string[] = []
    const read = await withStore(folder, {}, async (store) => {
      store.onNotice(({ message }) => told.push(message))
      return (await store.open('one')).conversation()
    })
    expect(read).toEqual(whole)
    expect(told).toHaveLength(1)
  })

  it('[D204] a journal of 170,000 changes is read, and others have their turn meanwhile', async () => {
    const folder = temporaryFolder()
    const one = join(folder, 'conversations/one')
    mkdirSync(one, { recursive: true })
    const count = Number(process.env['PARLEY_RUNS'] ?? 170_000)
    const frames = Array.from({ length: count }, (_, at) =>
      encodeChange({ seq: at + 1, atMs: 1, change: { type: 'session-closed', session: 's', reason: '' } }),
    )
    writeFileSync(join(one, '00000001.journal'), Buffer.concat([encodeHeader('one'), ...frames]))
    let turns = 0
    const ticking = setInterval(() => (turns += 1), 1)
    const read = await readBack(folder)
    clearInterval(ticking)
    expect(read.seq).toBe(count)
    expect(turns).toBeGreaterThan(10)
  })
})
