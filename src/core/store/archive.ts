// The one file that everything is exported to: which files of the data folder are in it, and what it says of itself. A zip with a
// header as its first entry and the list of its contents as its last. Reading and writing it is main/archive's business.
import { z } from 'zod'

export const archiveVersion = 1
export const headerName = 'parley.json'
export const contentsName = 'contents.json'

export const headerSchema = z.object({
  format: z.literal('parley-archive'),
  version: z.number().int().positive(),
  madeMs: z.number(),
  /** Of the Parley that made it. */
  by: z.string(),
})

export const contentsSchema = z.object({
  files: z.record(z.string(), z.object({ bytes: z.number().int().nonnegative(), sha256: z.string() })),
})

export type Contents = z.infer<typeof contentsSchema>

/** Keys stay on this computer; the rest is the system's, this run's, or made anew. */
const leftOut =
  /^(?:lock|orders|(?:keys|devices)\.json|shell|health|crashes|import\.parley-tmp)(?:$|[/.])|\.(?:parley-tmp|before|unreadable)$/

/** @param path below the data folder, with slashes */
export function isExported(path: string): boolean {
  return !leftOut.test(path)
}

const part = /^[^\\/:*?"<>|\p{Cc}]{1,200}$/u
const first = /^(?:conversations|trash|previous|engine)$/
const small =
  /^(?:index\.log|(?:trash|retention|settings|prices|spending|alarms)\.json|notes\.md)(?:\.damaged-[0-9a-f]{8})?$/

/** Whether a name in an archive is one that may be written: below the data folder, and one of Parley's. */
export function isImported(path: string): boolean {
  const parts = path.split('/')
  const [top = ''] = parts
  if (parts.some((one) => one === '.' || one === '..' || !part.test(one)) || parts.length > 8) return false
  return parts.length === 1 ? small.test(top) : first.test(top) && isExported(path)
}

export interface ImportReport {
  conversations: number
  /** Of the same name as one that is there; nothing of it was changed. */
  there: number
  /** Settings, costs, reminders and notes came along: only into a folder in which nothing was yet. */
  isWhole: boolean
}

export function importWords({ conversations, there, isWhole }: ImportReport): string {
  const many = (count: number): string => (count === 1 ? 'One conversation' : `${count} conversations`)
  const left =
    there === 0
      ? ''
      : ` ${many(there)} of the same name ${there === 1 ? 'was' : 'were'} there already and stayed as they are.`
  const rest = isWhole
    ? ' Settings, reminders and notes came along; keys have to be typed again.'
    : ' Settings and notes here stayed as they are.'
  return `${many(conversations)} imported.${left}${rest}`
}
