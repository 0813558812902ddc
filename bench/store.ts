// What keeping costs, by how much is kept: opening, an append and how long it keeps the
// loop, what short starts write beside what is new, and a list of many conversations.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import type { Change } from '../src/core/conversation/change.ts'
import { encodeChange } from '../src/core/store/record.ts'
import { systemClock } from '../src/main/clock.ts'
import { openConversations } from '../src/main/store/conversations.ts'
import { newestPlace } from '../src/core/search-terms.ts'
import { createSearchIndex } from '../src/main/search/search-index.ts'
import { diskFiles, type Files, type OpenFile } from '../src/main/store/files.ts'
import { percentile } from './statistics.ts'

const words = 'About as many words as one says in a sentence to a companion.'
const turn = (at: number): Change[] => [
  { type: 'turn-started', turn: `t${at}`, role: 'user', via: 'voice', after: at === 0 ? null : `t${at - 1}` },
  { type: 'words-heard', turn: `t${at}`, text: words },
]

const open = (folder: string, files: Files = diskFiles) =>
  openConversations({ folder, clock: systemClock, random: Math.random, files })

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

async function fill(folder: string, turns: number): Promise<void> {
  const store = await open(folder)
  const record = await store.open('one')
  for (let at = 0; at < turns; at += 250)
    await record.append(Array.from({ length: Math.min(250, turns - at) }, (_, index) => turn(at + index)).flat())
  await store.close()
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

async function measure(turns: number): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const row: string[] = [`${turns.toLocaleString('en')} turns`]
  await fill(folder, turns)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const store = await open(folder)
  const from = performance.now()
  const record = await store.open('one')
  const openMs = performance.now() - from
  const openDelayMs = delay.percentile(99) / 1e6
  row.push(`open ${openMs.toFixed(0)} ms`, `loop p99 ${openDelayMs.toFixed(1)} ms`)
  delay.reset()
  const appendMs: number[] = []
  for (let at = 0; at < 300; at += 1) appendMs.push(await timed(() => record.append(turn(turns + at))))
  row.push(
    `append p99 ${percentile(appendMs, 0.99).toFixed(1)} ms`,
    `loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
  )
  delay.disable()
  await store.close()
  const written = { bytes: 0 }
  let fresh = 0
  for (let start = 0; start < 40; start += 1) {
    const short = await open(folder, counting(written))
    const one = await short.open('one')
    const changes = [...turn(turns + 300 + 2 * start), ...turn(turns + 301 + 2 * start)]
    for (const stored of await one.append(changes)) fresh += encodeChange(stored).length
    await short.list()
    await short.close()
  }
  row.push(`written ÷ new ${(written.bytes / fresh).toFixed(1)}`)
  const low = new Low<Change[]>(new JSONFile(join(folder, 'plain.json')), [])
  for (let at = 0; at < turns; at += 1) low.data.push(...turn(at))
  const lowMs: number[] = []
  for (let at = 0; at < 20; at += 1) lowMs.push(await timed(() => low.update((all) => all.push(...turn(turns + at)))))
  const lowBytes = (await readFile(join(folder, 'plain.json'))).length
  const sqlite = await measureSqlite(folder, turns)
  await rm(folder, { recursive: true })
  const beside = [
    `  plain lowdb`,
    '',
    '',
    `append p99 ${percentile(lowMs, 0.99).toFixed(1)} ms`,
    '',
    `writes ${(lowBytes / 1e6).toFixed(1)} MB each time`,
  ]
  return [row, beside, sqlite]
}

/** SQLite with a flush at each commit, where this Node has it (22.5 and newer). */
async function measureSqlite(folder: string, turns: number): Promise<string[]> {
  interface Database {
    exec(sql: string): void
    prepare(sql: string): { run(...values: (string | number)[]): unknown; all(): unknown[] }
    close(): void
  }
  const name = 'node:sqlite'
  const sqlite = (await import(name).catch(() => null)) as { DatabaseSync: new (path: string) => Database } | null
  if (sqlite === null) return ['  SQLite', 'not in this Node']
  const path = join(folder, 'turns.sqlite')
  const openDatabase = (): Database => {
    const database = new sqlite.DatabaseSync(path)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    return database
  }
  const database = openDatabase()
  database.exec('CREATE TABLE changes (seq INTEGER PRIMARY KEY, change TEXT)')
  const insert = database.prepare('INSERT INTO changes VALUES (?, ?)')
  let seq = 0
  const append = (at: number): void => {
    database.exec('BEGIN')
    for (const change of turn(at)) insert.run((seq += 1), JSON.stringify(change))
    database.exec('COMMIT')
  }
  database.exec('BEGIN')
  for (let at = 0; at < turns; at += 1) for (const change of turn(at)) insert.run((seq += 1), JSON.stringify(change))
  database.exec('COMMIT')
  const appendMs: number[] = []
  for (let at = 0; at < 300; at += 1)
    appendMs.push(
      await timed(() => {
        append(turns + at)
        return Promise.resolve()
      }),
    )
  database.close()
  const openMs = await timed(() => {
    const again = openDatabase()
    const rows = again.prepare('SELECT change FROM changes ORDER BY seq').all() as { change: string }[]
    for (const { change } of rows) JSON.parse(change)
    again.close()
    return Promise.resolve()
  })
  return [`  SQLite`, `open ${openMs.toFixed(0)} ms`, '', `append p99 ${percentile(appendMs, 0.99).toFixed(1)} ms`]
}

async function measureList(count: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  let store = await open(folder)
  for (let at = 0; at < count; at += 1) {
    const record = await store.open(`c${at}`)
    await record.append([{ type: 'conversation-started', conversation: record.id, title: `Talk ${at}` }, ...turn(at)])
    await record.close()
  }
  await store.list()
  await store.close()
  store = await open(folder)
  const listMs = await timed(() => store.list())
  const entries = await store.list()
  const index = createSearchIndex({ clock: systemClock, entries: () => entries, read: (id) => store.read(id) })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const buildMs = await timed(() => index.find('sentence'))
  delay.disable()
  const searches: number[] = []
  // As one types: rare words, and ones that stand in every conversation.
  for (const typed of ['t', 'ta', 'talk 99', 'talk 4711', 'comp', 'companion sentence', 'nowhere'])
    searches.push(
      await timed(async () => {
        const holding = await index.find(typed)
        const hit = entries.find(({ id }) => holding.has(id))
        if (hit) newestPlace((await store.read(hit.id))!, typed)
      }),
    )
  index.stop()
  const renames: number[] = []
  for (let at = 0; at < 20; at += 1)
    renames.push(
      await timed(async () => {
        const record = await store.open(`c${at * 7}`)
        await record.append([{ type: 'conversation-renamed', title: `Another ${at}` }])
        await record.close()
      }),
    )
  await store.close()
  await rm(folder, { recursive: true })
  return [
    `${count.toLocaleString('en')} conversations`,
    `list ${listMs.toFixed(0)} ms`,
    '',
    `rename p50 ${percentile(renames, 0.5).toFixed(1)} ms`,
    `p99 ${percentile(renames, 0.99).toFixed(1)} ms`,
    `first hit ${Math.max(...searches).toFixed(0)} ms at most`,
    `index built in ${(buildMs / 1_000).toFixed(1)} s, loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms`,
  ]
}

export async function run(): Promise<void> {
  const print = (cells: readonly string[]): void => console.log(cells.filter((cell) => cell !== '').join(' · '))
  for (const turns of [1_000, 10_000, 100_000]) for (const row of await measure(turns)) print(row)
  print(await measureList(10_000))
}
