// A file system with an eye on every call: a test can refuse one, hold one up, shorten a write, and see what was asked.
import type { Files, OpenFile } from '../../src/main/store/files.ts'

export type FilesCall = keyof Files | keyof OpenFile

export interface WatchedFiles extends Files {
  /** Called before each call reaches the file system; what it throws is the call's error, what it awaits holds it up. */
  before: (call: FilesCall, path: string) => void | Promise<void>
  /** A write takes at most so many bytes. */
  takesBytes: number
  /** Every call that was let through, in order. */
  readonly made: { call: FilesCall; path: string }[]
  readonly count: (call: FilesCall, path?: string) => number
}

/** An error as the system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made for a test`), { code })
}

export function createWatchedFiles(base: Files): WatchedFiles {
  const made: { call: FilesCall; path: string }[] = []

  async function pass<Result>(call: FilesCall, path: string, act: () => Promise<Result>): Promise<Result> {
    await watched.before(call, path)
    made.push({ call, path })
    return act()
  }

  const watch = (path: string, file: OpenFile): OpenFile => ({
    write: (bytes, offset) => pass('write', path, () => file.write(bytes.subarray(0, watched.takesBytes), offset)),
    sync: () => pass('sync', path, () => file.sync()),
    truncate: (bytes) => pass('truncate', path, () => file.truncate(bytes)),
    close: () => pass('close', path, () => file.close()),
  })

  const watched: WatchedFiles = {
    before: () => undefined,
    takesBytes: Infinity,
    made,
    count: (call, path = '') => made.filter((one) => one.call === call && one.path.includes(path)).length,
    create: (path) => pass('create', path, async () => watch(path, await base.create(path))),
    append: (path) =>
      pass('append', path, async () => {
        const { file, bytes } = await base.append(path)
        return { file: watch(path, file), bytes }
      }),
    flush: (path) => pass('flush', path, () => base.flush(path)),
    read: (path) => pass('read', path, () => base.read(path)),
    list: (folder) => pass('list', folder, () => base.list(folder)),
    rename: (from, to) => pass('rename', to, () => base.rename(from, to)),
    remove: (path) => pass('remove', path, () => base.remove(path)),
    makeFolder: (folder) => pass('makeFolder', folder, () => base.makeFolder(folder)),
    syncFolder: (folder) => pass('syncFolder', folder, () => base.syncFolder(folder)),
  }
  return watched
}
