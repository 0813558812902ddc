// The notebook on disk: one small JSON file, always whole. A broken one is set aside, never overwritten.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyNotebook, notebookSchema } from './notebook.ts'
import type { Notebook } from './notebook.ts'

export interface NotebookFile {
  /** Empty when there is none yet. `setAside` names the file a broken notebook was moved to. */
  load(): Promise<{ notebook: Notebook; setAside: string | null }>
  /** Resolves when the notebook is durable: written beside, synced, renamed. Rejects with the system's error. */
  save(notebook: Notebook): Promise<void>
}

export const notebookFileName = 'notebook.json'

export function createNotebookFile(folder: string): NotebookFile {
  const path = join(folder, notebookFileName)
  let last: Promise<void> = Promise.resolve()
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      })
      if (text === null) return { notebook: emptyNotebook, setAside: null }
      const notebook = parse(text)
      if (notebook !== null) return { notebook, setAside: null }
      const aside = join(folder, `notebook.broken-${Date.now()}.json`)
      await rename(path, aside)
      return { notebook: emptyNotebook, setAside: aside }
    },
    save(notebook) {
      // One at a time and in order, so that an older value never lands on a newer one.
      const mine = last.catch(() => undefined).then(() => write(folder, path, `${JSON.stringify(notebook)}\n`))
      last = mine
      return mine
    },
  }
}

function parse(text: string): Notebook | null {
  try {
    return notebookSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}.part`
  const file = await open(beside, 'w', 0o600)
  try {
    await file.writeFile(text)
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
