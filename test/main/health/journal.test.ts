import { appendFile, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HealthEntry } from '../../../src/core/health/entry.ts'
import { noHealth } from '../../../src/core/health/window.ts'
import { createHealthJournal } from '../../../src/main/health/journal.ts'
import { createRecorder, sampleEveryMs } from '../../../src/main/health/recorder.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const day = 24 * 60 * 60_000
const live = (atMs: number): HealthEntry => ({ type: 'live', atMs, awayMs: null })
const lost = (atMs: number): HealthEntry => ({ type: 'lost', atMs, ageMs: 1_000, cause: 'ECONNRESET' })

describe('the health journal', () => {
  it('[F21] keeps a week, a file a day, for its owner alone; a torn line costs that line', async () => {
    const folder = join(temporaryFolder(), 'health')
    const clock = createStillClock()
    const firstMs = clock.nowMs()
    const journal = createHealthJournal({ folder })
    for (let days = 0; days < 10; days++) {
      journal.append(live(clock.nowMs()))
      await journal.settled()
      clock.pass(day)
    }
    const files = await readdir(folder)
    expect(files.length).toBeLessThanOrEqual(8)
    expect((await stat(join(folder, files[0]!))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    await appendFile(join(folder, files.at(-1)!), '{"type":"live","atM')
    const kept = await createHealthJournal({ folder }).read(firstMs, clock.nowMs())
    expect(kept).toHaveLength(files.length)
  })

  it('[F200] a clock that is set forward and back takes no day that was kept', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    const journal = createHealthJournal({ folder })
    const firstMs = clock.nowMs()
    journal.append(lost(clock.nowMs()))
    clock.jump(400 * day)
    journal.append(lost(clock.nowMs()))
    clock.jump(-400 * day)
    journal.append(live(clock.nowMs()))
    await journal.settled()
    expect(await journal.read(firstMs, clock.nowMs())).toHaveLength(2)
  })

  it('[F21] a day is bounded, and samples leave room for events', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    const journal = createHealthJournal({ folder, most: { samples: 4_000, all: 6_000 } })
    const atMs = clock.nowMs()
    const sample = { roundTripMs: 40, jitterMs: 1, silentMs: 0, bufferedBytes: 0, heldMs: 0, queuedMs: 0 }
    for (let entry = 0; entry < 100; entry++)
      journal.append({ type: 'sample', atMs, ...sample, droppedFrames: 0, underruns: 0 })
    for (let entry = 0; entry < 100; entry++) journal.append(lost(atMs))
    await journal.settled()
    const [file] = await readdir(folder)
    expect((await readFile(join(folder, file!))).length).toBeLessThanOrEqual(6_000)
    const kept = await journal.read(atMs, atMs)
    expect(kept.filter(({ type }) => type === 'sample').length).toBeGreaterThan(10)
    expect(kept.filter(({ type }) => type === 'lost').length).toBeGreaterThan(10)
  })

  it('[F21] a folder that can’t be written harms nothing', async () => {
    const journal = createHealthJournal({ folder: '/dev/null/health' })
    journal.append(live(0))
    await journal.settled()
    expect(await journal.read(0, 1)).toEqual([])
  })

  it('[F20] samples every ten seconds while there is a line; what broke before the start of Parley still counts today', async () => {
    const clock = createStillClock(new Date(2026, 10, 22, 10, 0).getTime())
    const journal = createHealthJournal({ folder: temporaryFolder() })
    journal.append(lost(clock.nowMs() - 60_000))
    journal.append(live(clock.nowMs() - 20_000))
    let isLive = true
    const recorder = createRecorder({
      clock,
      journal,
      version: '1',
      view: () => (isLive ? { ...noHealth, heldMs: 2_000 } : null),
    })
    await recorder.events(day)
    expect(recorder.outageMsToday()).toBe(40_000)
    expect(recorder.breaks()).toHaveLength(1)
    clock.pass(3 * sampleEveryMs)
    isLive = false
    clock.pass(3 * sampleEveryMs)
    const { samples, events, summary } = await recorder.happened(clock.nowMs() - 60_000, clock.nowMs())
    expect(samples).toHaveLength(3)
    expect(events.map(({ words }) => words)).toContain('The network was too slow: 2 s of your voice waited.')
    expect(summary).toContain('too slow for your voice')
    await recorder.stop()
    expect(clock.waiting()).toBe(0)
  })
})
