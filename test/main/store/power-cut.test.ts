import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { openConversation } from '../../../src/main/store/conversation.ts'
import { storeLimits } from '../../../src/main/store/conversations.ts'
import type { Files } from '../../../src/main/store/files.ts'
import type { Random } from '../../../src/main/ports.ts'
import { openPlainLowdb } from '../../support/plain-lowdb.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createSimulatedDisk, type SimulatedDisk } from '../../support/simulated-disk.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { createWatchedFiles } from '../../support/watched-files.ts'

/** One way to keep a conversation. `turns` are the ids that are there. */
interface Keeper {
  append(changes: readonly Change[]): Promise<unknown>
  turns(): string[]
  close(): Promise<void>
}

/** Power cuts, two in each life of a conversation. */
const cuts = Number(process.env['PARLEY_RUNS'] ?? 800)

type OpenKeeper = (files: Files, random: Random) => Promise<Keeper>

const openRecord: OpenKeeper = async (files, random) => {
  const record = await openConversation({
    files,
    folder: '/home/one',
    id: 'one',
    clock: createStillClock(),
    random,
    // So small that snapshots are taken while appends go on.
    limits: { ...storeLimits, snapshotAfterBytes: 700 },
    notify: () => undefined,
    warn: () => undefined,
  })
  return {
    append: (changes) => record.append(changes),
    turns: () => record.conversation().turns.map(({ id }) => id),
    close: () => record.close(),
  }
}

const openPlain: OpenKeeper = async (files) => {
  const record = await openPlainLowdb(files, '/home/one.json')
  return {
    append: (changes) => record.append(changes),
    turns: () => record.changes().flatMap(({ change }) => (change.type === 'turn-started' ? [change.turn] : [])),
    close: () => Promise.resolve(),
  }
}

const turn = (id: string): Change => ({ type: 'turn-started', turn: id, role: 'user', via: 'text', after: null })

/** Speaks until the power goes, adding what was acknowledged to `acknowledged`. */
async function live(disk: SimulatedDisk, open: OpenKeeper, random: Random, acknowledged: string[]): Promise<void> {
  // Ids of an earlier life that were never acknowledged are not used again.
  let next = Math.floor(random() * 1e9)
  const speak = async (): Promise<void> => {
    for (;;) {
      const keeper = await open(disk, random)
      const pending: Promise<void>[] = []
      for (let count = Math.floor(random() * 12); count >= 0; count -= 1) {
        const ids = Array.from({ length: 1 + Math.floor(random() * 3) }, () => `t${(next += 1)}`)
        pending.push(keeper.append(ids.map(turn)).then(() => void acknowledged.push(...ids)))
        if (random() < 0.5) await Promise.all(pending)
      }
      await Promise.all(pending)
      await keeper.close()
    }
  }
  await Promise.race([disk.dead, speak().catch(() => undefined)])
  // What the disk had taken before may still be on its way to whoever waits for it.
  await new Promise(setImmediate)
}

interface Damage {
  acknowledged: number
  lost: number
  unreadable: number
}

async function cutThePower(times: number, open: OpenKeeper): Promise<Damage> {
  const damage = { acknowledged: 0, lost: 0, unreadable: 0 }
  for (let seed = 1; seed <= times; seed += 1) {
    const random = seededRandom(seed)
    const acknowledged: string[] = []
    let disk = createSimulatedDisk()
    for (let life = 0; life < 2; life += 1) {
      disk.cutAt(2 + Math.floor(random() * 120), random)
      await live(disk, open, random, acknowledged)
      disk = disk.restarted()
    }
    damage.acknowledged += acknowledged.length
    try {
      const there = new Set((await open(disk, random)).turns())
      damage.lost += acknowledged.filter((id) => !there.has(id)).length
    } catch {
      damage.unreadable += 1
    }
  }
  return damage
}

/** A journal that is acknowledged before it is flushed. */
function withoutFlush(files: Files): Files {
  return {
    ...files,
    async create(path) {
      const file = await files.create(path)
      return path.endsWith('.journal') ? { ...file, sync: () => Promise.resolve() } : file
    },
  }
}

describe('a power cut', () => {
  it(`[D1] loses nothing that was acknowledged, in ${cuts} cuts at any moment`, { timeout: 900_000 }, async () => {
    const damage = await cutThePower(cuts / 2, openRecord)
    expect(damage).toMatchObject({ lost: 0, unreadable: 0 })
    expect(damage.acknowledged).toBeGreaterThan(2.5 * cuts)
  })

  it('[D1] loses words in the same test when one flush is left out', async () => {
    const damage = await cutThePower(100, (files, random) => openRecord(withoutFlush(files), random))
    expect(damage.lost).toBeGreaterThan(10)
  })

  it('[D1] keeps what was shown after a kill, though its flush had never ended', async () => {
    const disk = createSimulatedDisk()
    const files = createWatchedFiles(disk)
    const reached = new Promise<void>((reach) => {
      files.before = (call) => {
        if (call !== 'sync') return
        reach()
        return new Promise(() => undefined)
      }
    })
    void (await openRecord(files, seededRandom(1))).append([turn('shown')])
    await reached
    // The next process finds in the cache what the last one wrote.
    const again = await openRecord(disk, seededRandom(2))
    expect(again.turns()).toEqual(['shown'])
    expect((await openRecord(disk.restarted(), seededRandom(3))).turns()).toEqual(['shown'])
  })

  it('[D1] loses words in the same test when lowdb keeps them by itself', async () => {
    const damage = await cutThePower(500, openPlain)
    expect(damage.lost).toBeGreaterThan(100)
    expect(damage.unreadable).toBeGreaterThan(10)
  })
})
