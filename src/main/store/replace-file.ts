// Puts a whole file in its place so that either the old one or the new one is there, whatever happens in between:
// a temporary file of its own, every byte written, flushed and read back, and only then the name.
import { dirname } from 'node:path'
import { writeAll, type Files } from './files.ts'
import type { Random } from '../ports.ts'

const suffix = '.tmp'

/** Left over from a process that ended half-way; whoever holds the folder may remove it. */
export function isTemporary(name: string): boolean {
  return name.endsWith(suffix)
}

/** Rejects with the system's error; the file of that name is then as it was. */
export async function replaceFile(files: Files, random: Random, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${Math.floor(random() * 2 ** 48).toString(36)}${suffix}`
  try {
    await writeNew(files, temporary, bytes)
    await checkWhole(files, temporary, bytes)
    await files.rename(temporary, path)
  } catch (error) {
    await files.remove(temporary).catch(() => undefined)
    throw error
  }
  await files.syncFolder(dirname(path))
}

async function writeNew(files: Files, path: string, bytes: Uint8Array): Promise<void> {
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
