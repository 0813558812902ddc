// What each request about the data folder as a whole does.
import { isAbsolute, join } from 'node:path'
import { importWords } from '../../core/store/archive.ts'
import type { Answers, ArgumentOf } from '../../core/ipc.ts'
import type { dataRequests } from '../../core/data-requests.ts'
import { checkFolder } from '../check/check.ts'
import { atHome } from '../home-path.ts'
import { createCrashReports } from '../crash/reports.ts'
import type { AppOpts } from './app-opts.ts'
import { RefusedRequest } from './reply.ts'
import type { AppParts } from './app-parts.ts'

type Name = keyof typeof dataRequests
type DataHandlers = { [One in Name]: (argument: ArgumentOf<One>) => Promise<Answers[One]> }

export function createDataHandlers({ folder, store, clock, version }: AppOpts, parts: AppParts): DataHandlers {
  const reports = createCrashReports(folder, () => clock.nowMs())
  return {
    'check-files': ({ repair }) => checkFolder({ folder, store, random: Math.random, repair }),
    crashes: ({ which }) => Promise.resolve(which === 'new' ? reports.takeNew() : reports.list()),
    async 'export-all'({ folder: into }) {
      const nowMs = clock.nowMs()
      const day = new Date(nowMs).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')
      const { exportAll } = await import('../archive/export.ts')
      const { file } = await exportAll({ folder, file: join(absolute(into), `parley-${day}.zip`), version, nowMs })
      return { file }
    },
    async 'import-all'({ file }) {
      // Settings and notes are in use here: conversations alone come along.
      const { importAll } = await import('../archive/import.ts')
      const report = await importAll({ folder, file: absolute(file), isFresh: false })
      await parts.conversations.load()
      return { message: importWords(report) }
    },
  }
}

function absolute(given: string): string {
  const path = atHome(given)
  if (!isAbsolute(path)) throw new RefusedRequest('invalid', 'Give the whole path, from / or ~ on.')
  return path
}
