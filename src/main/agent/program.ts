// Which file a program's name means, found as a system does, but never in a folder that is named relative to where one stands:
// there a stranger's file could have the name of a tool.
import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { delimiter, extname, isAbsolute, join, resolve } from 'node:path'
import { ToolError } from './tool.ts'
import { plainWords } from '../../core/agent/plain.ts'

export interface Program {
  /** Real path: this file runs. */
  path: string
  /** As it was found; programs that are many in one tell by it which they are. */
  found: string
  identity: { dev: number; ino: number; bytes: number; changedMs: number }
}

/** The folders of a search path that lead to the same place wherever one stands. */
export function searchPath(path: string | undefined): string[] {
  return (path ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
}

/**
 * Rejects with ToolError when there is none.
 * @param folder from where a name with a slash in it leads
 */
export async function findProgram(
  name: string,
  { folder, path }: { folder: string; path: string | undefined },
): Promise<Program> {
  const isBare = !/[/\\]/.test(name)
  const places = isBare ? searchPath(path).map((one) => join(one, name)) : [resolve(folder, name)]
  for (const place of places.flatMap(withEndings)) {
    const program = await programAt(place)
    if (program !== null) return program
  }
  throw new ToolError(`“${plainWords(name)}” can’t be started (ENOENT).`)
}

async function programAt(found: string): Promise<Program | null> {
  try {
    const path = await realpath(found)
    const status = await stat(path)
    await access(path, constants.X_OK)
    if (!status.isFile()) return null
    const { dev, ino, size: bytes, mtimeMs: changedMs } = status
    return { path, found, identity: { dev, ino, bytes, changedMs } }
  } catch {
    return null
  }
}

/** Windows starts files by their endings; those that need a shell are none of ours. */
function withEndings(place: string): string[] {
  return process.platform === 'win32' && extname(place) === '' ? [`${place}.exe`, `${place}.com`] : [place]
}
