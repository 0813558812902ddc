// The file system as the record needs it, and nothing more, so that a model of page cache and disk can stand in.
// It keeps no promises of its own: when to flush, and in which order, is decided by journal.ts and replace-file.ts.
import { constants, type Dirent } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** A new file, open for writing. */
export interface OpenFile {
  /** Writes some of `bytes` at `offset`. @returns how many it took, which may be fewer than given. */
  write(bytes: Uint8Array, offset: number): Promise<number>
  /** fdatasync: resolves when the bytes and the length are on the disk. After an error the file must be given up. */
  sync(): Promise<void>
  truncate(bytes: number): Promise<void>
  close(): Promise<void>
}

export interface Files {
  /** A file that is not there yet (0600). */
  create(path: string): Promise<OpenFile>
  /** One that is there or begins now, for writing behind its last byte. @returns how many there are */
  append(path: string): Promise<{ file: OpenFile; bytes: number }>
  /** What another process wrote into it, and may not have seen reach the disk, is there afterwards. */
  flush(path: string): Promise<void>
  /** Null when it is missing. */
  read(path: string): Promise<Uint8Array | null>
  /** Names of the files and folders inside; empty when the folder is missing. */
  list(folder: string): Promise<{ files: string[]; folders: string[] }>
  /** Atomic; a file of the new name is replaced. */
  rename(from: string, to: string): Promise<void>
  /** A file or a whole folder; missing is fine. */
  remove(path: string): Promise<void>
  /** With everything above it (0700), and durable where it is new. There already is fine. */
  makeFolder(folder: string): Promise<void>
  /** Makes new, renamed and removed names inside durable. */
  syncFolder(folder: string): Promise<void>
}

const newFile = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY

function openFile(file: FileHandle): OpenFile {
  return {
    write: async (bytes, offset) => (await file.write(bytes, 0, bytes.length, offset)).bytesWritten,
    sync: () => file.datasync(),
    truncate: (bytes) => file.truncate(bytes),
    close: () => file.close(),
  }
}

export const diskFiles: Files = {
  async create(path) {
    return openFile(await open(path, newFile, 0o600))
  },
  async append(path) {
    const file = await open(path, constants.O_CREAT | constants.O_RDWR, 0o600)
    return { file: openFile(file), bytes: (await file.stat()).size }
  },
  async flush(path) {
    const file = await open(path, constants.O_RDWR)
    try {
      await file.datasync()
    } finally {
      await file.close()
    }
  },
  read: (path) => orWhenMissing(readFile(path), null),
  async list(folder) {
    const entries = await orWhenMissing<Dirent[]>(readdir(folder, { withFileTypes: true }), [])
    const names = (wanted: (entry: Dirent) => boolean): string[] => entries.filter(wanted).map(({ name }) => name)
    return { files: names((entry) => entry.isFile()), folders: names((entry) => entry.isDirectory()) }
  },
  rename,
  remove: (path) => rm(path, { recursive: true, force: true }),
  async makeFolder(folder) {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    // Whoever finds it there may have come between its making and its flush.
    if (first === undefined) await Promise.allSettled(settling)
    else await settleNew(resolve(first), resolve(folder))
  },
  syncFolder,
}

/** Flushes of folders that were just made. */
const settling = new Set<Promise<void>>()

async function settleNew(first: string, last: string): Promise<void> {
  async function settle(): Promise<void> {
    for (let folder = last; ; folder = dirname(folder)) {
      await syncFolder(dirname(folder))
      if (folder === first || folder === dirname(folder)) return
    }
  }
  const settled = settle()
  settling.add(settled)
  await settled.finally(() => settling.delete(settled))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call; NTFS journals its names by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes everything, however few bytes the system takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const taken = await file.write(bytes.subarray(written), offset + written)
    // A disk that takes nothing and reports nothing would keep us here for good.
    if (taken === 0) throw new Error('the disk took no bytes')
    written += taken
  }
}

async function orWhenMissing<Value>(reading: Promise<Value>, missing: Value): Promise<Value> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing
    throw error
  }
}
