// Other programs' sound on a real sound server: turned down, and up again whatever happens.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createQuieter, fileName, pactl, type Quieter } from '../../src/main/others/quieter.ts'
import { createStillClock } from '../support/still-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)
const quieters: Quieter[] = []
let player: ChildProcess
let own: ChildProcess

/** A program that plays silence, and how loud it is set. */
function play(): ChildProcess {
  const child = spawn('pacat', ['--playback', '--raw', '--volume=40000', '/dev/zero'], { stdio: 'ignore' })
  return child
}

async function volumeOf(child: ChildProcess): Promise<number | null> {
  const { stdout } = await run('pactl', ['-f', 'json', 'list', 'sink-inputs'])
  const all = JSON.parse(stdout) as { volume: Record<string, { value: number }>; properties: Record<string, string> }[]
  const found = all.find(({ properties }) => properties['application.process.id'] === String(child.pid))
  return Object.values(found?.volume ?? {})[0]?.value ?? null
}

beforeEach(async () => {
  player = play()
  own = play()
  await expect.poll(() => Promise.all([volumeOf(player), volumeOf(own)])).toEqual([40_000, 40_000])
})
afterEach(async () => {
  for (const quieter of quieters.splice(0)) await quieter.stop()
  for (const child of [player, own]) {
    child.kill()
    await once(child, 'exit')
  }
})

function begin(folder: string): { quieter: Quieter; clock: ReturnType<typeof createStillClock> } {
  const clock = createStillClock()
  const quieter = createQuieter({ folder, clock, random: Math.random, isOwn: (id) => id === own.pid, ask: pactl })
  quieters.push(quieter)
  return { quieter, clock }
}

it('[X76] it is turned down while somebody speaks and up again after; our own sound is left alone', async () => {
  const folder = temporaryFolder()
  const { quieter, clock } = begin(folder)
  quieter.follow(true)
  await expect.poll(() => volumeOf(player)).toBe(14_000)
  expect(existsSync(join(folder, fileName))).toBe(true)
  quieter.follow(false)
  quieter.follow(true)
  clock.pass(60_000)
  expect(await volumeOf(player)).toBe(14_000)
  quieter.follow(false)
  clock.pass(1_500)
  await expect.poll(() => volumeOf(player)).toBe(40_000)
  expect(await volumeOf(own)).toBe(40_000)
  await expect.poll(() => existsSync(join(folder, fileName))).toBe(false)
})

it('[X76] what a killed process has left turned down the next one turns up; what somebody set meanwhile stays', async () => {
  const folder = temporaryFolder()
  begin(folder).quieter.follow(true)
  await expect.poll(() => volumeOf(player)).toBe(14_000)
  // The first one does no more; the second begins with what it left.
  quieters.length = 0
  begin(folder)
  await expect.poll(() => volumeOf(player)).toBe(40_000)
  const third = begin(folder).quieter
  third.follow(true)
  await expect.poll(() => volumeOf(player)).toBe(14_000)
  const { stdout } = await run('pactl', ['-f', 'json', 'list', 'sink-inputs'])
  const streams = JSON.parse(stdout) as { index: number; properties: Record<string, string> }[]
  const index = streams.find(({ properties }) => properties['application.process.id'] === String(player.pid))?.index
  await run('pactl', ['set-sink-input-volume', String(index), '20000'])
  await third.stop()
  expect(await volumeOf(player)).toBe(20_000)
})

it('[X76] a quit turns it up, and a file that is none changes nothing', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, fileName), '[{"index":0}]')
  const { quieter } = begin(folder)
  quieter.follow(true)
  await expect.poll(() => volumeOf(player)).toBe(14_000)
  await quieter.stop()
  expect(await volumeOf(player)).toBe(40_000)
})
