// node:fs over a crash-disk.ts for everything below one folder, and the real one for everything else: so what keeps a file runs as it
// is, whichever way it opens it. A test gives `promisesOver` and `syncOver` to vi.mock; `mountCrashDisk` says which disk lies there.
import type * as fs from 'node:fs'
import type * as promises from 'node:fs/promises'
import { constants } from 'node:fs'
import { resolve } from 'node:path'
import { newFile, newFolder, type CrashDisk, type DiskFile, type DiskFolder, type DiskNode } from './crash-disk.ts'

interface Mount {
  /** A real, empty folder: its own lock is a real socket in it. */
  folder: string
  disk: CrashDisk
  /** Flushes that are left out, to see whether a test finds it out. @param path of the file or folder */
  leavesOut: (path: string) => boolean
}

const state = globalThis as { parleyCrashMount?: Mount | null }

export function mountCrashDisk(mount: Mount | null): void {
  state.parleyCrashMount = mount
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** Its own lock lies in the real folder. */
const isReal = (name: string): boolean => name === 'lock' || name.startsWith('lock.')

/** Where in the mounted disk that path leads; null for everything that is really there. */
function inside(given: unknown): { mount: Mount; parts: string[]; path: string } | null {
  const mount = state.parleyCrashMount
  if (!mount || typeof given !== 'string') return null
  const path = resolve(given)
  if (path !== mount.folder && !path.startsWith(`${mount.folder}/`)) return null
  const parts = path
    .slice(mount.folder.length + 1)
    .split('/')
    .filter(Boolean)
  return isReal(parts[0] ?? '') ? null : { mount, parts, path }
}

type Place = NonNullable<ReturnType<typeof inside>>

function look({ mount, parts }: Pick<Place, 'mount' | 'parts'>): DiskNode | null {
  let node: DiskNode = mount.disk.root
  for (const part of parts) {
    const next: DiskNode | undefined = node.kind === 'folder' ? node.names.get(part) : undefined
    if (next === undefined) return null
    node = next
  }
  return node
}

function need(place: Place): DiskNode {
  const node = look(place)
  if (node === null) throw fault('ENOENT')
  return node
}

function parentOf(place: Place): DiskFolder {
  const parent = look({ mount: place.mount, parts: place.parts.slice(0, -1) })
  if (parent?.kind !== 'folder') throw fault('ENOENT')
  return parent
}

const nameOf = (place: Place): string => place.parts.at(-1) ?? ''

function fileAt(place: Place): DiskFile {
  const node = need(place)
  if (node.kind !== 'file') throw fault('EISDIR')
  return node
}

/** @returns the first folder that it made */
function makeFolders({ mount, parts }: Place): string | undefined {
  let folder = mount.disk.root
  let first: string | undefined
  for (const [at, name] of parts.entries()) {
    const there = folder.names.get(name)
    if (there?.kind === 'file') throw fault('ENOTDIR')
    const next = there ?? newFolder()
    if (there === undefined) {
      mount.disk.change([{ folder, name, node: next }])
      first ??= `${mount.folder}/${parts.slice(0, at + 1).join('/')}`
    }
    folder = next
  }
  return first
}

function remove(place: Place, isForced: boolean): void {
  const node = look(place)
  if (node === null) {
    if (isForced) return
    throw fault('ENOENT')
  }
  // One name after another, from within, as the system does it.
  if (node.kind === 'folder') for (const name of node.names.keys()) remove(below(place, name), true)
  place.mount.disk.change([{ folder: parentOf(place), name: nameOf(place), node: null }])
}

const below = (place: Place, name: string): Place => ({
  ...place,
  parts: [...place.parts, name],
  path: `${place.path}/${name}`,
})

function opened(place: Place, flags: number): DiskNode {
  const there = look(place)
  if (there !== null) {
    if ((flags & constants.O_EXCL) !== 0) throw fault('EEXIST')
    if (there.kind === 'file' && (flags & constants.O_TRUNC) !== 0) there.cached = new Uint8Array()
    return there
  }
  if ((flags & constants.O_CREAT) === 0) throw fault('ENOENT')
  const file = newFile()
  place.mount.disk.change([{ folder: parentOf(place), name: nameOf(place), node: file }])
  return file
}

const flagsOf = (given: unknown): number => {
  if (typeof given === 'number') return given
  const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants
  const known: Record<string, number> = {
    r: O_RDONLY,
    w: O_WRONLY | O_CREAT | O_TRUNC,
    a: O_WRONLY | O_CREAT | O_APPEND,
  }
  const flags = known[typeof given === 'string' ? given : 'r']
  if (flags === undefined) throw new Error(`no such flags: ${String(given)}`)
  return flags
}

function write(file: DiskFile, bytes: Uint8Array, offset: number): void {
  const grown = new Uint8Array(Math.max(file.cached.length, offset + bytes.length))
  grown.set(file.cached)
  grown.set(bytes, offset)
  file.cached = grown
}

function statsOf(node: DiskNode): object {
  return {
    isFile: () => node.kind === 'file',
    isDirectory: () => node.kind === 'folder',
    isSymbolicLink: () => false,
    size: node.kind === 'file' ? node.cached.length : 0,
    mode: node.mode,
    nlink: 1,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
  }
}

function entriesOf(place: Place): { name: string; isFile: () => boolean; isDirectory: () => boolean }[] {
  const node = need(place)
  if (node.kind !== 'folder') throw fault('ENOTDIR')
  return [...node.names].map(([name, { kind }]) => ({
    name,
    isFile: () => kind === 'file',
    isDirectory: () => kind === 'folder',
  }))
}

const asBytes = (given: unknown): Uint8Array => (typeof given === 'string' ? Buffer.from(given) : (given as Uint8Array))
const asText = (bytes: Uint8Array, how: unknown): unknown =>
  how === 'utf8' || (how as { encoding?: string } | undefined)?.encoding === 'utf8'
    ? Buffer.from(bytes).toString('utf8')
    : Buffer.from(bytes)

/** Before and after its effect the power may go. */
async function call<Result>({ mount }: Place, effect: () => Result): Promise<Result> {
  await Promise.resolve()
  return callNow(mount, effect)
}

function callNow<Result>({ disk }: Mount, effect: () => Result): Result {
  disk.tick()
  const result = effect()
  disk.tick()
  return result
}

function flush({ mount, path }: Place, node: DiskNode): void {
  if (mount.leavesOut(path)) return
  if (node.kind === 'file') mount.disk.flush(node)
  else mount.disk.flushFolder(node)
}

function handleOf(place: Place, node: DiskNode, real: { fd: number; close(): Promise<void> } | null): object {
  const file = (): DiskFile => {
    if (node.kind === 'folder') throw fault('EISDIR')
    return node
  }
  const sync = (): Promise<void> => call(place, () => flush(place, node))
  return {
    fd: real?.fd ?? -1,
    write: (bytes: Uint8Array, from: number, length: number, offset: number) =>
      call(place, () => {
        write(file(), bytes.subarray(from, from + length), offset)
        return { bytesWritten: length }
      }),
    writeFile: (bytes: unknown) => call(place, () => write(file(), asBytes(bytes), 0)),
    truncate: (bytes: number) => call(place, () => void (file().cached = file().cached.slice(0, bytes))),
    datasync: sync,
    sync,
    stat: () => call(place, () => statsOf(node)),
    async close() {
      await real?.close()
    },
  }
}

type Fs = Record<string, unknown>

/** @param real the module as Node has it */
export function promisesOver(real: typeof promises): Fs {
  type Act = (place: Place, ...rest: unknown[]) => unknown
  const own: Record<string, Act> = {
    mkdir: (place) => call(place, () => makeFolders(place)),
    readFile: (place, how) => call(place, () => asText(fileAt(place).cached, how)),
    readdir: (place, how) =>
      call(place, () => (typeof how === 'object' ? entriesOf(place) : entriesOf(place).map(({ name }) => name))),
    rm: (place, how) => call(place, () => remove(place, (how as { force?: boolean } | undefined)?.force === true)),
    stat: (place) => call(place, () => statsOf(need(place))),
    lstat: (place) => call(place, () => statsOf(need(place))),
    realpath: (place) => call(place, () => (need(place), place.path)),
    chmod: (place, mode) => call(place, () => void (need(place).mode = mode as number)),
    chown: (place) => call(place, () => void need(place)),
    appendFile: (place, bytes) =>
      call(place, () => {
        const node = opened(place, flagsOf('a'))
        if (node.kind === 'file') write(node, asBytes(bytes), node.cached.length)
      }),
    rename: (place, to) =>
      call(place, () => {
        const target = inside(to)
        if (target === null) throw fault('EXDEV')
        const node = need(place)
        const [from, into] = [parentOf(place), parentOf(target)]
        const there = look(target)
        if (there?.kind === 'folder' && there.names.size > 0) throw fault('ENOTEMPTY')
        place.mount.disk.change([
          { folder: from, name: nameOf(place), node: null },
          { folder: into, name: nameOf(target), node },
        ])
      }),
  }
  const over: Fs = { ...real }
  for (const [name, act] of Object.entries(own))
    over[name] = (path: unknown, ...rest: unknown[]) => {
      const place = inside(path)
      // The folder itself is really there, and closed to others for real.
      const isRoot = place?.parts.length === 0 && ['mkdir', 'stat', 'realpath', 'chmod'].includes(name)
      if (place === null || isRoot) return (over[`real ${name}`] as (...all: unknown[]) => unknown)(path, ...rest)
      return act(place, ...rest)
    }
  for (const name of Object.keys(own)) over[`real ${name}`] = real[name as 'rm']
  over['open'] = async (path: unknown, flags: unknown, mode: unknown) => {
    const place = inside(path)
    if (place === null) return real.open(path as string, flags as number, mode as number)
    // Parley's lock reaches the folder through what it holds open of it.
    const isLock = place.parts.length === 0 && (flagsOf(flags) & constants.O_DIRECTORY) !== 0
    const folder = isLock ? await real.open(place.path, constants.O_RDONLY) : null
    try {
      const node = await call(place, () => opened(place, flagsOf(flags)))
      return handleOf(place, node, folder)
    } catch (error) {
      await folder?.close()
      throw error
    }
  }
  return { ...over, default: over }
}

/** @param real the module as Node has it */
export function syncOver(real: typeof fs): Fs {
  const own: Record<string, (place: Place, ...rest: unknown[]) => unknown> = {
    mkdirSync: (place) => makeFolders(place),
    readdirSync: (place) => entriesOf(place).map(({ name }) => name),
    readFileSync: (place, how) => asText(fileAt(place).cached, how),
    rmSync: (place) => remove(place, true),
    writeFileSync: (place, bytes, how) => {
      const options = how as { flush?: boolean; flag?: string } | undefined
      const node = opened(place, flagsOf(options?.flag ?? 'w'))
      if (node.kind !== 'file') throw fault('EISDIR')
      write(node, asBytes(bytes), 0)
      if (options?.flush === true) flush(place, node)
    },
  }
  const over: Fs = { ...real }
  for (const [name, act] of Object.entries(own)) {
    const really = real[name as 'rmSync'] as (...all: unknown[]) => unknown
    over[name] = (path: unknown, ...rest: unknown[]) => {
      const place = inside(path)
      return place === null ? really(path, ...rest) : callNow(place.mount, () => act(place, ...rest))
    }
  }
  return { ...over, default: over }
}
