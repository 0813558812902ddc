// A reminder that was acknowledged, a power cut, and the next start, by which its time is over: told by whoever starts first, once.
import { realpathSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { openAlarms } from '../../../src/main/agent/alarms.ts'
import { runTalk } from '../../../src/main/talk/run.ts'
import { createCrashDisk, layOut, type DiskImage } from '../../support/crash-disk.ts'
import { mountCrashDisk } from '../../support/crash-fs.ts'
import { openApp } from '../../support/opened-app.ts'
import { tokenForTests } from '../../support/realtime-client.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

vi.mock(import('node:fs/promises'), async (original) => {
  const { promisesOver } = await import('../../support/crash-fs.ts')
  return promisesOver(await original())
})

/** Set an hour ago for a minute later; the power went the moment it was acknowledged. */
async function leftByTheCut(): Promise<DiskImage> {
  const folder = realpathSync(temporaryFolder())
  const [disk, clock] = [createCrashDisk(), createStillClock(Date.now() - 3_600_000)]
  mountCrashDisk({ folder, disk, leavesOut: () => false })
  const alarms = await openAlarms({ folder, clock, random: seededRandom(1), newId: () => 'one', onDue: () => true })
  await alarms.add({ text: 'take the tea out', dueMs: clock.nowMs() + 60_000 })
  disk.cutAt(disk.calls())
  mountCrashDisk(null)
  // Nothing of what was not flushed.
  return disk.image('posix', () => 0)
}

async function talk(folder: string): Promise<string> {
  const engine = await startScriptedEngine({ answer: () => [{ type: 'text', text: 'Hello.' }] })
  let printed = ''
  const write = (text: string): void => void (printed += text)
  const endpoint = engine.url.replace('http', 'ws')
  const args = ['talk', '--text', 'Hello.', '--endpoint', endpoint, '--model', 'parley-embedded']
  const env = { PARLEY_HOME: folder, PARLEY_KEY: tokenForTests }
  const terminal = { env, stdin: Readable.from([]), stdout: { write }, stderr: { write }, once: () => undefined }
  expect(await runTalk(args, terminal)).toBe(0)
  return printed
}

/** Every window is told so. */
async function windowIsTold(folder: string): Promise<number> {
  const { app, ask, told, notice } = await openApp({ folder })
  const reminders = (): number =>
    told.filter((one) => one.type === 'notice' && one.message === 'Reminder: take the tea out').length
  const other = await ask('troubles', null).then(() =>
    notice('notice', ({ message }) => message.startsWith('Reminder')),
  )
  expect(other).toMatchObject({ spoken: true })
  await app.stop()
  return reminders()
}

describe('a reminder that came due while Parley was closed', () => {
  it('[D253] after a power cut is told by the window that starts next, and not again', async () => {
    const folder = temporaryFolder()
    layOut(await leftByTheCut(), folder)
    expect(await windowIsTold(folder)).toBe(1)
    expect(await talk(folder)).not.toContain('take the tea out')
  })

  it('[D253] after a power cut is told by the talk that starts next, however short, and not again', async () => {
    const folder = temporaryFolder()
    layOut(await leftByTheCut(), folder)
    expect((await talk(folder)).match(/Reminder: take the tea out/g)).toHaveLength(1)
    expect(await talk(folder)).not.toContain('take the tea out')
  })
})
