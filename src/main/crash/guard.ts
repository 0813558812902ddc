// What becomes of an error that nobody caught: the record is flushed, a report without anybody's words is left on this computer,
// and the process ends, since nobody knows what state it is in.
import { whatFailed, type Crash } from '../../core/crash-report.ts'
import { createCrashReports } from './reports.ts'

export interface CrashGuard {
  /** Brings everything acknowledged and waiting to the disk; the one that was given last counts. */
  onCrash(flush: () => Promise<void>): void
}

/** EX_SOFTWARE of sysexits.h. */
const crashCode = 70
/** A disk that does not answer must not keep a broken process. */
const flushWithinMs = 1_500

export interface CrashGuardOpts {
  folder: string
  version: string
  /** One sentence for a terminal. */
  say: (message: string) => void
  exit: (code: number) => void
}

/** Holds for the process from now on. */
export function guardAgainstCrashes({ folder, version, say, exit }: CrashGuardOpts): CrashGuard {
  let flush = (): Promise<void> => Promise.resolve()
  let isEnding = false
  const reports = createCrashReports(folder, Date.now)

  async function end(kind: Crash['kind'], thrown: unknown): Promise<void> {
    // Whatever fails while it ends changes nothing any more.
    if (isEnding) return
    isEnding = true
    const failed = whatFailed(thrown)
    const timeout = new Promise<false>((resolve) => setTimeout(() => resolve(false), flushWithinMs))
    const flushed = flush().then(
      () => true,
      () => false,
    )
    const isFlushed = await Promise.race([flushed, timeout])
    const platform = `${process.platform} ${process.arch}, node ${process.versions.node}`
    reports.write({ version, atMs: Date.now(), kind, ...failed, platform, isFlushed })
    say(`Parley ended by an error (${failed.name}). The next start goes on from the last turn and shows the report.`)
    exit(crashCode)
  }

  process.on('uncaughtException', (error) => void end('exception', error))
  process.on('unhandledRejection', (reason) => void end('rejection', reason))
  return {
    onCrash(act) {
      flush = act
    },
  }
}
