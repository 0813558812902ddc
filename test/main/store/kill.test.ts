import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/main/clock.ts'
import type { Random } from '../../../src/main/ports.ts'
import { readConversation } from '../../../src/main/store/conversation-files.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { bundle } from '../../support/bundled.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** An even number; a hundred take a minute. */
const kills = Number(process.env['PARLEY_RUNS'] ?? 40)

let writer: { path: string; folder: string }
beforeAll(async () => {
  writer = await bundle(fileURLToPath(new URL('../../support/record-writer.ts', import.meta.url)))
})
afterAll(() => rmSync(writer.folder, { recursive: true, force: true }))

function startWriter(folder: string): { child: ChildProcess; lines: AsyncIterableIterator<string> } {
  const child = spawn(process.execPath, [writer.path, folder, 'one'], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

/** Lets a writer acknowledge `times` and kills it. @returns the highest number it acknowledged, those on their way included. */
async function writeAndKill(folder: string, times: number): Promise<number> {
  const { child, lines } = startWriter(folder)
  const gone = once(child, 'exit')
  let kept = 0
  let seen = 0
  for await (const line of lines) {
    const [what, seq] = line.split(' ')
    expect(what).toMatch(/opened|kept/)
    kept = Math.max(kept, Number(seq))
    seen += 1
    if (seen > times) child.kill('SIGKILL')
  }
  await gone
  return kept
}

/** @returns how many of the kills left changes that were in no snapshot yet. */
async function killRepeatedly(times: number, random: Random): Promise<number> {
  const folder = temporaryFolder()
  let unfinished = 0
  for (let kill = 0; kill < times; kill += 1) {
    const kept = await writeAndKill(folder, Math.floor(random() * 60))
    const { recovery } = await readConversation(diskFiles, join(folder, 'conversations/one'), 'one')
    expect(recovery.conversation?.seq ?? 0).toBeGreaterThanOrEqual(kept)
    expect(recovery).toMatchObject({ missing: 0, damage: [] })
    if (recovery.laterChanges > 0) unfinished += 1
  }
  return unfinished
}

describe('kill -9', () => {
  it(`[D2] at ${kills} random moments loses nothing that was acknowledged`, { timeout: 180_000 }, async () => {
    // Two folders side by side: most of a kill's time is the start of a process.
    const rounds = await Promise.all([17, 18].map((seed) => killRepeatedly(kills / 2, seededRandom(seed))))
    // Many kills must leave work for the recovery, or they proved little.
    expect(rounds[0]! + rounds[1]!).toBeGreaterThan(0.4 * kills)
  })

  it('[D2] leaves the folder free at once', async () => {
    const folder = temporaryFolder()
    const kept = await writeAndKill(folder, 20)
    const store = await openConversations({ folder, clock: systemClock, random: Math.random })
    const record = await store.open('one')
    expect(record.conversation().seq).toBeGreaterThanOrEqual(kept)
    expect(store.notices()).toEqual([])
    await store.close()
  })
})

describe('a second process', () => {
  it('[D11] is told that the folder is in use', async () => {
    const folder = temporaryFolder()
    const store = await openConversations({ folder, clock: systemClock, random: Math.random })
    const { lines } = startWriter(folder)
    const told: string[] = []
    for await (const line of lines) told.push(line)
    expect(told).toEqual([
      'refused in-use: Parley is already running with this folder. Use that one, or close it first.',
    ])
    expect((await diskFiles.list(join(folder, 'conversations'))).folders).toEqual([])
    await store.close()
    const { child, lines: later } = startWriter(folder)
    expect((await later.next()).value).toBe('opened 0')
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  })
})
