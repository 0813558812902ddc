// `parley check`, `parley export`, `parley import`: what is done with the data folder while no Parley runs. The window does the
// same while one does.
import { checkCode, checkWords } from '../../core/store/check-report.ts'
import { importWords } from '../../core/store/archive.ts'
import { printableJson } from '../../core/printable.ts'
import { checkFolder } from '../check/check.ts'
import { systemClock } from '../clock.ts'
import { openConversations, type ConversationStore } from '../store/conversations.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { holdFolder } from '../store/lock.ts'
import { StoreError } from '../store/store-error.ts'

export interface DataTerminal {
  folder: string
  version: string
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const dataUsage = `Usage: parley check [--repair] [--json] | export FILE | import FILE

  check          looks at everything that is kept and says what is wrong
    --repair     mends what can be mended; what was found damaged is moved aside, never thrown away
    --json       for programs
  export FILE    everything in one file, without keys
  import FILE    what such a file holds; nothing that is there is replaced

Exit codes: 0 in order, mended or done, 1 something is wrong or was refused, 2 not understood, 3 Parley is running with this folder.`

type Command =
  { type: 'check'; repair: boolean; json: boolean } | { type: 'export' | 'import'; file: string } | { type: 'usage' }

/** @param args what was given to Parley. @returns null when it is no such command */
export function readDataCommand(args: readonly string[]): Command | null {
  const [name, ...rest] = args
  if (name === 'check') {
    const known = rest.every((one) => one === '--repair' || one === '--json')
    return known
      ? { type: 'check', repair: rest.includes('--repair'), json: rest.includes('--json') }
      : { type: 'usage' }
  }
  if (name !== 'export' && name !== 'import') return null
  const [file] = rest
  return rest.length === 1 && file !== undefined && !file.startsWith('-') ? { type: name, file } : { type: 'usage' }
}

/** @returns the exit code, as `dataUsage` says */
export async function runDataCommand(command: Command, terminal: DataTerminal): Promise<number> {
  const { stdout, stderr, folder, version } = terminal
  try {
    switch (command.type) {
      case 'usage':
        stderr.write(`${dataUsage}\n`)
        return 2
      case 'check':
        return await check(command, terminal)
      case 'export': {
        const { exportAll } = await import('../archive/export.ts')
        const release = await holdFolder(folder)
        try {
          const { file, count } = await exportAll({ folder, file: command.file, version, nowMs: Date.now() })
          stdout.write(`Everything is in ${file} (${count} files). Keys are not in it.\n`)
        } finally {
          await release()
        }
        return 0
      }
      case 'import':
        stdout.write(`${await importHeld(folder, command.file)}\n`)
        return 0
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    stderr.write(`${error.message}\n`)
    return error.kind === 'in-use' ? 3 : 1
  }
}

async function importHeld(folder: string, file: string): Promise<string> {
  const { importAll } = await import('../archive/import.ts')
  const release = await holdFolder(folder)
  try {
    const { folders } = await diskFiles.list(`${folder}/conversations`)
    const settings = await diskFiles.read(`${folder}/settings.json`)
    return importWords(await importAll({ folder, file, isFresh: folders.length === 0 && settings === null }))
  } finally {
    await release()
  }
}

async function check({ repair, json }: { repair: boolean; json: boolean }, terminal: DataTerminal): Promise<number> {
  const { folder, stdout } = terminal
  const files = repair ? diskFiles : untouched(diskFiles)
  let store: ConversationStore | null = null
  try {
    // The small files first: opening the store mends two of them.
    const report = await checkFolder({
      folder,
      files,
      random: Math.random,
      repair,
      store: {
        async check(isToRepair) {
          store = await openConversations({ folder, files, clock: systemClock, random: Math.random })
          return store.check(isToRepair)
        },
      },
      hold: () => holdFolder(folder),
    })
    const code = checkCode(report)
    if (json) stdout.write(`${printableJson({ ...report, code })}\n`)
    else for (const line of checkWords(report)) stdout.write(`${line}\n`)
    return code
  } finally {
    await (store as ConversationStore | null)?.close()
  }
}

/** Looks, and changes nothing. */
function untouched(files: Files): Files {
  const refuse = (): Promise<never> => Promise.reject(Object.assign(new Error('only looked at'), { code: 'EROFS' }))
  const nothing = (): Promise<void> => Promise.resolve()
  return {
    ...files,
    create: refuse,
    append: refuse,
    rename: refuse,
    flush: nothing,
    remove: nothing,
    makeFolder: nothing,
    syncFolder: nothing,
  }
}
