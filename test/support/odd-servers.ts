// The odd tool servers of test/support/tool-servers, as the settings name them; what their processes write down; and whether any of
// those is left.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { McpServer } from '../../src/core/settings.ts'
import { systemClock } from '../../src/main/clock.ts'
import type { Clock } from '../../src/main/ports.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { openShop, type Shop } from './tool-shop.ts'
import { within } from './within.ts'

export const oddFolder = fileURLToPath(new URL('./tool-servers/', import.meta.url))

export const program = (name: string, command: string, ...args: string[]): McpServer => ({
  kind: 'stdio',
  name,
  command,
  args,
  passEnv: ['ODD_NOTES', 'ODD_SECRET'],
  trustsHints: false,
})
export const odd = (name: string, ...more: string[]): McpServer =>
  program(name, process.execPath, join(oddFolder, `${name}.mjs`), name, ...more)

/** Waits are short, so that a whole row of starts fits into a test. */
export const hasty: Clock = { ...systemClock, after: (delayMs, act) => systemClock.after(delayMs / 20, act) }

/** Starts written down by the processes themselves. */
export interface Notes {
  env: NodeJS.ProcessEnv
  starts(name: string): number
  pids(): number[]
  /** Every process that was given these notes, whoever started it. */
  marked(): number[]
  /** Resolves when so many have written themselves down. */
  noted(count: number): Promise<void>
}

export function createNotes(): Notes {
  const file = join(temporaryFolder(), 'notes')
  writeFileSync(file, '')
  const lines = (): string[][] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
  return {
    env: { ODD_NOTES: file, ODD_SECRET: 'not-to-be-shown-anywhere' },
    starts: (name) => lines().filter(([other]) => other === name).length,
    pids: () => lines().map(([, pid]) => Number(pid)),
    marked: () =>
      readdirSync('/proc')
        .filter((pid) => /^\d+$/.test(pid) && carries(pid, `ODD_NOTES=${file}`))
        .map(Number),
    async noted(count) {
      while (lines().length < count) await new Promise((look) => setImmediate(look))
    },
  }
}

function carries(pid: string, variable: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(variable)
  } catch {
    return false
  }
}

/** A process that only waits for its parent's word is none. */
export function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

export async function allGone(pids: readonly number[]): Promise<void> {
  const gone = async (): Promise<void> => {
    while (pids.some(isThere)) await new Promise((look) => setImmediate(look))
  }
  await within('every process to be gone', gone(), { seen: () => pids.filter(isThere).join(' ') })
}

/** One of them by itself. `text` switches a tool on, calls it, and gives its outcome and words without the marks. */
export async function openOdd(
  name: string,
  ...more: string[]
): Promise<Shop & { text(tool: string, given?: object): Promise<string> }> {
  const shop = await openShop([odd(name, ...more)])
  return {
    ...shop,
    async text(tool, given = {}) {
      await shop.turnOn(`${name}__${tool}`)
      const { outcome, output } = await shop.use(`${name}__${tool}`, given)
      return `${outcome}: ${output.replace(/^\[Text from[^\n]*\n\S+\n|\n\S+$/g, '').replace(/\[Text from[^\n]*\n\S+\n/, '')}`
    },
  }
}
