// Data folders with random damage: Parley starts in each, what was not hit is as it was, and a loss is told.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../src/core/conversation/reduce.ts'
import { checkFolder } from '../../../src/main/check/check.ts'
import { openConversations } from '../../../src/main/store/conversations.ts'
import { openSettings } from '../../../src/main/store/settings.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 60)
const ids = ['one', 'two', 'three']

let whole: { folder: string; conversations: Map<string, Conversation> }
beforeAll(async () => {
  const folder = temporaryFolder()
  for (let life = 0; life < 3; life += 1) {
    const limits = { snapshotAfterBytes: 900 }
    const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(life), limits })
    for (const id of ids) {
      const record = await store.open(id)
      if (life === 0) await record.append([started(id)])
      for (let turn = 0; turn < 100; turn += 20)
        await record.append(Array.from({ length: 20 }, (_, at) => said(`t${life}-${turn + at}`)).flat())
    }
    await store.list()
    await store.close()
  }
  const settings = await openSettings({ folder, random: seededRandom(7) })
  for (const speed of [1.1, 1.2]) await settings.change({ speed })
  const store = await openConversations({ folder, clock: createStillClock(), random: seededRandom(8) })
  const conversations = new Map<string, Conversation>()
  for (const id of ids) conversations.set(id, (await store.read(id))!)
  await store.close()
  whole = { folder, conversations }
})

function damage(path: string, random: () => number): void {
  const { size } = statSync(path)
  const at = Math.floor(random() * size)
  switch (Math.floor(random() * 5)) {
    case 0: {
      const bytes = readFileSync(path)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      return writeFileSync(path, bytes)
    }
    case 1:
      return truncateSync(path, at)
    case 2:
      return writeFileSync(path, Buffer.alloc(size))
    case 3:
      return rmSync(path)
    default:
      rmSync(path)
      return void mkdirSync(path)
  }
}

async function startDamaged(seed: number): Promise<{ hit: number; lost: number }> {
  const random = seededRandom(seed)
  const folder = temporaryFolder()
  cpSync(whole.folder, folder, { recursive: true, filter: (from) => !from.endsWith('/lock') })
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const paths = names.filter((name) => statSync(join(folder, name)).isFile())
  const hit = Array.from({ length: 1 + Math.floor(random() * 2) }, () => paths[Math.floor(random() * paths.length)]!)
  for (const name of new Set(hit)) damage(join(folder, name), random)
  const told: string[] = []
  const store = await openConversations({ folder, clock: createStillClock(), random })
  let lost = 0
  try {
    store.onNotice(({ message }) => told.push(message))
    await openSettings({ folder, random, tell: (message) => told.push(message) })
    await store.list()
    for (const id of ids) {
      const isHit = hit.some((name) => name.startsWith(`conversations/${id}/`))
      const now = await store.read(id).catch(() => null)
      const before = whole.conversations.get(id)!
      if (!isHit) expect(now, `${id}, seed ${seed}`).toEqual(before)
      const turns = now?.turns ?? []
      const known = new Map(before.turns.map((turn) => [turn.id, turn.text]))
      for (const turn of turns) expect(known.get(turn.id), `seed ${seed}`).toBe(turn.text)
      if (turns.length < before.turns.length) {
        lost += 1
        const record = await store.open(id).catch(() => null)
        await record?.append(said('after'))
      }
    }
    const mended = await checkFolder({ store, folder, random, repair: true })
    const beyond = mended.found.flatMap(({ file, state }) => (state === 'beyond' ? [file] : []))
    const after = await checkFolder({ store, folder, random, repair: false })
    expect(
      after.found.map(({ file }) => file).filter((file) => !beyond.includes(file)),
      `seed ${seed}`,
    ).toEqual([])
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return { hit: hit.length, lost }
}

describe('damaged data folders', () => {
  it(
    `[D234] ${runs} of them: a start in each, what was not hit is as it was, and mending leaves nothing to mend`,
    { timeout: 900_000 },
    async () => {
      let lost = 0
      for (let seed = 1; seed <= runs; seed += 1) lost += (await startDamaged(seed)).lost
      // Few: a snapshot before, the journals and a copy of each segment stand in for what was hit.
      expect(lost).toBeLessThan(0.35 * runs)
    },
  )
})
