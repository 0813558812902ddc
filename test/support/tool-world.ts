// A person's computer in a temporary folder with all of Parley's own tools on it, and a look at everything that they could
// have changed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAlarms } from '../../src/main/agent/alarms.ts'
import { createGrants } from '../../src/main/agent/grants.ts'
import type { Tool } from '../../src/main/agent/tool.ts'
import { createBuiltIn } from '../../src/main/agent/tools/built-in.ts'
import type { FetchOpts } from '../../src/main/agent/tools/fetch-page.ts'
import { createReadPage } from '../../src/main/agent/tools/read-page.ts'
import type { Workbench } from '../../src/main/agent/tools/workbench.ts'
import { openSettings } from '../../src/main/store/settings.ts'
import type { StillClock } from './still-clock.ts'
import { seededRandom } from './seeded-random.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface ToolWorld {
  tools: Tool[]
  /** The granted folder. */
  notes: string
  /** Parley's own folder. */
  own: string
  /** Everything that a tool could have changed, as one value. */
  look(): unknown
}

export async function openToolWorld(opts: {
  clock: StillClock
  workbench: Workbench
  pages: FetchOpts
}): Promise<ToolWorld> {
  const { clock, workbench, pages } = opts
  const random = seededRandom(1)
  const folder = temporaryFolder()
  const [own, notes] = [join(folder, 'own'), join(folder, 'Notes')]
  mkdirSync(own)
  mkdirSync(notes)
  writeFileSync(join(notes, 'todo.md'), 'milk\n')
  writeFileSync(join(own, 'notes.md'), '# Notes\n- bread\n')
  const settings = await openSettings({ folder: own, random })
  await settings.change({ grantedFolders: [notes] })
  const outside: string[] = []
  let copied = 'what I copied'
  let ids = 0
  const alarms = await openAlarms({
    clock,
    random,
    newId: (prefix) => `${prefix}_${++ids}`,
    folder: own,
    onDue: () => true,
  })
  const added = await alarms.add({ text: 'tea', dueMs: clock.nowMs() + 3_600_000 })
  const known = createBuiltIn({
    clock,
    random,
    folder: own,
    settings,
    surroundings: {
      clipboard: {
        async read() {
          outside.push('clipboard read')
          return copied
        },
        async write(text) {
          copied = text
        },
      },
      opener: {
        openLink: async (href) => void outside.push(href),
        openApp: async (name) => outside.push(name) > 0,
      },
    },
    env: process.env,
    alarms,
    workbench,
    grants: createGrants({ folders: () => settings.current().grantedFolders, own }),
    notesFile: () => join(own, 'notes.md'),
  })
  await alarms.close()
  const tools = known.map(({ tool }) => tool).filter(({ name }) => name !== 'read_page')
  return {
    tools: [...tools, createReadPage({ workbench, how: () => pages })],
    notes,
    own,
    look: () => ({
      files: contents(notes),
      notes: readFileSync(join(own, 'notes.md'), 'utf8'),
      alarms: alarms.list().map(({ text, dueMs }) => ({ text, dueMs })),
      hadTea: alarms.list().some(({ id }) => id === added.id),
      copied,
      outside: [...outside],
    }),
  }
}

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
