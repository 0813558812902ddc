import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withoutKeys } from '../../../src/core/conversation/hide-keys.ts'
import { systemClock } from '../../../src/main/clock.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const key = `ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6`

describe('the record on disk', () => {
  it('[S38] holds no key that the person typed, in no file, and shows it masked after a restart', async () => {
    const folder = join(temporaryFolder(), 'data')
    const opts = { folder, clock: systemClock, random: Math.random, alter: withoutKeys }
    const store = await openConversations(opts)
    const record = await store.open('c1')
    await record.append([
      { type: 'conversation-started', conversation: 'c1', title: 'x' },
      { type: 'turn-started', turn: 'u', role: 'user', via: 'text', after: null },
      { type: 'words-heard', turn: 'u', text: `use ${key}` },
    ])
    await store.close()
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(names.length).toBeGreaterThan(0)
    for (const { parentPath, name } of names) expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(key)
    const again = await openConversations(opts)
    expect((await again.open('c1')).conversation().turns[0]!.text).toBe('use ghp_••••')
    await again.close()
  })

  it('[S39] a data folder that others could read is closed to them at the start', async () => {
    const folder = join(temporaryFolder(), 'data')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    const store = await openConversations({ folder, clock: systemClock, random: Math.random })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    await store.close()
  })
})
