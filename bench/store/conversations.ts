// Ten thousand conversations: the list, a new title, and the first hit of what is typed, beside plain lowdb and SQLite with the same.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import { newestPlace } from '../../src/core/search-terms.ts'
import { systemClock } from '../../src/main/clock.ts'
import { createSearchIndex } from '../../src/main/search/search-index.ts'
import { percentile } from '../statistics.ts'
import { openDatabase } from './beside.ts'
import { open, turn } from './filled.ts'
import { timed } from './turns.ts'

const words = 'About as many words as one says in a sentence to a companion.'
/** As one types: rare words, and ones that stand in every conversation. */
const typings = ['t', 'ta', 'talk 99', 'talk 4711', 'comp', 'companion sentence', 'nowhere']
const renames = 40

interface Costs {
  listMs: number
  renameMs: number[]
  searchMs: number[]
}

const line = (name: string, { listMs, renameMs, searchMs }: Costs, more = ''): string =>
  `  ${name}: list ${listMs.toFixed(0)} ms; rename p50 ${percentile(renameMs, 0.5).toFixed(1)} ms, p99 ${percentile(renameMs, 0.99).toFixed(1)} ms; ` +
  `first hit ${Math.max(...searchMs).toFixed(0)} ms at most${more}`

async function ofParley(folder: string, count: number): Promise<string> {
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
  const searchMs: number[] = []
  for (const typed of typings)
    searchMs.push(
      await timed(async () => {
        const holding = await index.find(typed)
        const hit = entries.find(({ id }) => holding.has(id))
        if (hit) newestPlace((await store.read(hit.id))!, typed)
      }),
    )
  index.stop()
  const renameMs: number[] = []
  for (let at = 0; at < renames; at += 1)
    renameMs.push(
      await timed(async () => {
        const record = await store.open(`c${at * 3}`)
        await record.append([{ type: 'conversation-renamed', title: `Another ${at}` }])
        await record.close()
      }),
    )
  await store.close()
  const built = `; index built in ${(buildMs / 1_000).toFixed(1)} s in slices, loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms`
  return line('Parley', { listMs, renameMs, searchMs }, built)
}

/** All in one file, as lowdb has it. */
async function ofLowdb(path: string, count: number): Promise<string> {
  type Talk = { id: string; title: string; text: string }
  const first = new Low<Talk[]>(new JSONFile(path), [])
  for (let at = 0; at < count; at += 1) first.data.push({ id: `c${at}`, title: `Talk ${at}`, text: words })
  await first.write()
  const low = new Low<Talk[]>(new JSONFile(path), [])
  const listMs = await timed(() => low.read())
  const searchMs: number[] = []
  for (const typed of typings)
    searchMs.push(
      await timed(() => {
        const wanted = typed.split(' ')
        low.data.find(({ title, text }) => wanted.every((one) => `${title} ${text}`.toLowerCase().includes(one)))
        return Promise.resolve()
      }),
    )
  const renameMs: number[] = []
  for (let at = 0; at < renames; at += 1)
    renameMs.push(
      await timed(() =>
        low.update((all) => {
          all[at * 3]!.title = `Another ${at}`
        }),
      ),
    )
  return line('plain lowdb, no flush', { listMs, renameMs, searchMs })
}

async function ofSqlite(path: string, count: number): Promise<string> {
  const database = await openDatabase(path)
  if (database === null) return '  SQLite: not in this Node'
  database.exec('CREATE TABLE talks (id TEXT PRIMARY KEY, title TEXT, used INTEGER)')
  database.exec('CREATE INDEX by_use ON talks (used)')
  database.exec('CREATE VIRTUAL TABLE found USING fts5 (id UNINDEXED, text, prefix = 1)')
  const [talk, text] = [
    database.prepare('INSERT INTO talks VALUES (?, ?, ?)'),
    database.prepare('INSERT INTO found VALUES (?, ?)'),
  ]
  database.exec('BEGIN')
  for (let at = 0; at < count; at += 1) {
    talk.run(`c${at}`, `Talk ${at}`, at)
    text.run(`c${at}`, `Talk ${at} ${words}`)
  }
  database.exec('COMMIT')
  const now = (act: () => unknown): Promise<number> => timed(() => Promise.resolve(act()))
  const listMs = await now(() => database.prepare('SELECT * FROM talks ORDER BY used DESC').all())
  const find = database.prepare('SELECT id FROM found WHERE found MATCH ? LIMIT 1')
  const searchMs: number[] = []
  for (const typed of typings) {
    const wanted = typed
      .split(' ')
      .map((one) => `"${one}"*`)
      .join(' ')
    searchMs.push(await now(() => find.all(wanted)))
  }
  const rename = database.prepare('UPDATE talks SET title = ? WHERE id = ?')
  const renameMs: number[] = []
  for (let at = 0; at < renames; at += 1) renameMs.push(await now(() => rename.run(`Another ${at}`, `c${at * 3}`)))
  database.close()
  return line('SQLite with FTS5', { listMs, renameMs, searchMs })
}

export async function measureConversations(count: number): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  try {
    return [
      `${count.toLocaleString('en')} conversations`,
      await ofParley(join(root, 'own'), count),
      await ofSqlite(join(root, 'talks.sqlite'), count),
      await ofLowdb(join(root, 'plain.json'), count),
    ]
  } finally {
    await rm(root, { recursive: true })
  }
}
