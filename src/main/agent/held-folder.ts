// A folder that is held open, so that what is done in it is done in that folder, whatever its name leads to by then. On Linux
// everything goes through the open handle (/proc/self/fd, as openat would); elsewhere names are looked at again after opening.
import { constants } from 'node:fs'
import { lstat, open, readlink, realpath, type FileHandle } from 'node:fs/promises'
import { join, sep } from 'node:path'

export interface HeldFolder {
  /** Real path at the time of opening. */
  readonly path: string
  readonly dev: number
  readonly ino: number
  /** Where the file system calls find this name. @param name one name, no path */
  at(name: string): string
  /** The folder itself, for reading its names and for flushing it. */
  self(): string
  /** Rejects when it is no folder, or a link to one. */
  enter(name: string): Promise<HeldFolder>
  /** Makes new and removed names durable. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** It is not the folder it was taken for. */
export class Diverted extends Error {
  override readonly name = 'Diverted'
}

const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
const hasHandles = process.platform === 'linux'

/**
 * @param root real path of a folder
 * @param names the way from there on, link by link none
 */
export async function openHeld(root: string, names: readonly string[] = []): Promise<HeldFolder> {
  let folder = await hold(root, root)
  for (const name of names) {
    try {
      const next = await folder.enter(name)
      await folder.close()
      folder = next
    } catch (error) {
      await folder.close()
      throw error
    }
  }
  return folder
}

/** @param address where to open it, @param path what it must be */
async function hold(address: string, path: string): Promise<HeldFolder> {
  // Windows opens no folders: there the names are all there is.
  const handle = process.platform === 'win32' ? null : await open(address, flags)
  try {
    const status = handle === null ? await lstat(path) : await handle.stat()
    if (!status.isDirectory()) throw new Diverted('It is no folder.')
    const real = hasHandles && handle ? await readlink(`/proc/self/fd/${handle.fd}`) : await realpath(path)
    if (real !== path) throw new Diverted('It was moved meanwhile.')
    if (!hasHandles) {
      const named = await lstat(path)
      if (named.dev !== status.dev || named.ino !== status.ino) throw new Diverted('It was moved meanwhile.')
    }
    return held(handle, path, status)
  } catch (error) {
    await handle?.close()
    throw error
  }
}

function held(handle: FileHandle | null, path: string, { dev, ino }: { dev: number; ino: number }): HeldFolder {
  const self = hasHandles && handle ? `/proc/self/fd/${handle.fd}` : path
  return {
    path,
    dev,
    ino,
    at(name) {
      if (
        name === '' ||
        name === '.' ||
        name === '..' ||
        name.includes('/') ||
        name.includes('\0') ||
        name.includes(sep)
      )
        throw new Diverted('This is no name.')
      return join(self, name)
    },
    self: () => self,
    enter(name) {
      return hold(this.at(name), join(path, name))
    },
    sync: async () => handle?.sync(),
    close: async () => handle?.close(),
  }
}
