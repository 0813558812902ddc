// The yardsticks beside the record: a bare append with a flush, plain lowdb, and SQLite with a flush at each commit where this
// Node has it (22.5 and newer).
import { open as openFile, readFile } from 'node:fs/promises'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import { turn } from './filled.ts'

export interface Beside {
  append(at: number): Promise<void>
  /** Closes it and opens it anew: all is in memory afterwards. */
  reopen(): Promise<void>
  close(): Promise<void>
}

const linesOf = (at: number): string =>
  turn(at)
    .map((change) => `${JSON.stringify(change)}\n`)
    .join('')

/** No less can be had: the same words behind the others of a file, and one flush. */
export async function openBare(path: string): Promise<Pick<Beside, 'append' | 'close'>> {
  const file = await openFile(path, 'a')
  return {
    async append(at) {
      await file.write(linesOf(at))
      await file.datasync()
    },
    close: () => file.close(),
  }
}

/** Acknowledged without a flush, as lowdb does. */
export async function openLowdb(path: string, turns: number): Promise<Beside & { bytes(): Promise<number> }> {
  let low = new Low<unknown[]>(new JSONFile(path), [])
  for (let at = 0; at < turns; at += 1) low.data.push(...turn(at))
  await low.write()
  return {
    append: (at) => low.update((all) => all.push(...turn(at))),
    async reopen() {
      low = new Low<unknown[]>(new JSONFile(path), [])
      await low.read()
    },
    bytes: async () => (await readFile(path)).length,
    close: () => Promise.resolve(),
  }
}

export interface Database {
  exec(sql: string): void
  prepare(sql: string): { run(...values: (string | number)[]): unknown; all(...values: string[]): unknown[] }
  close(): void
}

/** Null where this Node has none. */
export async function openDatabase(path: string): Promise<Database | null> {
  const name = 'node:sqlite'
  const sqlite = (await import(name).catch(() => null)) as { DatabaseSync: new (path: string) => Database } | null
  if (sqlite === null) return null
  const database = new sqlite.DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  return database
}

export async function openSqlite(path: string, turns: number): Promise<Beside | null> {
  const first = await openDatabase(path)
  if (first === null) return null
  let database = first
  database.exec('CREATE TABLE changes (seq INTEGER PRIMARY KEY, change TEXT)')
  let seq = 0
  const insertTurns = (from: number, to: number): void => {
    const insert = database.prepare('INSERT INTO changes VALUES (?, ?)')
    database.exec('BEGIN')
    for (let at = from; at < to; at += 1) for (const change of turn(at)) insert.run((seq += 1), JSON.stringify(change))
    database.exec('COMMIT')
  }
  insertTurns(0, turns)
  return {
    append(at) {
      insertTurns(at, at + 1)
      return Promise.resolve()
    },
    async reopen() {
      database.close()
      database = (await openDatabase(path)) ?? first
      const rows = database.prepare('SELECT change FROM changes ORDER BY seq').all() as { change: string }[]
      for (const { change } of rows) JSON.parse(change)
    },
    close() {
      database.close()
      return Promise.resolve()
    },
  }
}
