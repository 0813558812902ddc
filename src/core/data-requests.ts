// What a window may ask about the data folder as a whole: a part of the contract (ipc.ts).
import { z } from 'zod'
import type { CrashView } from './crash-report.ts'
import type { CheckReport } from './store/check-report.ts'
import { ask } from './tool-server-requests.ts'

const path = z.string().trim().min(1).max(4_096)

export const dataRequests = {
  /** Looks at everything that is kept; `repair` mends what can be mended. */
  'check-files': ask(z.object({ repair: z.boolean() }), 'here'),
  /** Errors that ended Parley: those that nobody was told of yet, or all that there are. */
  crashes: ask(z.object({ which: z.enum(['new', 'all']) }), 'here'),
  /** Everything that is kept in one file in that folder (absolute path, or one from `~` on). */
  'export-all': ask(z.object({ folder: path }), 'here'),
  /** What such a file holds. */
  'import-all': ask(z.object({ file: path }), 'here'),
} as const

export interface DataAnswers {
  'check-files': CheckReport
  crashes: CrashView[]
  /** The file that was made. */
  'export-all': { file: string }
  /** One sentence. */
  'import-all': { message: string }
}
