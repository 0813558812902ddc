// The settings on disk: one small JSON file that a person may read and edit, kept as every small file is (kept-file.ts). What a
// newer version put there stays. The fields themselves are core/settings.ts's business.
import { join } from 'node:path'
import { createEmitter } from '../../core/emitter.ts'
import { defaultSettings } from '../../core/default-settings.ts'
import { holdsSecret, readSettings, settingsSchema, type Settings } from '../../core/settings.ts'
import type { KeptShape } from '../../core/store/kept.ts'
import type { Random, Undo } from '../ports.ts'
import { diskFiles, type Files } from './files.ts'
import { openKeptFile } from './kept-file.ts'
import { StoreError } from './store-error.ts'

export interface SettingsStore {
  current(): Settings
  /**
   * Resolves with the new settings when they are on disk. Throws StoreError: `invalid` for a value outside its limits
   * or one that holds a key, `refused` when the disk won't; the settings are then as before.
   */
  change(some: Partial<Settings>): Promise<Settings>
  onChanged(listen: (settings: Settings) => void): Undo
  /** What was wrong with the file when it was opened, one sentence for the person; null when all was well. */
  readonly trouble: string | null
}

export interface SettingsOptions {
  folder: string
  random: Random
  files?: Files
  /** Hears what is wrong with the file, one sentence each. */
  tell?: (message: string) => void
}

interface Stored {
  settings: Settings
  unknown: Record<string, unknown>
}

export const settingsShape: KeptShape<Stored> = {
  version: 1,
  isEdited: true,
  read(stored) {
    const found = readSettings(stored)
    if (found === null) return null
    const { settings, unknown, refused } = found
    if (refused.length === 0) return { value: { settings, unknown }, refused }
    return { value: { settings, unknown }, refused: [`some could not be used (${refused.join(', ')})`] }
  },
  write: ({ settings, unknown }) => ({ ...unknown, ...settings }),
}

/** Never throws: without its file it begins with the defaults and says so. */
export async function openSettings({
  folder,
  random,
  files = diskFiles,
  tell,
}: SettingsOptions): Promise<SettingsStore> {
  const emitter = createEmitter<{ changed: Settings }>()
  const file = await openKeptFile<Stored>({
    files,
    random,
    path: join(folder, 'settings.json'),
    name: 'The settings',
    shape: settingsShape,
    first: { settings: defaultSettings, unknown: {} },
    ...(tell ? { tell } : {}),
  })

  return {
    current: () => file.value().settings,
    async change(some) {
      const { settings } = await file.change((before) => {
        const next = settingsSchema.safeParse({ ...before.settings, ...some })
        if (!next.success) throw new StoreError('invalid', `This can’t be set: ${next.error.issues[0]?.message ?? ''}`)
        if (holdsSecret(next.data)) throw new StoreError('invalid', 'Keys don’t belong into the settings.')
        return { ...before, settings: next.data }
      })
      emitter.emit('changed', settings)
      return settings
    },
    onChanged: (listen) => emitter.on('changed', listen),
    trouble: file.trouble,
  }
}
