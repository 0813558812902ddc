// The reports of errors that ended Parley, on this computer alone: five at most, for thirty days, numbered in their order.
// Written while the process dies, so without waiting. What stands in one is core/crash-report.ts's business.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crashSchema, crashText, type Crash, type CrashView } from '../../core/crash-report.ts'

export interface CrashReports {
  /** Never throws: a disk that refuses must not keep a dying process. */
  write(crash: Crash): void
  /** The newest first. */
  list(): CrashView[]
  /** Those that were not told of yet, the newest first; they count as told from now on. */
  takeNew(): CrashView[]
}

const mostReports = 5
const keptMs = 30 * 24 * 3_600_000
const fileName = /^(\d{8})\.json$/
/** The number of the last one that was told. */
const toldName = 'told'

export function createCrashReports(folder: string, nowMs: () => number): CrashReports {
  const home = join(folder, 'crashes')

  function numbers(): number[] {
    try {
      return readdirSync(home)
        .flatMap((name) => fileName.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((one, other) => one - other)
    } catch {
      return []
    }
  }

  const pathOf = (number: number): string => join(home, `${String(number).padStart(8, '0')}.json`)

  function read(number: number): Crash | null {
    try {
      return crashSchema.safeParse(JSON.parse(readFileSync(pathOf(number), 'utf8'))).data ?? null
    } catch {
      return null
    }
  }

  const remove = (number: number): void => rmSync(pathOf(number), { force: true })

  function entries(): { number: number; view: CrashView }[] {
    return numbers()
      .toReversed()
      .flatMap((number) => {
        const crash = read(number)
        return crash === null ? [] : [{ number, view: { crash, text: crashText(crash) } }]
      })
  }

  function told(): number {
    try {
      return Number(readFileSync(join(home, toldName), 'utf8')) || 0
    } catch {
      return 0
    }
  }

  return {
    write(crash) {
      try {
        mkdirSync(home, { recursive: true, mode: 0o700 })
        const all = numbers()
        const next = (all.at(-1) ?? told()) + 1
        writeFileSync(pathOf(next), `${JSON.stringify(crash)}\n`, { mode: 0o600, flush: true })
        for (const outdated of all.slice(0, -(mostReports - 1))) remove(outdated)
      } catch {
        // The start after it tells nothing of it; the record does not depend on it.
      }
    },
    list: () => entries().map(({ view }) => view),
    takeNew() {
      const last = told()
      const all = entries()
      try {
        for (const { number, view } of all) if (nowMs() - view.crash.atMs > keptMs) remove(number)
        const [newest] = all
        if (newest !== undefined && newest.number > last)
          writeFileSync(join(home, toldName), String(newest.number), { mode: 0o600 })
      } catch {
        // Told once more at the next start.
      }
      return all.filter(({ number }) => number > last).map(({ view }) => view)
    },
  }
}
