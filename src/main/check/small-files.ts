// Looks at the small files of the data folder (settings, costs, reminders, …), and has mended what can be mended, which is what
// opening them does. Who owns each of them is docs/architecture.md's list.
import { join } from 'node:path'
import type { Finding } from '../../core/store/check-report.ts'
import { decodeKept, type KeptShape } from '../../core/store/kept.ts'
import { alarmsShape } from '../agent/alarms.ts'
import { dialectsShape } from '../dialects.ts'
import type { Random } from '../ports.ts'
import { keysShape } from '../shell/keyring.ts'
import { spendingShape } from '../spending.ts'
import { trashShape } from '../store/deleting.ts'
import type { Files } from '../store/files.ts'
import { openKeptFile } from '../store/kept-file.ts'
import { retentionShape } from '../store/retention.ts'
import { settingsShape } from '../store/settings.ts'
import { faultOf } from '../store/store-error.ts'
import { defaultSettings } from '../../core/default-settings.ts'

interface SmallFile {
  /** Null: all of it is in order, or there is none. */
  look(folder: string, files: Files): Promise<{ file: string; message: string } | null>
  /** @returns what was done, in words */
  mend(folder: string, files: Files, random: Random): Promise<{ said: string[]; isMended: boolean }>
}

function smallFile<Value>(
  file: string,
  name: string,
  shape: KeptShape<Value>,
  first: Value,
  isSecret = false,
): SmallFile {
  async function look(folder: string, files: Files): Promise<{ file: string; message: string } | null> {
    try {
      const bytes = await files.read(join(folder, file))
      const read = bytes === null ? null : decodeKept(shape, bytes)
      if (read?.type === 'damaged') return { file, message: `${name} are damaged.` }
      return read?.type === 'partly' ? { file, message: `${name}: ${read.found.refused.join('; ')}.` } : null
    } catch (error) {
      return { file, message: `${name} can’t be read (${faultOf(error)}).` }
    }
  }
  return {
    look,
    async mend(folder, files, random) {
      const said: string[] = []
      const path = join(folder, file)
      const tell = (message: string): void => void said.push(message)
      await openKeptFile({ files, random, path, name, shape, first, isSecret, isMending: true, tell })
      return { said, isMended: (await look(folder, files)) === null }
    },
  }
}

const smallFiles: readonly SmallFile[] = [
  smallFile('settings.json', 'The settings', settingsShape, { settings: defaultSettings, unknown: {} }),
  smallFile('spending.json', 'The day’s costs', spendingShape, []),
  smallFile('dialects.json', 'What was found of servers', dialectsShape, []),
  smallFile('alarms.json', 'The reminders', alarmsShape, []),
  smallFile('trash.json', 'The times in the trash', trashShape, {}),
  smallFile('retention.json', 'The times of what is kept', retentionShape, {}),
  smallFile('keys.json', 'The keys', keysShape, {}, true),
]

export async function checkSmallFiles(opts: {
  files: Files
  random: Random
  folder: string
  repair: boolean
}): Promise<{ looked: number; found: Finding[] }> {
  const { files, random, folder, repair } = opts
  const found: Finding[] = []
  for (const one of smallFiles) {
    const wrong = await one.look(folder, files)
    if (wrong === null) continue
    if (!repair) {
      found.push({ ...wrong, state: 'left', kept: [] })
      continue
    }
    const { said, isMended } = await one.mend(folder, files, random)
    found.push({
      file: wrong.file,
      message: said.join(' ') || wrong.message,
      state: isMended ? 'mended' : 'beyond',
      kept: [],
    })
  }
  return { looked: smallFiles.length, found }
}
