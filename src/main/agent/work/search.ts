// Finds the names and lines of a granted folder that hold some words, within the worker.
import { workLimits } from '../../../core/agent/limits.ts'
import { openHeld, type HeldFolder } from '../held-folder.ts'
import { openPlain } from '../open-plain.ts'
import { isPrivate } from '../private-places.ts'
import type { Found, WalkedPlace } from './jobs.ts'
import { walk } from './walk.ts'

/** @param words in lower case */
export async function search(place: WalkedPlace, words: string): Promise<Found[]> {
  const found: Found[] = []
  const isFull = (): boolean => found.length >= workLimits.hits
  const look = async (folder: HeldFolder, name: string, path: string, isFile: boolean): Promise<void> => {
    if (isFull()) return
    if (path.toLowerCase().includes(words)) found.push({ path })
    if (!isFile || isPrivate(`${folder.path}/${name}`)) return
    for (const [at, line] of (await textOf(folder, name)).split('\n').entries()) {
      if (isFull()) return
      if (line.toLowerCase().includes(words))
        found.push({ path, line: at + 1, text: line.slice(0, workLimits.lineCharacters) })
    }
  }
  if (place.kind === 'folder') {
    await walk(place, true, (folder, name, { path, kind }) => look(folder, name, path, kind === 'file'))
    return found
  }
  const folder = await openHeld(place.root, place.names.slice(0, -1))
  try {
    await look(folder, place.names.at(-1) ?? '', place.shown, true)
  } finally {
    await folder.close()
  }
  return found
}

/** Empty for what is no text, too large, or can't be read. */
async function textOf(folder: HeldFolder, name: string): Promise<string> {
  const file = await openPlain(folder, name).catch(() => null)
  if (file === null || 'why' in file) return ''
  try {
    if (file.status.size > workLimits.readBytes) return ''
    const bytes = await file.handle.readFile()
    return bytes.subarray(0, 8_192).includes(0) ? '' : bytes.toString('utf8')
  } catch {
    return ''
  } finally {
    await file.handle.close()
  }
}
