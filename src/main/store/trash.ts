// Deleting with a way back: a conversation's folder moves as it is, and moves back as it was. It is gone for good only
// when the trash is emptied.
import { dirname, join } from 'node:path'
import type { Files } from './files.ts'
import { StoreError } from './store-error.ts'

export interface Trash {
  /** Resolves with the name that it has in the trash. Throws StoreError `missing`. */
  remove(name: string): Promise<string>
  /** Brings back what was removed last under that name. Throws StoreError `missing`, or `exists` when there is a new one. */
  restore(name: string): Promise<void>
  /** Names of what can be restored. */
  list(): Promise<string[]>
}

/** @param home holds the folders; the trash lies in a folder of its own on the same disk. */
export function createTrash({ files, home, trash }: { files: Files; home: string; trash: string }): Trash {
  async function move(from: string, to: string): Promise<void> {
    await files.rename(from, to)
    await files.syncFolder(dirname(to))
    await files.syncFolder(dirname(from))
  }

  /** The same name may be removed more than once: `name~1`, `name~2`, … */
  async function versions(name: string): Promise<number[]> {
    const { folders } = await files.list(trash)
    return folders
      .filter((folder) => originalName(folder) === name)
      .map((folder) => Number(folder.slice(name.length + 1)))
      .sort((one, other) => one - other)
  }

  const exists = async (name: string): Promise<boolean> => (await files.list(home)).folders.includes(name)

  return {
    async remove(name) {
      if (!(await exists(name))) throw new StoreError('missing', 'There is no such conversation.')
      await files.makeFolder(trash)
      const last = (await versions(name)).at(-1) ?? 0
      const gone = `${name}~${last + 1}`
      await move(join(home, name), join(trash, gone))
      return gone
    },
    async restore(name) {
      const last = (await versions(name)).at(-1)
      if (last === undefined) throw new StoreError('missing', 'This conversation is not in the trash.')
      if (await exists(name)) throw new StoreError('exists', 'There is a conversation of this name again.')
      await move(join(trash, `${name}~${last}`), join(home, name))
    },
    async list() {
      return [...new Set((await files.list(trash)).folders.map(originalName))]
    },
  }
}

export function originalName(folder: string): string {
  return folder.replace(/~\d+$/, '')
}
