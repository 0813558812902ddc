import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openStore } from '../../support/opened-store.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { newestFile } from '../../support/newest-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError } from '../../support/watched-files.ts'

/** A folder with one conversation, closed in order. @returns where its files are. */
async function keepOne(folder: string, lives = 2, snapshotAfterBytes = 1): Promise<string> {
  for (let life = 0; life < lives; life += 1) {
    const store = await openConversations({
      folder,
      clock: createStillClock(),
      random: seededRandom(life),
      limits: { snapshotAfterBytes },
    })
    const record = await store.open('one')
    if (life === 0) await record.append([started('one')])
    for (let turn = 0; turn < 5; turn += 1) await record.append(said(`t${life}-${turn}`))
    await store.close()
  }
  return join(folder, 'conversations/one')
}

async function readBack(folder: string) {
  const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(9) })
  const conversation = (await store.open('one')).conversation()
  await store.close()
  return conversation
}

describe('damage on disk', () => {
  it('[D9] a snapshot full of NULs gives way to the one before and the journals', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder)
    const whole = await readBack(folder)
    const path = newestFile(one, '.snapshot.json')
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
    expect(store.notices()[0]?.message).toMatch(/ \d+ entries are missing/)
  })

  it('[D4] a bad record before good ones costs itself alone, its file is copied aside and told', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder, 1, 1e6)
    const path = newestFile(one, '.journal')
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
    await store.close()
    // What a snapshot covers by now is not told a second time.
    const again = await openStore(folder)
    await (await again.open('one')).append(said('after'))
    expect(again.notices()).toEqual([])
    expect(readFileSync(path)).toEqual(bytes)
  })

  it('[D4] a damaged file that can’t be copied is not removed', async () => {
    const folder = temporaryFolder()
    const one = await keepOne(folder)
    const path = newestFile(one, '.snapshot.json')
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
    const store = await openStore(folder, { files, limits: { snapshotAfterBytes: 1 } })
    const record = await store.open('one')
    await record.append(said('a'))
    await record.close()
    const calls = files.made.filter(({ path }) => path.includes('snapshot')).map(({ call }) => call)
    expect(calls).toEqual(['read', 'create', 'write', 'sync', 'close', 'read', 'rename'])
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
    const store = await openStore(folder, {
      files: lying,
      limits: { snapshotAfterBytes: 1 },
      warn: (message) => warnings.push(message),
    })
    const record = await store.open('one')
    await record.append(said('a'))
    await store.close()
    expect(warnings).toEqual([expect.stringContaining('did not come back')])
    expect(readdirSync(join(folder, 'conversations/one'))).toEqual(['00000001.journal'])
    expect((await readBack(folder)).turns).toHaveLength(1)
  })
})
