import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../src/core/default-settings.ts'
import { readSettings, type Settings } from '../../../src/core/settings.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError } from '../../support/watched-files.ts'

const parts = () => ({ clock: createStillClock(), random: seededRandom(1) })
const stored = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))

describe('settings', () => {
  it('[D17] are the defaults until changed, and what was changed afterwards', async () => {
    const folder = temporaryFolder()
    const settings = await openSettings({ folder, ...parts() })
    expect(settings.current()).toEqual(defaultSettings)
    expect(readdirSync(folder)).toEqual([])
    const told: number[] = []
    settings.onChanged(({ speed }) => told.push(speed))
    await Promise.all([settings.change({ speed: 1.2 }), settings.change({ voice: 'slt' })])
    expect(told).toEqual([1.2, 1.2])
    const again = await openSettings({ folder, ...parts() })
    expect(again.current()).toEqual({ ...defaultSettings, speed: 1.2, voice: 'slt' })
    expect(again.trouble).toBeNull()
  })

  it('[D17] keep fields they do not know', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ speed: 0.5, hotkey: 'F9', later: { a: [1] } }))
    const settings = await openSettings({ folder, ...parts() })
    await settings.change({ languages: ['de'] })
    expect(stored(folder)).toEqual({
      ...defaultSettings,
      speed: 0.5,
      languages: ['de'],
      hotkey: 'F9',
      later: { a: [1] },
    })
  })

  it('[D17] give a bad field its default, keep the good ones and a copy of the file', async () => {
    const folder = temporaryFolder()
    const text = JSON.stringify({ speed: 'fast', voice: 'rms', endpoint: { kind: 'compatible', model: 'm' } })
    writeFileSync(join(folder, 'settings.json'), text)
    const settings = await openSettings({ folder, ...parts() })
    expect(settings.current()).toEqual({ ...defaultSettings, voice: 'rms' })
    expect(settings.trouble).toMatch(/endpoint, speed/)
    const copy = readdirSync(folder).find((name) => name.includes('.damaged-'))
    expect(readFileSync(join(folder, copy!), 'utf8')).toBe(text)
  })

  it.each(['', '\0'.repeat(50), '{"speed":', 'null', '0', '[]'])('[D17] set %j aside and go on', async (text) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), text)
    const settings = await openSettings({ folder, ...parts() })
    expect(settings.current()).toEqual(defaultSettings)
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(text)
    await settings.change({ speed: 1.1 })
    expect(stored(folder)).toMatchObject({ speed: 1.1 })
    const copy = readdirSync(folder).find((name) => name.includes('.damaged-'))
    expect(readFileSync(join(folder, copy!), 'utf8')).toBe(text)
  })

  it('[D17] stay as they were when the disk refuses', async () => {
    const folder = temporaryFolder()
    const files = createWatchedFiles(diskFiles)
    const settings = await openSettings({ folder, ...parts(), files })
    await settings.change({ speed: 1.1 })
    files.before = (call) => {
      if (call === 'rename') throw systemError('ENOSPC')
    }
    await expect(settings.change({ speed: 1.3 })).rejects.toMatchObject({ kind: 'refused' })
    expect(settings.current().speed).toBe(1.1)
    expect(stored(folder)).toMatchObject({ speed: 1.1 })
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('[D18] have no field for a key, refuse one in a text, and drop one that the file holds', async () => {
    const folder = temporaryFolder()
    const key = 'sk-proj-abcdefghijklmnopqrstuvwx'
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ apiKey: key, nested: { deep: [key] }, hotkey: 'F9' }))
    const settings = await openSettings({ folder, ...parts() })
    await settings.change({ speed: 1.1, apiKey: key } as Partial<Settings>)
    expect(stored(folder)).toEqual({ ...defaultSettings, speed: 1.1, hotkey: 'F9' })
    await expect(settings.change({ instructions: `My key is ${key}.` })).rejects.toMatchObject({ kind: 'invalid' })
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).not.toContain(key)
  })

  it.each(['https://me:secret@host/v1', 'https://host/v1?key=1', 'file:///etc/passwd', 'host'])(
    '[D18] refuse %s as an address',
    (baseUrl) => {
      const read = readSettings({ endpoint: { kind: 'compatible', baseUrl, model: 'm' } })
      expect(read).toMatchObject({ refused: ['endpoint'], settings: { endpoint: defaultSettings.endpoint } })
    },
  )

  it('[D18] take a plain address', () => {
    const endpoint = { kind: 'compatible', baseUrl: 'http://127.0.0.1:8080/v1', model: 'm' }
    expect(readSettings({ endpoint })).toMatchObject({ refused: [], settings: { endpoint } })
  })
})
