// One look at the whole data folder, by whoever holds it: the running app, or `parley check`.
import type { CheckReport } from '../../core/store/check-report.ts'
import type { Random } from '../ports.ts'
import type { ConversationStore } from '../store/conversations.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { checkSmallFiles } from './small-files.ts'

export interface CheckOpts {
  store: Pick<ConversationStore, 'check'>
  folder: string
  random: Random
  /** Mends what can be mended; nothing that was found is thrown away. */
  repair: boolean
  files?: Files
  /** Holds the folder for the small files, where nobody does yet. */
  hold?: () => Promise<() => Promise<void>>
}

export async function checkFolder({ store, hold, files = diskFiles, ...opts }: CheckOpts): Promise<CheckReport> {
  const release = await hold?.()
  let small: CheckReport
  try {
    small = await checkSmallFiles({ ...opts, files })
  } finally {
    await release?.()
  }
  const conversations = await store.check(opts.repair)
  return { looked: small.looked + conversations.looked, found: [...small.found, ...conversations.found] }
}
