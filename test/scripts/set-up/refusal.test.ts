import { chmodSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRefusal } from '../../../scripts/set-up/refusal.mjs'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const dayMs = 86_400_000

describe('an Electron that can’t be fetched', () => {
  const at = (file: string, ms: number): void => utimesSync(file, ms / 1000, ms / 1000)

  it('[X31] is remembered for a day, also from one start to the next, and forgotten when it came', () => {
    const file = join(temporaryFolder(), 'cache', 'refused')
    const nowMs = 1_800_000_000_000
    expect(createRefusal(file).isFresh(nowMs)).toBe(false)
    createRefusal(file).note()
    at(file, nowMs)
    expect(createRefusal(file).isFresh(nowMs + dayMs - 1_000)).toBe(true)
    expect(createRefusal(file).isFresh(nowMs + dayMs + 1_000)).toBe(false)
    createRefusal(file).forget()
    expect(createRefusal(file).isFresh(nowMs)).toBe(false)
  })

  it('[X31] is tried again after a clock that was days ahead was set right', () => {
    const file = join(temporaryFolder(), 'refused')
    createRefusal(file).note()
    at(file, 1_800_000_000_000 + 3 * dayMs)
    expect(createRefusal(file).isFresh(1_800_000_000_000)).toBe(false)
  })

  it('[X31] that it can’t be remembered keeps nothing from starting', () => {
    const blocked = join(temporaryFolder(), 'a-file')
    writeFileSync(blocked, '')
    chmodSync(blocked, 0o400)
    expect(() => createRefusal(join(blocked, 'refused')).note()).not.toThrow()
  })
})
