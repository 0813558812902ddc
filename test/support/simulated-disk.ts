// A disk with a page cache in front of it, behind the record's file-system port. What a program sees is the cache; what
// a power cut leaves is whatever was flushed, plus a random part of what was not: any pages of a file, its new length
// with or without the bytes (NULs), and the first so many of the changes to names, which every journalling file system
// writes in order. That is what ext4 and XFS show, and a little worse.
import { dirname } from 'node:path'
import type { Files, OpenFile } from '../../src/main/store/files.ts'
import type { Random } from '../../src/main/ports.ts'

const pageBytes = 4096

interface Inode {
  cached: Uint8Array
  durable: Uint8Array
}

type Name = { path: string; inode: Inode | null }

export interface SimulatedDisk extends Files {
  /** Calls made so far; a power cut is placed by this count. */
  readonly calls: () => number
  /** From that call on every call fails, and the image is what the disk holds then. */
  cutAt(call: number, random: Random): void
  /** Resolves when the power has gone. */
  readonly dead: Promise<void>
  /** A disk with what the power cut left. */
  restarted(): SimulatedDisk
  /** Bytes handed over by `write`, and flushes of files. */
  readonly counted: { writtenBytes: number; flushes: number }
}

export function createSimulatedDisk(image: ReadonlyMap<string, Uint8Array> = new Map()): SimulatedDisk {
  const names = new Map([...image].map(([path, bytes]) => [path, { cached: bytes, durable: bytes }]))
  const durableNames = new Map<string, Inode>(names)
  let pending: Name[] = []
  let calls = 0
  let cut: { call: number; random: Random } | null = null
  let left: Map<string, Uint8Array> | null = null
  let die: () => void = () => undefined
  const dead = new Promise<void>((resolve) => (die = resolve))
  const counted = { writtenBytes: 0, flushes: 0 }

  /** Every call passes here before and after its effect, so that a cut falls on either side of it. */
  function tick(): void {
    calls += 1
    if (cut !== null && calls >= cut.call) left ??= crash(durableNames, pending, cut.random)
    if (left === null) return
    die()
    throw new Error('the power is off')
  }

  async function call<Result>(effect: () => Result): Promise<Result> {
    tick()
    const result = effect()
    tick()
    return result
  }

  function name(path: string, inode: Inode | null): void {
    if (inode === null) names.delete(path)
    else names.set(path, inode)
    pending.push({ path, inode })
  }

  function settleNames(folder: string): void {
    for (const { path, inode } of pending) if (dirname(path) === folder) apply(durableNames, path, inode)
    pending = pending.filter(({ path }) => dirname(path) !== folder)
  }

  function open(inode: Inode): OpenFile {
    return {
      write: (bytes, offset) =>
        call(() => {
          counted.writtenBytes += bytes.length
          const grown = new Uint8Array(Math.max(inode.cached.length, offset + bytes.length))
          grown.set(inode.cached)
          grown.set(bytes, offset)
          inode.cached = grown
          return bytes.length
        }),
      sync: () =>
        call(() => {
          counted.flushes += 1
          inode.durable = inode.cached
        }),
      truncate: (bytes) => call(() => void (inode.cached = inode.cached.slice(0, bytes))),
      close: () => call(() => undefined),
    }
  }

  return {
    calls: () => calls,
    counted,
    dead,
    cutAt: (at, random) => void (cut = { call: at, random }),
    restarted: () => createSimulatedDisk(left ?? crash(durableNames, pending, () => 0)),
    create: (path) =>
      call(() => {
        if (names.has(path)) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' })
        const inode = { cached: new Uint8Array(), durable: new Uint8Array() }
        name(path, inode)
        return open(inode)
      }),
    append: (path) =>
      call(() => {
        const inode = names.get(path) ?? { cached: new Uint8Array(), durable: new Uint8Array() }
        if (!names.has(path)) name(path, inode)
        return { file: open(inode), bytes: inode.cached.length }
      }),
    flush: (path) =>
      call(() => {
        const inode = names.get(path)
        if (inode !== undefined) inode.durable = inode.cached
      }),
    read: (path) => call(() => names.get(path)?.cached ?? null),
    list: (folder) =>
      call(() => ({
        files: [...names.keys()]
          .filter((path) => dirname(path) === folder)
          .map((path) => path.slice(folder.length + 1)),
        folders: [],
      })),
    rename: (from, to) =>
      call(() => {
        const inode = names.get(from)
        if (inode === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' })
        name(to, inode)
        name(from, null)
      }),
    remove: (path) => call(() => name(path, null)),
    makeFolder: () => call(() => undefined),
    syncFolder: (folder) => call(() => settleNames(folder)),
  }
}

function apply(names: Map<string, Inode>, path: string, inode: Inode | null): void {
  if (inode === null) names.delete(path)
  else names.set(path, inode)
}

function crash(
  durableNames: ReadonlyMap<string, Inode>,
  pending: readonly Name[],
  random: Random,
): Map<string, Uint8Array> {
  const names = new Map(durableNames)
  const settled = Math.floor(random() * (pending.length + 1))
  for (const { path, inode } of pending.slice(0, settled)) apply(names, path, inode)
  return new Map([...names].map(([path, inode]) => [path, contentAfterCut(inode, random)]))
}

function contentAfterCut({ cached, durable }: Inode, random: Random): Uint8Array {
  if (cached === durable) return durable
  const kept =
    random() < 0.5 ? durable.length : Math.floor(durable.length + random() * (cached.length - durable.length))
  const length = random() < 0.5 ? cached.length : kept
  const content = new Uint8Array(length)
  content.set(durable.subarray(0, length))
  for (let at = 0; at < length; at += pageBytes)
    if (random() < 0.5) content.set(cached.subarray(at, Math.min(at + pageBytes, length)), at)
  return content
}
