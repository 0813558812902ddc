// An official tool server from npm, unmodified, named in a data folder's settings with some of its tools switched on; and the
// process in which it runs.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { McpServer } from '../../src/core/settings.ts'
import { switchTool } from '../../src/main/agent/switches.ts'
import { openToolWorkshop } from './tool-workshop.ts'

const packageFile = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/package.json')
const entry = join(packageFile, '..', 'dist/index.js')

const everything: McpServer = {
  kind: 'stdio',
  name: 'everything',
  command: process.execPath,
  args: [entry],
  passEnv: [],
  trustsHints: false,
}

/** Writes it to `settings.json` as a person does: names the server, then switches on these of its tools. */
export async function nameToolServer(folder: string, tools: readonly string[]): Promise<void> {
  const { settings, workshop } = await openToolWorkshop(folder, [everything])
  try {
    await new Promise<void>((resolve) => {
      const look = (): void => (workshop.servers().every(({ state }) => state === 'ready') ? resolve() : undefined)
      workshop.onChanged(look)
      look()
    })
    for (const known of workshop.known())
      if (tools.some((name) => known.tool.name === `${everything.name}__${name}`))
        await settings.change(switchTool(known, true, settings.current()))
  } finally {
    await workshop.close()
  }
}

/** The process that runs it for this one. @throws when there is none */
export function toolServerProcess(): number {
  const running = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = running.find((pid) => {
    try {
      const [, parent] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
      return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(entry)
    } catch {
      // It has ended between the list and the look.
      return false
    }
  })
  if (found === undefined) throw new Error('No tool server runs here.')
  return Number(found)
}
