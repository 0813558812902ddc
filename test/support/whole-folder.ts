// Everything that Parley keeps in its data folder, opened together as one process has it. What is done with it is folder-acts.ts's;
// which disk lies below is the caller's.
import { join } from 'node:path'
import { createNotebookFile } from '../../src/engine/notebook/notebook-file.ts'
import { openAlarms } from '../../src/main/agent/alarms.ts'
import { openTaskLog } from '../../src/main/agent/task-log.ts'
import { createNoteTools } from '../../src/main/agent/tools/notes.ts'
import { createVersions } from '../../src/main/agent/versions.ts'
import { createCrashReports } from '../../src/main/crash/reports.ts'
import { createHealthJournal } from '../../src/main/health/journal.ts'
import { openKeptLink } from '../../src/main/link/kept.ts'
import type { Random } from '../../src/main/ports.ts'
import { createKeyring } from '../../src/main/shell/keyring.ts'
import { openSpending } from '../../src/main/spending.ts'
import { conversationFolder, openConversations } from '../../src/main/store/conversations.ts'
import { diskFiles } from '../../src/main/store/files.ts'
import { forgetInNotebook } from '../../src/main/store/forget-notebook.ts'
import { openSettings } from '../../src/main/store/settings.ts'
import type { StillClock } from './still-clock.ts'

export interface LifeOpts {
  folder: string
  clock: StillClock
  random: Random
}

/** One process's hold of the folder. */
export type Life = Awaited<ReturnType<typeof openLife>>

export async function openLife({ folder, clock, random }: LifeOpts) {
  // No sentence of damage is expected: what the power leaves is no damage.
  const told: string[] = []
  const tell = (message: string): void => void told.push(message)
  const forget = forgetInNotebook({ folder, random, stopEngine: () => Promise.resolve() })
  const store = await openConversations({
    folder,
    clock,
    random,
    limits: { snapshotAfterBytes: 900 },
    forgetElsewhere: forget,
  })
  let ids = 0
  const newId = (prefix: string): string => `${prefix}-${Math.floor(random() * 1e9)}-${(ids += 1)}`
  const cipher = {
    isSecret: () => Promise.resolve(false),
    encrypt: () => Promise.reject(new Error()),
    decrypt: () => Promise.reject(new Error()),
  }
  try {
    const settings = await openSettings({ folder, random, tell })
    const alarms = await openAlarms({ folder, clock, random, newId, onDue: () => false, tell })
    const spending = await openSpending({
      folder,
      clock,
      random,
      limit: () => ({ capUsd: null, inUse: [], accepted: [] }),
      tell,
    })
    const keys = createKeyring({ folder, cipher, random, env: {}, tell })
    const link = await openKeptLink({ folder, clock, random, newId, tell })
    const versions = createVersions({ folder: join(folder, 'previous'), clock, random })
    const notes = createNoteTools({ file: () => join(folder, 'notes.md'), versions, clock, random })
    const notebook = createNotebookFile(join(folder, 'engine'))
    const { notebook: noted } = await notebook.load()
    const health = createHealthJournal({ folder: join(folder, 'health') })
    return {
      folder,
      clock,
      random,
      told,
      store,
      settings,
      alarms,
      spending,
      keys,
      link,
      versions,
      notebook,
      noted: { value: noted },
      health,
      crashes: createCrashReports(folder, () => clock.nowMs()),
      taskLog: (conversation: string, task: string) =>
        openTaskLog(diskFiles, join(conversationFolder(folder, conversation), 'tasks'), task),
      async useNotes(name: string, given: Record<string, unknown>): Promise<void> {
        const prepared = notes.find((tool) => tool.name === name)!.prepare(given)
        if ('why' in prepared) throw new Error(prepared.why)
        await (await prepared.settle()).run(new AbortController().signal, true)
      },
      async end(): Promise<void> {
        await Promise.allSettled([alarms.close(), spending.stop(), link.settled(), health.settled()])
        await store.close()
      },
    }
  } catch (error) {
    await store.close().catch(() => undefined)
    throw error
  }
}
