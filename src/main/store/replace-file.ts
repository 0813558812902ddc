// Puts a whole file in its place so that either the old one or the new one is there, whatever happens in between:
// a temporary file of its own, every byte written, flushed and read back, and only then the name.
import { dirname } from 'node:path'
import { writeAll, type Files } from './files.ts'
import type { Random } from '../ports.ts'

const suffix = '.parley-tmp'

/** Names of before that can only be ours: of a file that Parley keeps, with chance behind it. */
const older =
  /^(?:(?:settings|spending|alarms|index|keys)\.json|notes\.md|\d{8,15}\.(?:snapshot\.json|journal))(?:\.\d+\.broken)?\.[0-9a-z]{1,10}\.tmp$/

/** Left over from a process that ended half-way; whoever holds the folder may remove it. What the person calls `.tmp` is not. */
export function isTemporary(name: string): boolean {
  return name.endsWith(suffix) || older.test(name)
}

/**
 * Rejects with the system's error; the file of that name is then as it was. When the name itself can't be made durable, what
 * stood there before is put back: what was refused must not be in force after a restart.
 */
export async function replaceFile(files: Files, random: Random, path: string, bytes: Uint8Array): Promise<void> {
  const before = await files.read(path).catch(() => 'unreadable' as const)
  await putWhole(files, random, path, bytes)
  try {
    await files.syncFolder(dirname(path))
  } catch (error) {
    if (before === null) await files.remove(path).catch(() => undefined)
    else if (before !== 'unreadable') await putWhole(files, random, path, before).catch(() => undefined)
    throw error
  }
}

/** The same without the folder's flush: until the caller has made that, nothing may depend on the name. */
export async function putWhole(files: Files, random: Random, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${Math.floor(random() * 2 ** 48).toString(36)}${suffix}`
  try {
    await writeNew(files, temporary, bytes)
    await checkWhole(files, temporary, bytes)
    await files.rename(temporary, path)
  } catch (error) {
    await files.remove(temporary).catch(() => undefined)
    throw error
  }
}

/** A file that is not there yet, whole and flushed; its name is durable only when its folder is. */
export async function writeNew(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  const file = await files.create(path)
  try {
    await writeAll(file, bytes, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function checkWhole(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  const read = await files.read(path)
  if (read === null || !Buffer.from(read.buffer, read.byteOffset, read.byteLength).equals(bytes))
    throw new Error('what was written did not come back')
}
