// A disk that refuses at any operation of any act: nothing hangs, nothing false is acknowledged, and what waited is there.
import { describe, expect, it } from 'vitest'
import { openConversations, type ConversationStore } from '../../../src/main/store/conversations.ts'
import type { StoredConversation } from '../../../src/main/store/conversation.ts'
import { diskFiles } from '../../../src/main/store/files.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock, type StillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createWatchedFiles, systemError, type WatchedFiles } from '../../support/watched-files.ts'
import { within } from '../../support/within.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 40)
const faults = ['ENOSPC', 'EIO', 'EMFILE', 'EROFS', 'EDQUOT']
/** Twice what is promised: other tests run beside it. */
const soon = { ms: 4_000 }

/** What must be there afterwards. */
interface Kept {
  turns: Map<string, string[]>
  removed: Set<string>
  /** The one that was acknowledged last, and those that were refused since. */
  speeds: Set<number>
}

/** Lets what waits for a moment have it, until `act` is over. */
async function moving<Result>(clock: StillClock, act: Promise<Result>): Promise<Result> {
  let isOver = false
  const over = (): void => void (isOver = true)
  act.then(over, over)
  while (!isOver) {
    await new Promise((done) => setTimeout(done, 1))
    clock.pass(250)
  }
  return act
}

async function live(seed: number): Promise<void> {
  const random = seededRandom(seed)
  const pick = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)]!
  const folder = temporaryFolder()
  const clock = createStillClock()
  const files = createWatchedFiles(diskFiles)
  const kept: Kept = { turns: new Map(), removed: new Set(), speeds: new Set([1]) }
  const told: string[] = []
  refuseAt(files, Math.floor(random() * 60), 1 + Math.floor(random() * 30), pick(faults))
  const limits = { snapshotAfterBytes: 400 }
  let store: ConversationStore
  try {
    store = await within(`the start, seed ${seed}`, openConversations({ folder, clock, random, files, limits }), soon)
  } catch (error) {
    expect(error, `seed ${seed}`).toMatchObject({ name: 'StoreError', kind: 'refused' })
    return
  }
  store.onNotice(({ message }) => told.push(message))
  const settings = await openSettings({ folder, random, files })
  const pending: Promise<unknown>[] = []
  const records = new Map<string, StoredConversation>()
  for (let at = 0; at < 12; at += 1) {
    const id = pick(['one', 'two', 'three'])
    const act = pick(['append', 'append', 'append', 'rename', 'remove', 'settings', 'list'] as const)
    const done = (async (): Promise<void> => {
      if (act === 'list') return void (await store.list())
      if (act === 'settings') {
        const speed = 0.5 + Math.floor(random() * 10) / 10
        kept.speeds.add(speed)
        await settings.change({ speed })
        kept.speeds = new Set([speed])
        return
      }
      if (act === 'remove') {
        if (!kept.turns.has(id)) return
        records.delete(id)
        // Refused half-way it may lie in the list or in the trash.
        kept.turns.delete(id)
        await store.remove(id)
        kept.removed.add(id)
        return
      }
      const record = records.get(id) ?? (await store.open(id))
      records.set(id, record)
      if (act === 'rename') return void (await record.append([{ type: 'conversation-renamed', title: `Named ${at}` }]))
      const turn = `t${at}`
      const isNew = record.conversation().seq === 0
      await record.append([...(isNew ? [started(id)] : []), ...said(turn)])
      kept.turns.set(id, [...(kept.turns.get(id) ?? []), turn])
    })()
    // Refused in words, or done; nobody else's act is in the way of it.
    pending.push(done.catch((error: unknown) => expect(error, `seed ${seed}`).toBeInstanceOf(Error)))
    await within(`act ${at} ${act}, seed ${seed}`, moving(clock, pending.at(-1)!), soon)
  }
  await within(`the end, seed ${seed}`, moving(clock, store.close()), soon)
  await check(folder, kept, seed)
}

/** From that call on so many are refused. */
function refuseAt(files: WatchedFiles, from: number, count: number, code: string): void {
  let calls = 0
  files.before = (call) => {
    calls += 1
    if (calls < from || calls >= from + count || call === 'close') return
    throw systemError(code)
  }
}

async function check(folder: string, kept: Kept, seed: number): Promise<void> {
  const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(seed) })
  try {
    for (const [id, turns] of kept.turns) {
      const conversation = await store.read(id)
      expect(conversation?.turns.map((turn) => turn.id) ?? [], `${id}, seed ${seed}`).toEqual(
        expect.arrayContaining(turns),
      )
    }
    const trashed = await store.removed()
    for (const id of kept.removed) expect(trashed, `seed ${seed}`).toContain(id)
    const settings = await openSettings({ folder, random: seededRandom(seed) })
    expect([...kept.speeds], `seed ${seed}`).toContain(settings.current().speed)
  } finally {
    await store.close()
  }
}

describe('a disk that refuses', () => {
  it(
    `[D233] at any operation of ${runs} lives: nothing hangs, and what was acknowledged is there`,
    { timeout: 900_000 },
    async () => {
      for (let seed = 1; seed <= runs; seed += 1) await live(seed)
    },
  )
})
