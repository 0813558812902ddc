// The settings on disk: one small JSON file that a person may read and edit. A file that can't be read is set aside,
// never written over; what a newer version put there stays. The fields themselves are core/settings.ts's business.
import { join } from 'node:path'
import { createEmitter } from '../../core/emitter.ts'
import { defaultSettings } from '../../core/default-settings.ts'
import { holdsSecret, readSettings, settingsSchema, type Settings } from '../../core/settings.ts'
import type { Clock, Random, Undo } from '../ports.ts'
import { diskFiles, type Files } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { openDocument } from './snapshot.ts'
import { faultOf, StoreError } from './store-error.ts'

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
  clock: Pick<Clock, 'nowMs'>
  random: Random
  files?: Files
}

interface Stored {
  settings: Settings
  unknown: Record<string, unknown>
}

/** Throws StoreError `refused` when the disk does not give the file. */
export async function openSettings(opts: SettingsOptions): Promise<SettingsStore> {
  const { folder, random, files = diskFiles } = opts
  const path = join(folder, 'settings.json')
  const emitter = createEmitter<{ changed: Settings }>()
  let trouble: string | null = null

  async function read(): Promise<Stored | null> {
    const bytes = await files.read(path)
    if (bytes === null) return null
    const found = readSettings(parse(bytes))
    if (found?.refused.length === 0) return found
    const copy = `${path}.${opts.clock.nowMs()}.broken`
    await replaceFile(files, random, copy, bytes)
    trouble =
      found === null
        ? `The settings could not be read, so the defaults are used. The old file is kept as ${copy}.`
        : `Some settings could not be used (${found.refused.join(', ')}). The old file is kept as ${copy}.`
    return found
  }

  async function write({ settings, unknown }: Stored): Promise<void> {
    await files.makeFolder(folder)
    await replaceFile(files, random, path, Buffer.from(`${JSON.stringify({ ...unknown, ...settings }, null, 2)}\n`))
  }

  const document = await openDocument<Stored>({ read, write }, { settings: defaultSettings, unknown: {} }).catch(
    (error: unknown) => {
      throw new StoreError('refused', `The settings can’t be read (${faultOf(error)}).`, error)
    },
  )
  let last: Promise<unknown> = Promise.resolve()

  async function change(some: Partial<Settings>): Promise<Settings> {
    const before = document.value()
    const next = settingsSchema.safeParse({ ...before.settings, ...some })
    if (!next.success) throw new StoreError('invalid', `This can’t be set: ${next.error.issues[0]?.message ?? ''}`)
    if (holdsSecret(next.data)) throw new StoreError('invalid', 'Keys don’t belong into the settings.')
    document.set({ ...before, settings: next.data })
    try {
      await document.save()
    } catch (error) {
      document.set(before)
      throw new StoreError('refused', `The settings could not be saved (${faultOf(error)}).`, error)
    }
    emitter.emit('changed', next.data)
    return next.data
  }

  return {
    current: () => document.value().settings,
    change(some) {
      const changed = last.then(() => change(some))
      last = changed.catch(() => undefined)
      return changed
    },
    onChanged: (listen) => emitter.on('changed', listen),
    trouble,
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown
  } catch {
    return null
  }
}
