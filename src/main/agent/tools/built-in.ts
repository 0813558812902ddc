// Parley's own tools, in the order in which they are shown.
import { join } from 'node:path'
import type { Clock, Random, WayOut } from '../../ports.ts'
import type { SettingsStore } from '../../store/settings.ts'
import type { Alarms } from '../alarms.ts'
import type { Grants } from '../grants.ts'
import type { Surroundings } from '../ports.ts'
import type { KnownTool } from '../switches.ts'
import { createVersions } from '../versions.ts'
import { createCalculate } from './calculate.ts'
import { createClipboardTools } from './clipboard.ts'
import { createNoteTools } from './notes.ts'
import { createOpeners } from './open.ts'
import { createFileReaders } from './read-files.ts'
import { createReadPage } from './read-page.ts'
import { createRunCommand } from './run-command.ts'
import { createTimerTools } from './timers.ts'
import type { Workbench } from './workbench.ts'
import { createFileWriters } from './write-file.ts'

export interface BuiltInOpts {
  clock: Clock
  random: Random
  folder: string
  settings: SettingsStore
  surroundings: Surroundings
  env: NodeJS.ProcessEnv
  /** Absent: straight. */
  wayOut?: WayOut
  alarms: Alarms
  workbench: Workbench
  grants: Grants
  notesFile: () => string
}

export function createBuiltIn(opts: BuiltInOpts): KnownTool[] {
  const { clock, random, grants, workbench, settings, wayOut } = opts
  const { clipboard, opener } = opts.surroundings
  const versions = createVersions({ folder: join(opts.folder, 'previous'), clock, random })
  const tools = [
    ...createFileReaders(grants, workbench),
    ...createFileWriters({ grants, versions, random }),
    ...createNoteTools({ file: opts.notesFile, versions, clock, random }),
    ...createTimerTools({ alarms: opts.alarms, clock }),
    createReadPage({
      workbench,
      how: () => ({ privateHosts: settings.current().privateHosts, ...(wayOut ? { wayTo: wayOut.find } : {}) }),
    }),
    createCalculate(workbench),
    ...(clipboard ? createClipboardTools(clipboard) : []),
    ...(opener ? createOpeners(opener) : []),
  ]
  return [
    ...tools.map((tool) => ({ tool, key: tool.name, isOffAtFirst: false })),
    { tool: createRunCommand({ grants, clock, env: opts.env }), key: 'run_command', isOffAtFirst: true },
  ]
}
