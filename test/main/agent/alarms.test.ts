// Timers and notes on a real disk, with a clock that stands.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAlarms, type Alarms } from '../../../src/main/agent/alarms.ts'
import { createNoteTools } from '../../../src/main/agent/tools/notes.ts'
import { createTimerTools } from '../../../src/main/agent/tools/timers.ts'
import { createVersions } from '../../../src/main/agent/versions.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

interface Told {
  text: string
  lateMs: number
}

async function open(folder: string, clock: StillClock, told: Told[]): Promise<Alarms> {
  const random = seededRandom(clock.nowMs())
  const newId = (prefix: string): string => `${prefix}_${Math.floor(random() * 1e9)}`
  return openAlarms({ folder, clock, random, newId, onDue: ({ text, lateMs }) => told.push({ text, lateMs }) > 0 })
}

describe('timers', () => {
  it('[S22] are told when they are due, once and in order', async () => {
    const [folder, clock, told] = [temporaryFolder(), createStillClock(), [] as Told[]]
    const alarms = await open(folder, clock, told)
    await alarms.add({ text: 'second', dueMs: clock.nowMs() + 3_600_000 })
    await alarms.add({ text: 'first', dueMs: clock.nowMs() + 60_000 })
    const { id } = await alarms.add({ text: 'never', dueMs: clock.nowMs() + 70_000 })
    expect(await alarms.cancel(id)).toBe(true)
    expect(await alarms.cancel(id)).toBe(false)
    clock.pass(59_999)
    expect(told).toEqual([])
    clock.pass(1)
    expect(told).toEqual([{ text: 'first', lateMs: 0 }])
    clock.pass(7_200_000)
    expect(told.map(({ text }) => text)).toEqual(['first', 'second'])
    await alarms.close()
    expect(clock.waiting()).toBe(0)
  })

  it('[S22] survive a restart; what came due meanwhile is told late', async () => {
    const [folder, clock, told] = [temporaryFolder(), createStillClock(), [] as Told[]]
    const before = await open(folder, clock, told)
    await before.add({ text: 'tea', dueMs: clock.nowMs() + 60_000 })
    await before.add({ text: 'call', dueMs: clock.nowMs() + 600_000 })
    await before.close()
    clock.pass(90_000)
    const after = await open(folder, clock, told)
    clock.pass(0)
    expect(told).toEqual([{ text: 'tea', lateMs: 30_000 }])
    expect(after.list().map(({ text }) => text)).toEqual(['call'])
    await after.close()
  })

  it('[S22] a broken file is set aside, not overwritten', async () => {
    const [folder, clock] = [temporaryFolder(), createStillClock()]
    writeFileSync(join(folder, 'alarms.json'), '[{"id":')
    const alarms = await open(folder, clock, [])
    await alarms.add({ text: 'tea', dueMs: clock.nowMs() + 60_000 })
    expect(
      readFileSync(
        join(
          folder,
          readdirSync(folder).find((name) => name.includes('.damaged-'))!,
        ),
        'utf8',
      ),
    ).toBe('[{"id":')
    await alarms.close()
  })

  it('[S22] a time that is over or far away is refused', async () => {
    const [folder, clock] = [temporaryFolder(), createStillClock()]
    const alarms = await open(folder, clock, [])
    const remind = createTimerTools({ alarms, clock }).find(({ name }) => name === 'set_reminder')!
    for (const at of ['2020-01-01T10:00:00Z', '2099-01-01T10:00:00Z', 'tomorrow']) {
      const prepared = remind.prepare({ at, text: 'x' })
      if (!('why' in prepared))
        await expect((async () => (await prepared.settle()).run(new AbortController().signal, true))()).rejects.toThrow(
          'year',
        )
    }
    expect(alarms.list()).toEqual([])
    await alarms.close()
  })
})

describe('a reminder', () => {
  const due = (clock: StillClock) => ({ text: 'tea', dueMs: clock.nowMs() + 60_000 })

  it('[S240] leaves the file when it was told, and not when nobody heard it', async () => {
    const [folder, clock] = [temporaryFolder(), createStillClock()]
    const parts = { folder, clock, random: seededRandom(3), newId: () => 'one' }
    const unheard = await openAlarms({ ...parts, onDue: () => false })
    await unheard.add(due(clock))
    clock.pass(120_000)
    await unheard.close()
    const told: Told[] = []
    let isHeard = false
    const alarms = await openAlarms({
      ...parts,
      onDue: ({ text, lateMs }) => isHeard && told.push({ text, lateMs }) > 0,
    })
    clock.pass(3_000)
    expect(told).toEqual([])
    isHeard = true
    clock.pass(2_000)
    expect(told).toEqual([{ text: 'tea', lateMs: expect.any(Number) as number }])
    clock.pass(60_000)
    await alarms.close()
    const again = await openAlarms({ ...parts, onDue: () => told.push({ text: 'again', lateMs: 0 }) > 0 })
    clock.pass(60_000)
    expect(told).toHaveLength(1)
    await again.close()
  })

  it('[S240] survives a file of which a part is damaged, and a file that can’t be read', async () => {
    const [folder, clock, told, troubles] = [temporaryFolder(), createStillClock(), [] as Told[], [] as string[]]
    const before = [
      { id: 'a', ...due(clock) },
      { id: 'b', text: 7 },
    ]
    writeFileSync(join(folder, 'alarms.json'), JSON.stringify(before))
    const parts = { folder, clock, random: seededRandom(3), newId: () => 'one', onDue: () => told.length > 0 }
    const alarms = await openAlarms({ ...parts, tell: (message) => troubles.push(message) })
    expect(alarms.list().map(({ text }) => text)).toEqual(['tea'])
    expect(troubles).toEqual([expect.stringContaining('1 of 2 can’t be read')])
    await alarms.add({ text: 'call', dueMs: clock.nowMs() + 1e6 })
    await alarms.close()
    rmSync(join(folder, 'alarms.json'))
    mkdirSync(join(folder, 'alarms.json'))
    const again = await openAlarms({ ...parts, tell: (message) => troubles.push(message) })
    await again.add({ text: 'milk', dueMs: clock.nowMs() + 2e6 })
    expect(again.list().map(({ text }) => text)).toContain('milk')
    await again.close()
  })
})

describe('notes', () => {
  it('[S23] are lines of a file that the person may have edited', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'mine', 'notes.md')
    const [clock, random] = [createStillClock(), seededRandom(2)]
    const versions = createVersions({ folder: join(folder, 'previous'), clock, random })
    const tools = createNoteTools({ file: () => file, versions, clock, random })
    const use = async (name: string, given: Record<string, unknown>): Promise<string> => {
      const prepared = tools.find((tool) => tool.name === name)!.prepare(given)
      if ('why' in prepared) throw new Error(prepared.why)
      return (await (await prepared.settle()).run(new AbortController().signal, true)).text
    }
    expect(await use('read_notes', {})).toContain('no notes yet')
    await use('add_note', { text: 'Buy\n# bread' })
    expect(readFileSync(file, 'utf8')).toBe('# Notes\n- Buy # bread\n')
    mkdirSync(join(folder, 'mine'), { recursive: true })
    writeFileSync(file, 'My own words\n\n* bread and milk')
    await use('add_note', { text: 'eggs' })
    await expect(use('remove_note', { words: 'nothing' })).rejects.toThrow('No note')
    await use('remove_note', { words: 'BREAD' })
    expect(readFileSync(file, 'utf8')).toBe('My own words\n\n- eggs\n')
    expect(readdirSync(join(folder, 'mine'))).toEqual(['notes.md'])
  })
})
