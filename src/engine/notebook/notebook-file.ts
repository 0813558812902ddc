// The notebook on disk: one small file with its checksum, always whole, the generation before beside it. A broken one is set
// aside, never overwritten, and the one before it is used. The bytes are core/store/kept.ts's.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checksum } from '../../core/store/crc32.ts'
import { decodeKept, encodeKept, type KeptShape } from '../../core/store/kept.ts'
import { emptyNotebook, notebookSchema } from './notebook.ts'
import type { Notebook } from './notebook.ts'

export interface NotebookFile {
  /**
   * Empty when there is none yet. `setAside` names the file a broken notebook was moved to. Rejects when the disk does not give
   * it, or a newer Parley wrote it.
   */
  load(): Promise<{ notebook: Notebook; setAside: string | null }>
  /** Resolves when the notebook is durable: written beside, synced, renamed. Rejects with the system's error. */
  save(notebook: Notebook): Promise<void>
}

export const notebookFileName = 'notebook.json'

const shape: KeptShape<Notebook> = {
  version: 2,
  read(stored) {
    const read = notebookSchema.safeParse(stored)
    return read.success ? { value: read.data, refused: [] } : null
  },
  write: (notebook) => notebook,
}

export function createNotebookFile(folder: string): NotebookFile {
  const path = join(folder, notebookFileName)
  const before = `${path}.before`
  let good: Uint8Array | null = null
  let last: Promise<void> = Promise.resolve()

  async function save(notebook: Notebook): Promise<void> {
    const bytes = encodeKept(shape, notebook)
    // The name of a new folder is durable only when the one above it is.
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder))
    if (good !== null) await replace(folder, before, good)
    await replace(folder, path, bytes)
    good = bytes
  }

  async function loadBefore(): Promise<Notebook> {
    const bytes = await read(before)
    const found = bytes === null ? null : decodeKept(shape, bytes)
    return found?.type === 'good' ? found.value : emptyNotebook
  }

  return {
    async load() {
      const bytes = await read(path)
      if (bytes === null) return { notebook: await loadBefore(), setAside: null }
      const found = decodeKept(shape, bytes)
      if (found.type === 'good' && found.isNewer) throw new Error('written by a newer Parley')
      if (found.type === 'good') {
        good = bytes
        return { notebook: found.value, setAside: null }
      }
      const aside = `${path}.damaged-${checksum(bytes)}`
      await rename(path, aside)
      return { notebook: await loadBefore(), setAside: aside }
    },
    save(notebook) {
      // One at a time and in order, so that an older value never lands on a newer one.
      const mine = last.catch(() => undefined).then(() => save(notebook))
      last = mine
      return mine
    },
  }
}

async function read(path: string): Promise<Uint8Array | null> {
  return readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
}

async function replace(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${process.pid}.part`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(beside, path)
  await syncFolder(folder)
}

/** The rename itself is durable only when the folder is; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
