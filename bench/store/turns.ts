// One conversation of so many turns: opening it, also after a kill, appending to it, and what short starts write. Its own appends and
// those of what stands beside it take turns, so that a busy disk is busy for all.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { execFile } from 'node:child_process'
import { createHistogram, monitorEventLoopDelay, type RecordableHistogram } from 'node:perf_hooks'
import { encodeChange } from '../../src/core/store/record.ts'
import { diskFiles, type Files, type OpenFile } from '../../src/main/store/files.ts'
import { percentile } from '../statistics.ts'
import { openBare, openLowdb, openSqlite } from './beside.ts'
import { fillAndKill, open, turn } from './filled.ts'

const opens = 5
const rounds = 10
const appendsOfRound = 100
const starts = 40

export async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

const ms = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`
const worst = (all: readonly number[]): string => ms(Math.max(...all))
const spread = (all: readonly number[]): string => `p50 ${ms(percentile(all, 0.5))}, p99 ${ms(percentile(all, 0.99))}`

/** What an act keeps the loop from. */
function createWatch() {
  const all = createHistogram()
  return {
    async during(act: () => Promise<unknown>): Promise<void> {
      // One that is stopped and goes on would count the time between.
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      await act().finally(() => delay.disable())
      if (delay.count > 0) all.add(delay as unknown as RecordableHistogram)
    },
    p99Ms: (): number => all.percentile(99) / 1e6,
  }
}

async function openMs(folder: string, watch: ReturnType<typeof createWatch>): Promise<number> {
  const store = await open(folder)
  let tookMs = 0
  await watch.during(async () => (tookMs = await timed(() => store.open('one'))))
  await store.close()
  return tookMs
}

function counting(written: { bytes: number }): Files {
  const count = (file: OpenFile): OpenFile => ({
    ...file,
    write(bytes, offset) {
      written.bytes += bytes.length
      return file.write(bytes, offset)
    },
  })
  return {
    ...diskFiles,
    create: async (path) => count(await diskFiles.create(path)),
    async append(path) {
      const { file, bytes } = await diskFiles.append(path)
      return { file: count(file), bytes }
    },
  }
}

/** @returns bytes written for each new one, over many short starts with two turns each */
async function writtenByStarts(folder: string, turns: number): Promise<number> {
  const written = { bytes: 0 }
  let fresh = 0
  for (let start = 0; start < starts; start += 1) {
    const short = await open(folder, counting(written))
    const one = await short.open('one')
    const changes = [...turn(turns + 2 * start), ...turn(turns + 1 + 2 * start)]
    for (const stored of await one.append(changes)) fresh += encodeChange(stored).length
    await short.list()
    await short.close()
  }
  return written.bytes / fresh
}

export async function measureTurns(turns: number): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  try {
    return await measureIn(root, turns)
  } finally {
    await rm(root, { recursive: true })
  }
}

async function measureIn(root: string, turns: number): Promise<string[]> {
  const killed = join(root, 'killed')
  await fillAndKill(killed, turns)
  const opening = createWatch()
  const afterKillMs: number[] = []
  let folder = ''
  for (let at = 0; at < opens; at += 1) {
    folder = join(root, `copy${at}`)
    await cp(killed, folder, { recursive: true, filter: (path) => !path.endsWith('/lock') })
    // What was acknowledged had been flushed where it was written.
    await promisify(execFile)('sync', ['-f', folder])
    afterKillMs.push(await openMs(folder, opening))
  }
  const afterCloseMs: number[] = []
  for (let at = 0; at < opens; at += 1) afterCloseMs.push(await openMs(folder, opening))

  const low = await openLowdb(join(root, 'plain.json'), turns)
  const sqlite = await openSqlite(join(root, 'turns.sqlite'), turns)
  const lowOpenMs = [await timed(() => low.reopen()), await timed(() => low.reopen())]
  const sqliteOpenMs = sqlite === null ? [] : [await timed(() => sqlite.reopen()), await timed(() => sqlite.reopen())]
  const bare = await openBare(join(root, 'bare.log'))

  const store = await open(folder)
  const record = await store.open('one')
  const [own, flush] = [createWatch(), createWatch()]
  const [ownMs, bareMs, sqliteMs, lowMs]: number[][] = [[], [], [], []]
  let next = turns
  const some = async (into: number[], act: (at: number) => Promise<unknown>, count = appendsOfRound): Promise<void> => {
    for (let at = 0; at < count; at += 1) into.push(await timed(() => act(next + at)))
  }
  for (let round = 0; round < rounds; round += 1) {
    await own.during(() => some(ownMs!, (at) => record.append(turn(at))))
    await flush.during(() => some(bareMs!, (at) => bare.append(at)))
    if (sqlite !== null) await some(sqliteMs!, (at) => sqlite.append(at))
    await some(lowMs!, (at) => low.append(at), 3)
    next += appendsOfRound
  }
  await store.close()
  await bare.close()
  const ratio = await writtenByStarts(folder, next)
  const lowBytes = await low.bytes()
  await sqlite?.close()
  return [
    `${turns.toLocaleString('en')} turns`,
    `  Parley: open ${worst(afterCloseMs)}, after a kill ${worst(afterKillMs)} (the worst of ${opens}), loop p99 ${ms(opening.p99Ms())}; ` +
      `append ${spread(ownMs!)}, loop p99 ${ms(own.p99Ms())}; written ÷ new over ${starts} short starts ${ratio.toFixed(1)}`,
    `  a bare append and flush: ${spread(bareMs!)}, loop p99 ${ms(flush.p99Ms())}`,
    sqlite === null
      ? '  SQLite: not in this Node'
      : `  SQLite: open ${worst(sqliteOpenMs)}; append ${spread(sqliteMs!)}, which the loop waits for`,
    `  plain lowdb, no flush: open ${worst(lowOpenMs)}; append ${spread(lowMs!)}, ${(lowBytes / 1e6).toFixed(1)} MB written each time`,
  ]
}
