// The one way to keep a small file, on a real disk and on one that loses its power.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../src/core/default-settings.ts'
import { readSettings } from '../../../src/core/settings.ts'
import { isOn } from '../../../src/main/agent/switches.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles, type Files } from '../../../src/main/store/files.ts'
import { openKeptFile, type KeptFile } from '../../../src/main/store/kept-file.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createSimulatedDisk } from '../../support/simulated-disk.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError } from '../../support/watched-files.ts'

const random = seededRandom(1)

function openCounts(files: Files, path: string, tell?: (message: string) => void): Promise<KeptFile<number>> {
  return openKeptFile({
    files,
    random,
    path,
    name: 'The counts',
    first: 0,
    shape: {
      version: 1,
      read: (stored) => (typeof stored === 'number' ? { value: stored, refused: [] } : null),
      write: (value) => value,
    },
    ...(tell ? { tell } : {}),
  })
}

describe('a small file', () => {
  it('[D200] whatever bit of it decays, what was kept one change before is used, told once, and its bytes stay', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'counts.json')
    const file = await openCounts(diskFiles, path)
    for (const value of [7, 8]) await file.change(() => value)
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at += 3) {
      const bent = Buffer.from(whole)
      bent.writeUInt8(bent.readUInt8(at) ^ 1, at)
      writeFileSync(path, bent)
      const told: string[] = []
      const again = await openCounts(diskFiles, path, (message) => told.push(message))
      expect([at, again.value(), told.length]).toEqual([at, 7, 1])
      expect(readFileSync(/kept as (\S+)\. /.exec(told[0]!)![1]!)).toEqual(bent)
    }
  })

  it('[D231] is whole again after the start that found it damaged, which tells it alone', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    const file = await openCounts(diskFiles, path)
    for (const value of [7, 8]) await file.change(() => value)
    writeFileSync(path, 'noise')
    const told: string[] = []
    for (let start = 0; start < 3; start += 1)
      expect((await openCounts(diskFiles, path, (message) => told.push(message))).value()).toBe(7)
    expect(told).toHaveLength(1)
  })

  it('[D200] changes made at once are made one after another, each on what the one before left', async () => {
    const file = await openCounts(diskFiles, join(temporaryFolder(), 'counts.json'))
    await Promise.all(Array.from({ length: 20 }, () => file.change((value) => value + 1)))
    expect(file.value()).toBe(20)
  })

  it('[D200] what was acknowledged is there after a power cut at any call', async () => {
    for (let seed = 1; seed <= Number(process.env['PARLEY_RUNS'] ?? 300); seed += 1) {
      const chance = seededRandom(seed)
      const disk = createSimulatedDisk()
      disk.cutAt(2 + Math.floor(chance() * 80), chance)
      let acknowledged = 0
      const live = async (): Promise<void> => {
        const file = await openCounts(disk, '/home/counts.json')
        for (;;) acknowledged = await file.change((value) => value + 1)
      }
      await live().catch(() => undefined)
      const after = (await openCounts(disk.restarted(), '/home/counts.json')).value()
      expect([seed, after === acknowledged || after === acknowledged + 1]).toEqual([seed, true])
    }
  })

  it('[D202] a change whose name could not be made durable is refused, and not in force after a restart', async () => {
    const folder = temporaryFolder()
    const files = createWatchedFiles(diskFiles)
    const path = join(folder, 'counts.json')
    const file = await openCounts(files, path)
    await file.change(() => 1)
    await file.change(() => 2)
    let renamed = 0
    files.before = (call, at) => {
      if (call === 'rename' && at === path) renamed += 1
      if (call === 'syncFolder' && renamed > 0) throw systemError('EIO')
    }
    await expect(file.change(() => 3)).rejects.toMatchObject({ kind: 'refused' })
    expect(file.value()).toBe(2)
    expect((await openCounts(diskFiles, path)).value()).toBe(2)
  })

  it('[D200] one of a newer Parley is used and never written to', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    const newer = await openKeptFile({
      files: diskFiles,
      random,
      path,
      name: 'The counts',
      first: 0,
      shape: { version: 2, read: () => null, write: (value) => value },
    })
    await newer.change(() => 5).catch(() => undefined)
    const { encodeKept } = await import('../../../src/core/store/kept.ts')
    writeFileSync(path, encodeKept({ version: 2, read: () => null, write: (value: number) => value }, 5))
    const file = await openCounts(diskFiles, path)
    expect(file.value()).toBe(5)
    await expect(file.change(() => 6)).rejects.toMatchObject({ kind: 'newer' })
  })
})

describe('the settings', () => {
  const refusedOf = (stored: Record<string, unknown>) => readSettings(stored)

  it.each([
    ['"5"', 5],
    ['"about five"', 0.01],
    ['-3', 0.01],
    ['50000', 10_000],
    ['{}', 0.01],
    ['null', null],
  ])('[D201] a daily limit of %s is %s and never none by mistake', (text, limit) => {
    const read = refusedOf({ dailyLimitUsd: JSON.parse(text) as unknown })
    expect(read?.settings.dailyLimitUsd).toBe(limit)
    expect(read?.refused).toEqual(limit === null ? [] : ['dailyLimitUsd'])
  })

  it('[D201] one bad entry of a list costs itself alone; where none can be read every tool is off', () => {
    const known = { key: 'write_file', isOffAtFirst: false, tool: {} as never }
    const some = refusedOf({ toolsOff: ['write_file', 7], grantedFolders: ['/a', null], toolsOn: 'all' })
    expect(some?.settings).toMatchObject({ toolsOff: ['write_file'], grantedFolders: ['/a'], toolsOn: [] })
    expect(some?.refused).toEqual(['grantedFolders', 'toolsOn', 'toolsOff'])
    const none = refusedOf({ toolsOff: 'write_file' })
    expect(isOn(known, none!.settings)).toBe(false)
    expect(refusedOf({ turnMode: 'open' })?.settings.turnMode).toBe('manual')
  })

  it('[D201] a byte order mark is no damage', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), '\uFEFF{"dailyLimitUsd": 5}')
    const settings = await openSettings({ folder, random })
    expect(settings.current()).toEqual({ ...defaultSettings, dailyLimitUsd: 5 })
    expect(settings.trouble).toBeNull()
  })

  it('[D201] what is edited by hand while Parley runs is kept when something else is changed', async () => {
    const folder = temporaryFolder()
    const settings = await openSettings({ folder, random })
    await settings.change({ speed: 1.1 })
    const path = join(folder, 'settings.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"dailyLimitUsd": null', '"dailyLimitUsd": 2'))
    expect(await settings.change({ voice: 'slt' })).toMatchObject({ speed: 1.1, dailyLimitUsd: 2, voice: 'slt' })
  })

  it('[D201] a disk that does not give them keeps nobody from starting', async () => {
    const folder = temporaryFolder()
    const files = createWatchedFiles(diskFiles)
    files.before = (call) => {
      if (call === 'read') throw systemError('EIO')
    }
    const told: string[] = []
    const settings = await openSettings({ folder, random, files, tell: (message) => told.push(message) })
    expect(settings.current()).toEqual(defaultSettings)
    expect(told).toEqual([expect.stringContaining('EIO')])
  })
})

describe('a data folder', () => {
  it('[D203] keeps what the person calls .tmp, and loses what an end half-way left', async () => {
    const folder = temporaryFolder()
    for (const name of ['letter.tmp', 'my.settings.tmp', 'settings.json.1x2y3z.tmp', 'index.json.abc.parley-tmp'])
      writeFileSync(join(folder, name), 'x')
    const store = await openConversations({ folder, clock: createStillClock(), random })
    await store.close()
    expect(readdirSync(folder).filter((name) => name.endsWith('tmp'))).toEqual(['letter.tmp', 'my.settings.tmp'])
  })
})
