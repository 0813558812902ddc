import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { whatFailed, type Crash } from '../../../src/core/crash-report.ts'
import { createCrashReports } from '../../../src/main/crash/reports.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const dayMs = 24 * 3_600_000
const crash = (atMs: number): Crash => ({
  version: '1',
  atMs,
  kind: 'exception',
  name: 'Error',
  code: '',
  frames: [],
  platform: 'linux',
  isFlushed: true,
})

describe('reports of errors that ended Parley', () => {
  it('[D223] are five at most, the newest by their number, and gone after thirty days', () => {
    const folder = temporaryFolder()
    let nowMs = 100 * dayMs
    const reports = createCrashReports(folder, () => nowMs)
    // The clock was set back meanwhile: the order is that of their numbers.
    for (let at = 0; at < 8; at += 1) reports.write(crash(nowMs - at))
    expect(reports.list().map(({ crash: { atMs } }) => nowMs - atMs)).toEqual([7, 6, 5, 4, 3])
    expect(reports.takeNew()).toHaveLength(5)
    expect(reports.takeNew()).toEqual([])
    nowMs += 31 * dayMs
    reports.takeNew()
    expect(readdirSync(join(folder, 'crashes'))).toEqual(['told'])
    reports.write(crash(nowMs))
    expect(reports.takeNew()).toHaveLength(1)
  })

  it('[D222] hold no part of a message, also of one that looks like frames', () => {
    const error = new RangeError('he said\n    at secretWords (/home/ada/secret.ts:1:1)\n    at more')
    const { name, frames } = whatFailed(error)
    expect(name).toBe('RangeError')
    expect(frames.length).toBeGreaterThan(0)
    expect(frames.join('\n')).not.toMatch(/secret|ada|\//)
    expect(whatFailed('words')).toEqual({ name: 'no error', code: '', frames: [] })
    expect(whatFailed(Object.assign(new Error('x'), { name: 'he said so', code: 'words said' }))).toMatchObject({
      name: 'Error',
      code: '',
    })
  })
})
