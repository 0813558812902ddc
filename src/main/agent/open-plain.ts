// Opens a plain file for reading in a folder that is held open. Devices and pipes are not even opened: that alone can do
// something. A file with a second name (a hard link) is refused: the other name may lie where nothing was granted.
import { constants, type Stats } from 'node:fs'
import { lstat, open, type FileHandle } from 'node:fs/promises'
import type { HeldFolder } from './held-folder.ts'

export interface PlainFile {
  handle: FileHandle
  status: Stats
}

export type WhyNot = 'missing' | 'not-a-file' | 'linked' | 'refused'

// Windows has neither of the last two: there both are undefined, which counts as 0.
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Rejects never; the caller closes the handle. */
export async function openPlain(folder: HeldFolder, name: string): Promise<PlainFile | { why: WhyNot }> {
  const named = await lstat(folder.at(name)).catch(faultIn)
  if (typeof named === 'string') return { why: named === 'ENOENT' ? 'missing' : 'refused' }
  if (!named.isFile()) return { why: 'not-a-file' }
  const handle = await open(folder.at(name), flags).catch(() => null)
  if (handle === null) return { why: 'refused' }
  try {
    const status = await handle.stat()
    const why = !status.isFile() ? 'not-a-file' : status.nlink > 1 ? 'linked' : null
    if (why === null) return { handle, status }
    await handle.close()
    return { why }
  } catch {
    await handle.close()
    return { why: 'refused' }
  }
}

export function faultIn(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}
