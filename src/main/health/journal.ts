// The health journal: one file a day of lines of JSON, kept for a week and bounded. Losing its last line costs nothing, so
// nothing is flushed, and a disk that refuses is no trouble of the conversation's. What the entries mean is core/health.
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { healthEntrySchema, isSample, type HealthEntry } from '../../core/health/entry.ts'

export interface HealthJournal {
  append(entry: HealthEntry): void
  /** In the order in which they happened; what can't be read is left out. Times are wall clock, milliseconds. */
  read(fromMs: number, toMs: number): Promise<HealthEntry[]>
  /** Resolves when everything appended so far is written or given up. */
  settled(): Promise<void>
}

export const keptDays = 7
/** A day of samples every ten seconds is 1.6 MB; events have the rest. */
const mostBytesPerDay = { samples: 2_000_000, all: 2_500_000 }

const dayFile = /^(\d{4}-\d{2}-\d{2})\.jsonl$/

/** UTC, so that a file's day never depends on where the computer is. */
const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)

/** @param folder of the journal's own; made when it is missing (0700) */
export function createHealthJournal(opts: { folder: string; most?: typeof mostBytesPerDay }): HealthJournal {
  const { folder, most = mostBytesPerDay } = opts
  let last: Promise<void> = Promise.resolve()
  let day = ''
  let bytes = 0

  async function beginDay(next: string): Promise<void> {
    day = next
    await mkdir(folder, { recursive: true, mode: 0o700 })
    bytes = await stat(pathOf(day)).then(
      ({ size }) => size,
      () => 0,
    )
    // By their number, not by the clock's: one that was set forward for a moment would take everything.
    const kept = [...new Set([...(await days()), day])].sort()
    // A line that an end half-way left must not swallow the next one.
    if (bytes > 0) await appendFile(pathOf(day), '\n')
    for (const outdated of kept.slice(0, -(keptDays + 1))) await rm(pathOf(outdated), { force: true })
  }

  async function write(entry: HealthEntry): Promise<void> {
    const entryDay = dayOf(entry.atMs)
    if (entryDay !== day) await beginDay(entryDay)
    const line = `${JSON.stringify(entry)}\n`
    if (bytes + line.length > most[isSample(entry) ? 'samples' : 'all']) return
    await appendFile(pathOf(day), line, { mode: 0o600 })
    bytes += line.length
  }

  const pathOf = (name: string): string => join(folder, `${name}.jsonl`)

  async function days(): Promise<string[]> {
    const names = await readdir(folder).catch(() => [])
    return names.flatMap((name) => dayFile.exec(name)?.[1] ?? []).sort()
  }

  return {
    append(entry) {
      last = last.then(() => write(entry)).catch(() => undefined)
    },
    async read(fromMs, toMs) {
      await last
      const wanted = (await days()).filter((each) => each >= dayOf(fromMs) && each <= dayOf(toMs))
      const texts = await Promise.all(wanted.map((each) => readFile(pathOf(each), 'utf8').catch(() => '')))
      return texts
        .flatMap((text) => text.split('\n').flatMap(parseLine))
        .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    },
    settled: () => last,
  }
}

function parseLine(line: string): HealthEntry[] {
  try {
    const read = healthEntrySchema.safeParse(JSON.parse(line))
    return read.success ? [read.data] : []
  } catch {
    return []
  }
}
