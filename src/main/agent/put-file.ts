// Puts a file into a folder that is held open, whole or not at all: what was seen there is replaced and nothing else, and a new
// file replaces nothing.
import { constants, type Stats } from 'node:fs'
import { link, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises'
import type { Random } from '../ports.ts'
import type { HeldFolder } from './held-folder.ts'
import { faultIn } from './open-plain.ts'

/** Which file it is and what state it is in. */
export interface Seen {
  dev: number
  ino: number
  bytes: number
  /** Of its content and of its name and rights. */
  changedMs: number
  mode: number
  uid: number
  gid: number
}

/** Something else is there than what was seen. */
export class NotAsSeen extends Error {
  override readonly name = 'NotAsSeen'
}

export function seenOf({ dev, ino, size, mtimeMs, mode, uid, gid }: Stats): Seen {
  return { dev, ino, bytes: size, changedMs: mtimeMs, mode: mode & 0o7777, uid, gid }
}

export function isAsSeen(one: Seen, other: Seen): boolean {
  return (
    one.dev === other.dev && one.ino === other.ino && one.bytes === other.bytes && one.changedMs === other.changedMs
  )
}

const newFile = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW

/**
 * Rejects with NotAsSeen or the system's error; then nothing has changed.
 * @param over what is replaced; null for a new file
 * @param mode its rights
 */
export async function putFile(
  folder: HeldFolder,
  name: string,
  bytes: Uint8Array,
  { over, mode, random }: { over: Seen | null; mode: number; random: Random },
): Promise<void> {
  const temporary = `.parley-${Math.floor(random() * 2 ** 48).toString(36)}.tmp`
  try {
    await writeNew(folder.at(temporary), bytes, async (file) => {
      await file.chmod(mode)
      const own = await file.stat()
      // Only the administrator may give a file away; anybody else's file stays the writer's.
      if (over !== null && (own.uid !== over.uid || own.gid !== over.gid))
        await file.chown(over.uid, over.gid).catch(() => undefined)
    })
    if (over === null) await nameNew(folder, temporary, name)
    else {
      await check(folder, name, over)
      await rename(folder.at(temporary), folder.at(name))
    }
  } finally {
    await unlink(folder.at(temporary)).catch(() => undefined)
  }
  await folder.sync()
}

/** Rejects as putFile. */
export async function takeFile(folder: HeldFolder, name: string, seen: Seen): Promise<void> {
  await check(folder, name, seen)
  await unlink(folder.at(name))
  await folder.sync()
}

/** A second name for the whole file, which fails where there is one: `rename` would replace what came meanwhile. */
async function nameNew(folder: HeldFolder, temporary: string, name: string): Promise<void> {
  try {
    await link(folder.at(temporary), folder.at(name))
  } catch (error) {
    if (faultIn(error) === 'EEXIST') throw new NotAsSeen('It is there by now.')
    if (!withoutLinks.includes(faultIn(error))) throw error
    // A disk without hard links: a reserved name, then the file over it, which is ours and empty.
    await writeNew(folder.at(name), new Uint8Array(), () => Promise.resolve())
    await rename(folder.at(temporary), folder.at(name))
  }
}

const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

async function check(folder: HeldFolder, name: string, seen: Seen): Promise<void> {
  const now = await lstat(folder.at(name)).catch(() => null)
  if (now === null || !isAsSeen(seenOf(now), seen)) throw new NotAsSeen('It is another by now.')
}

async function writeNew(path: string, bytes: Uint8Array, finish: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, newFile, 0o600).catch((error: unknown) => {
    if (faultIn(error) === 'EEXIST') throw new NotAsSeen('It is there by now.')
    throw error
  })
  try {
    await file.writeFile(bytes)
    await finish(file)
    await file.sync()
  } finally {
    await file.close()
  }
}
