// A disk with a page cache in front of it, as a tree of folders. What a program sees is the cache; what a power cut leaves is what was
// flushed and a random part of what was not. Files: any pages, the new length with or without the bytes. Names: `ordered`, the first so
// many of the changes, as ext4 and XFS write them; `posix`, any of them, since nothing but a folder's own flush makes its names durable.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../src/main/ports.ts'

export type NameOrder = 'ordered' | 'posix'

export interface DiskFile {
  kind: 'file'
  cached: Uint8Array
  durable: Uint8Array
  mode: number
}

export interface DiskFolder {
  kind: 'folder'
  names: Map<string, DiskNode>
  durable: Map<string, DiskNode>
  mode: number
}

export type DiskNode = DiskFile | DiskFolder

/** What is left, as flushed as can be. */
export type DiskImage = ReadonlyMap<string, Uint8Array | DiskImage>

/** One step of a journalling file system: all of its names change or none. */
type Renaming = { folder: DiskFolder; name: string; node: DiskNode | null }[]

export interface CrashDisk {
  readonly root: DiskFolder
  /** Calls made so far; a power cut is placed by this count. */
  calls(): number
  /** From that call on every call fails. */
  cutAt(call: number): void
  /** Resolves when the power has gone. */
  readonly dead: Promise<void>
  /** Every call passes here before and after its effect, so that a cut falls on either side of it. Throws when the power is off. */
  tick(): void
  change(renaming: Renaming): void
  flush(file: DiskFile): void
  flushFolder(folder: DiskFolder): void
  /** One of the many things that the cut may have left; before a cut, what one at this moment would. */
  image(order: NameOrder, random: Random): DiskImage
}

export const newFile = (mode = 0o600): DiskFile => ({
  kind: 'file',
  cached: new Uint8Array(),
  durable: new Uint8Array(),
  mode,
})

export const newFolder = (mode = 0o700): DiskFolder => ({
  kind: 'folder',
  names: new Map(),
  durable: new Map(),
  mode,
})

export function createCrashDisk(image: DiskImage = new Map()): CrashDisk {
  const root = folderOf(image)
  let pending: Renaming[] = []
  let calls = 0
  let cut = Infinity
  let die: () => void = () => undefined
  const dead = new Promise<void>((resolve) => (die = resolve))
  return {
    root,
    dead,
    calls: () => calls,
    cutAt: (call) => void (cut = call),
    tick() {
      calls += 1
      if (calls < cut) return
      die()
      throw Object.assign(new Error('the power is off'), { code: 'EIO' })
    },
    change(renaming) {
      for (const { folder, name, node } of renaming) put(folder.names, name, node)
      pending.push(renaming)
    },
    flush: (file) => void (file.durable = file.cached),
    flushFolder(flushed) {
      const isOf = (renaming: Renaming): boolean => renaming.some(({ folder }) => folder === flushed)
      for (const renaming of pending)
        if (isOf(renaming)) for (const { folder, name, node } of renaming) put(folder.durable, name, node)
      pending = pending.filter((renaming) => !isOf(renaming))
    },
    image(order, random) {
      const share = random() < 0.3 ? 0 : random()
      const first = Math.floor(random() * (pending.length + 1))
      const settled = pending.filter((_, at) => (order === 'ordered' ? at < first : random() < share))
      const names = new Map<DiskFolder, Map<string, DiskNode>>()
      for (const { folder, name, node } of settled.flat()) {
        const own = names.get(folder) ?? new Map(folder.durable)
        names.set(folder, own)
        put(own, name, node)
      }
      return imageOf(root, names, random)
    },
  }
}

function put(names: Map<string, DiskNode>, name: string, node: DiskNode | null): void {
  if (node === null) names.delete(name)
  else names.set(name, node)
}

function folderOf(image: DiskImage): DiskFolder {
  const names = new Map<string, DiskNode>()
  for (const [name, content] of image)
    names.set(
      name,
      content instanceof Uint8Array
        ? { kind: 'file', cached: content, durable: content, mode: 0o600 }
        : folderOf(content),
    )
  return { kind: 'folder', names, durable: new Map(names), mode: 0o700 }
}

function imageOf(
  folder: DiskFolder,
  changed: ReadonlyMap<DiskFolder, Map<string, DiskNode>>,
  random: Random,
): DiskImage {
  const names = changed.get(folder) ?? folder.durable
  return new Map(
    [...names].map(([name, node]) => [
      name,
      node.kind === 'file' ? contentAfterCut(node, random) : imageOf(node, changed, random),
    ]),
  )
}

const pageBytes = 4096

function contentAfterCut({ cached, durable }: DiskFile, random: Random): Uint8Array {
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

/** What a cut left, into a real folder. */
export function layOut(image: DiskImage, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const [name, content] of image)
    if (content instanceof Uint8Array) writeFileSync(join(folder, name), content, { mode: 0o600 })
    else layOut(content, join(folder, name))
}
