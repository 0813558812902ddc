// Everything in one file and back: real folders, damaged and foreign archives.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { exportAll } from '../../../src/main/archive/export.ts'
import { importAll } from '../../../src/main/archive/import.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { openApp } from '../../support/opened-app.ts'
import { bytesOf } from '../../support/folder-bytes.ts'
import { openStore } from '../../support/opened-store.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function keep(folder: string, count: number): Promise<void> {
  const store = await openConversations({
    folder,
    clock: createStillClock(),
    random: seededRandom(2),
    limits: { snapshotAfterBytes: 1 },
  })
  for (let at = 0; at < count; at += 1) {
    const record = await store.open(`c${at}`)
    await record.append([started(`c${at}`, `Talk ${at}`), ...said('a', `first of ${at}`), ...said('b')])
  }
  if (count > 1) await store.remove('c1')
  await store.list()
  await store.close()
  writeFileSync(join(folder, 'notes.md'), '- a note\n')
  for (const name of ['keys.json', 'devices.json']) writeFileSync(join(folder, name), 'sk-canary')
  writeFileSync(join(folder, 'conversations/c0/picture.png'), Buffer.from([137, 80, 78, 71, 0, 255]))
}

async function exported(folder: string): Promise<string> {
  const file = join(temporaryFolder(), 'all.zip')
  await exportAll({ folder, file, version: '1', nowMs: 0 })
  return file
}

describe('an export', () => {
  it('[D227] gives a fresh folder the same conversations in the same order, and no keys', async () => {
    const folder = temporaryFolder()
    await keep(folder, 6)
    const file = await exported(folder)
    expect(readFileSync(file).includes('sk-canary')).toBe(false)
    const fresh = temporaryFolder()
    expect(await importAll({ folder: fresh, file, isFresh: true })).toEqual({
      conversations: 5,
      there: 0,
      isWhole: true,
    })
    const kept = [...bytesOf(folder)].filter(([name]) => !/^(?:keys|devices)\.json$|\.before$/.test(name))
    expect([...bytesOf(fresh)]).toEqual(kept)
    const [one, other] = [await openStore(folder), await openStore(fresh)]
    const listed = await one.list()
    expect(await other.list()).toEqual(listed)
    for (const { id } of listed) expect(await other.read(id)).toEqual(await one.read(id))
    expect((await other.trashed()).map(({ id }) => id)).toEqual(['c1'])
  })

  it('[D227] brings conversations alone into a folder in use, and replaces nothing', async () => {
    const folder = temporaryFolder()
    await keep(folder, 4)
    const file = await exported(folder)
    const app = await openApp()
    const before = (await app.ask('look', null)).settings
    const { message } = await app.ask('import-all', { file })
    expect(message).toContain('3 conversations imported')
    expect((await app.ask('look', null)).conversations.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['c0', 'c2', 'c3']),
    )
    expect((await app.ask('look', null)).settings).toEqual(before)
    await app.ask('rename', { id: 'c0', title: 'My own' })
    expect((await app.ask('import-all', { file })).message).toContain('were there already')
    expect((await app.ask('look', null)).conversations.find(({ id }) => id === 'c0')?.title).toBe('My own')
    expect((await app.app.answer('import-all', { file: 'relative.zip' })).ok).toBe(false)
  })

  it('[D228] that is damaged, newer, foreign or reaches elsewhere is refused as a whole, in words', async () => {
    const folder = temporaryFolder()
    await keep(folder, 3)
    const file = await exported(folder)
    const good = readFileSync(file)
    const parts = unzipSync(good)
    const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
    const header = JSON.parse(Buffer.from(parts['parley.json']!).toString()) as object
    const { 'conversations/c0/picture.png': _lost, ...without } = parts
    const bad: [string, Buffer | Uint8Array, string][] = [
      ['half', good.subarray(0, good.length >> 1), 'broken'],
      ['nothing', Buffer.alloc(0), 'broken'],
      ['noise', Buffer.from('no zip at all'), 'broken'],
      ['another zip', zipSync({ 'a.txt': json('a') }), 'broken'],
      ['newer', zipSync({ ...parts, 'parley.json': json({ ...header, version: 2 }) }), 'newer'],
      ['one is missing', zipSync(without), 'broken'],
      ['one is another', zipSync({ ...parts, 'conversations/c0/picture.png': json('b') }), 'broken'],
      ['out of the folder', zipSync({ ...parts, '../out.json': json('b') }), 'broken'],
      ['keys', zipSync({ ...parts, 'keys.json': json('b') }), 'broken'],
    ]
    for (let at = 40; at < good.length; at += Math.ceil(good.length / 40)) {
      const bent = Buffer.from(good)
      bent[at] = bent[at]! ^ 8
      bad.push([`bent at ${at}`, bent, ''])
    }
    const into = temporaryFolder()
    for (const [what, bytes, kind] of bad) {
      const path = join(temporaryFolder(), 'bad.zip')
      writeFileSync(path, bytes)
      const outcome = await importAll({ folder: into, file: path, isFresh: true }).catch((error: unknown) => error)
      if (kind !== '') expect(outcome, what).toMatchObject({ name: 'StoreError', kind })
      // A bent bit in what nobody reads (times, the directory at the end) may do no harm; then all of it came.
      if (outcome instanceof Error) {
        expect(outcome.name, what).toBe('StoreError')
        expect([...bytesOf(into).keys()], what).toEqual([])
      } else break
    }
  })

  it('[D227] replaces no file and leaves nothing half done', async () => {
    const folder = temporaryFolder()
    await keep(folder, 1)
    const file = await exported(folder)
    const before = readFileSync(file)
    await expect(exportAll({ folder, file, version: '1', nowMs: 0 })).rejects.toMatchObject({ kind: 'exists' })
    expect(readFileSync(file)).toEqual(before)
    await expect(exportAll({ folder, file: '/nonexistent/all.zip', version: '1', nowMs: 0 })).rejects.toMatchObject({
      kind: 'refused',
    })
  })
})
