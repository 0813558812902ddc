// A file of the person's own: what is added goes behind what is there, and what is put in its place keeps its rights, its owner
// and its second names. Parley's own files are replace-file.ts's.
import { constants } from 'node:fs'
import { chmod, chown, lstat, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Random } from '../ports.ts'
import { diskFiles, writeAll } from './files.ts'
import { replaceFile } from './replace-file.ts'

/** Resolves when the bytes are durable. Rejects with the system's error; the file is then as it was. */
export async function appendBytes(path: string, bytes: Uint8Array): Promise<void> {
  await diskFiles.makeFolder(dirname(path))
  const { file, bytes: before } = await diskFiles.append(path)
  try {
    await writeAll(file, bytes, before)
    await file.sync()
  } catch (error) {
    await file.truncate(before).catch(() => undefined)
    throw error
  } finally {
    await file.close()
  }
  if (before === 0) await diskFiles.syncFolder(dirname(path))
}

/** The same for all of its content. @param path no link */
export async function writeBytes(path: string, bytes: Uint8Array, random: Random): Promise<void> {
  const was = await lstat(path)
  // Another name would be left with the old content: then the file itself is written, whose old content the caller has kept.
  if (was.nlink > 1) return writeInPlace(path, bytes)
  await replaceFile(diskFiles, random, path, bytes)
  await chmod(path, was.mode & 0o7777)
  await chown(path, was.uid, was.gid).catch(() => undefined)
}

async function writeInPlace(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_WRONLY)
  try {
    await file.writeFile(bytes)
    await file.truncate(bytes.length)
    await file.sync()
  } finally {
    await file.close()
  }
}
