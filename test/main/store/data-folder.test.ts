// The list of what lies in the data folder against a folder in use.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAlarms } from '../../../src/main/agent/alarms.ts'
import { createVersions } from '../../../src/main/agent/versions.ts'
import { openTaskLog } from '../../../src/main/agent/task-log.ts'
import { createKeyring } from '../../../src/main/shell/keyring.ts'
import { conversationFolder, openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { act, newLedger } from '../../support/folder-acts.ts'
import { openApp } from '../../support/opened-app.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openLife } from '../../support/whole-folder.ts'

/** As patterns: a star is any name. */
function listed(): RegExp[] {
  const text = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8')
  const section = text.slice(text.indexOf('## The data folder'))
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, pattern = '']) => {
    const inner = pattern.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]+')
    return new RegExp(`^${inner}(?:/.*)?(?:\\.before|\\.damaged-[0-9a-f]{8})?$`)
  })
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !statSync(join(folder, name)).isDirectory(),
  )
}

describe('the data folder', () => {
  it('[D214] of an app in use holds nothing that the list does not know', async () => {
    const folder = temporaryFolder()
    const clock = createStillClock()
    const random = seededRandom(1)
    const store = await openConversations({ folder, clock, random, limits: { snapshotAfterBytes: 1 } })
    for (const id of ['one', 'two']) {
      const record = await store.open(id)
      await record.append([started(id)])
      for (let at = 0; at < 300; at += 30)
        await record.append(Array.from({ length: 30 }, (_, index) => said(`t${at + index}`)).flat())
    }
    const log = await openTaskLog(diskFiles, join(conversationFolder(folder, 'one'), 'tasks'), 'task_1')
    await log.append({ type: 'begun', request: 'r', context: '' })
    await log.close()
    await store.remove('two')
    await store.close()
    await createVersions({ folder: join(folder, 'previous'), clock, random }).keep('/a', Buffer.from('a'), 0o600)
    const alarms = await openAlarms({ folder, clock, random, newId: () => 'a', onDue: () => true })
    for (const text of ['tea', 'call']) await alarms.add({ text, dueMs: clock.nowMs() + 1e6 })
    await alarms.close()
    const cipher = {
      isSecret: () => Promise.resolve(false),
      encrypt: () => Promise.reject(new Error()),
      decrypt: () => Promise.reject(new Error()),
    }
    await createKeyring({ folder, cipher, random, env: {} }).set('openai', 'sk-canary-0123456789abcdef', true)
    // And whatever else is kept, used by chance.
    const life = await openLife({ folder, clock, random })
    await act(life, newLedger(), random, 60)
    await life.end()
    const app = await openApp({ folder })
    await app.live()
    await app.ask('settings', { speed: 1.1 })
    const patterns = listed()
    const unknown = (): string[] => filesOf(folder).filter((name) => !patterns.some((pattern) => pattern.test(name)))
    expect(unknown()).toEqual([])
    expect(filesOf(folder).length).toBeGreaterThan(15)
    await app.app.stop()
    expect(unknown()).toEqual([])
  })
})
