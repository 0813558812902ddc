// A data folder of which anything is damaged, lost, emptied or exchanged: Parley starts, has everything that was not hit, and tells what it
// can't have. Seen as a window sees it.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openConversations } from '../../../src/main/store/conversations.ts'
import type { Random } from '../../../src/main/ports.ts'
import { beginApp } from '../../support/begun-app.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { said, started } from '../../support/spoken.ts'
import { createStillClock } from '../../support/still-clock.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 8)
const seed = Number(process.env['PARLEY_SEED'] ?? 1)

const base = mkdtempSync(join(tmpdir(), 'parley-test-'))
const whole = join(base, 'whole')
/** Turns of each conversation. */
const kept = new Map<string, string[]>()

beforeAll(async () => {
  for (let life = 0; life < 3; life++) {
    const limits = life === 1 ? { snapshotAfterBytes: 1 } : {}
    const store = await openConversations({
      folder: whole,
      clock: createStillClock(),
      random: seededRandom(life),
      limits,
    })
    for (const id of ['c_one', 'c_two', 'c_three', 'c_four'].slice(0, life === 2 ? 2 : 4)) {
      const record = await store.open(id)
      if (life === 0) await record.append([started(id, `Talk ${id}`)])
      for (let at = 0; at < (id === 'c_one' ? 300 : 5); at++) {
        const turn = `${id}-${life}-${at}`
        kept.set(id, [...(kept.get(id) ?? []), `words of ${turn}`])
        await record.append(said(turn))
      }
      await record.close()
    }
    await store.close()
  }
  // With all that an app keeps besides.
  const app = await beginApp(whole)
  await app.live()
  await app.stop()
}, 60_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

type Damage = (path: string, random: Random) => void
const damages: Record<string, Damage> = {
  flipped(path, random) {
    const bytes = readFileSync(path)
    for (let count = 0; count < 3 && bytes.length > 0; count++) {
      const at = Math.floor(random() * bytes.length)
      bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8))
    }
    writeFileSync(path, bytes)
  },
  shortened: (path, random) => truncateSync(path, Math.floor(random() * statSync(path).size)),
  emptied: (path) => truncateSync(path, 0),
  zeroed: (path) => writeFileSync(path, Buffer.alloc(statSync(path).size)),
  scrambled: (path, random) => writeFileSync(path, Buffer.from(Array.from({ length: 300 }, () => random() * 256))),
  lengthened: (path, random) => writeFileSync(path, Buffer.from([random() * 256, 0, 255]), { flag: 'a' }),
  lost: (path) => rmSync(path),
  'a folder': (path) => {
    rmSync(path)
    mkdirSync(path)
  },
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
}

interface Seen {
  texts: Map<string, string[]>
  told: string[]
}

async function look(folder: string): Promise<Seen> {
  const app = await beginApp(folder)
  try {
    const texts = new Map<string, string[]>()
    const { conversations } = await app.ask('look', null)
    for (const { id } of conversations) {
      const opened = await app.ask('open', { id }).then(
        () => true,
        () => false,
      )
      if (!opened) continue
      const { conversation } = await app.ask('look', null)
      const turns = [...conversation.turns]
      while (conversation.id === id && (kept.get(id)?.length ?? 0) > turns.length && turns[0] !== undefined) {
        const earlier = await app.ask('earlier', { before: turns[0].id }).catch(() => null)
        if (earlier === null || earlier.turns.length === 0) break
        turns.unshift(...earlier.turns)
      }
      texts.set(
        id,
        turns.map(({ text }) => text),
      )
    }
    const told = [
      ...(await app.ask('troubles', null)),
      ...app.told.flatMap((notice) => (notice.type === 'notice' ? [notice.message] : [])),
    ]
    return { texts, told }
  } finally {
    await app.stop()
  }
}

it(
  `[D241] ${runs} damaged folders: Parley starts, what was not hit is whole, and what is missing is told`,
  { timeout: 0 },
  async () => {
    const found: string[] = []
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(seed * 100_000 + run)
      const folder = join(base, `run${run}`)
      cpSync(whole, folder, { recursive: true })
      const files = filesOf(folder)
      const hit: string[] = []
      const names = Object.keys(damages)
      for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
        const file = files[Math.floor(random() * files.length)]!
        const how = names[Math.floor(random() * names.length)]!
        if (hit.some((one) => one.startsWith(`${file} `))) continue
        damages[how]!(join(folder, file), random)
        hit.push(`${file} ${how}`)
      }
      const wrong: string[] = []
      try {
        const { texts, told } = await look(folder)
        for (const [id, turns] of kept) {
          const isHit = hit.some((one) => one.startsWith(`conversations/${id}/`))
          const has = texts.get(id)
          const isWhole = has !== undefined && turns.every((text) => has.includes(text))
          if (isWhole) continue
          if (!isHit) wrong.push(`${id} is not whole though nothing of it was hit`)
          // That its end is missing only the index knows.
          else if (told.length === 0 && !hit.some((one) => one.startsWith('index.log')))
            wrong.push(`${id} lost something and nobody was told`)
        }
      } catch (error) {
        wrong.push(`does not start: ${String(error)}`)
      }
      if (wrong.length > 0) found.push(`${run} (${hit.join(', ')}): ${wrong.join('; ')}`)
      rmSync(folder, { recursive: true, force: true })
    }
    expect(found).toEqual([])
  },
)
