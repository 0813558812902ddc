// What an export holds, back into a data folder: unpacked beside everything else, compared with its own list, and only then put in
// its place. Nothing that is there is replaced, and what is damaged or newer is refused as a whole.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Unzip, UnzipInflate } from 'fflate'
import {
  archiveVersion,
  contentsName,
  contentsSchema,
  headerName,
  headerSchema,
  isImported,
} from '../../core/store/archive.ts'
import type { Contents, ImportReport } from '../../core/store/archive.ts'
import { createBreath } from '../store/breath.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { writeNew } from '../store/replace-file.ts'
import { faultOf, StoreError } from '../store/store-error.ts'

const unpackName = 'import.parley-tmp'

export interface ImportOpts {
  /** The data folder, which the caller holds. */
  folder: string
  file: string
  files?: Files
  /** Nothing of the person's is there yet and nobody has it in memory: everything comes along. */
  isFresh: boolean
}

const damaged = 'This export is damaged. Nothing was imported.'
/** Deflate gains no more; an archive of more than that is none of ours. */
const mostTimes = 1_100
const mostHeld = 64 * 1024 * 1024

/** Throws StoreError: `missing`, `broken`, `newer`, or `refused` when the disk won't; nothing was imported then. */
export async function importAll(opts: ImportOpts): Promise<ImportReport> {
  const { files = diskFiles } = opts
  const unpacked = join(opts.folder, unpackName)
  try {
    await files.remove(unpacked)
    const contents = await unpack(files, opts.file, unpacked)
    return await putInPlace(files, opts, unpacked, Object.keys(contents.files))
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError('refused', `The export could not be read into the folder (${faultOf(error)}).`, error)
  } finally {
    await files.remove(unpacked).catch(() => undefined)
  }
}

async function unpack(files: Files, file: string, folder: string): Promise<Contents> {
  const size = await stat(file).catch((error: unknown) => {
    throw new StoreError('missing', `${file} can’t be read (${faultOf(error)}).`, error)
  })
  let left = size.size * mostTimes
  const sums = new Map<string, { bytes: number; sha256: string }>()
  const texts = new Map<string, Uint8Array>()
  for await (const { name, bytes } of entriesOf(file)) {
    left -= bytes.length
    if (left < 0) throw new StoreError('broken', damaged)
    if (name === headerName) refuseOthers(bytes)
    // The first entry says what it is: nothing is written before.
    else if (!texts.has(headerName)) throw noExport()
    if (name === headerName || name === contentsName) texts.set(name, bytes)
    else if (isImported(name)) {
      sums.set(name, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
      await writeDurable(files, join(folder, name), bytes)
    } else throw new StoreError('broken', damaged)
  }
  if (!texts.has(headerName)) throw noExport()
  const contents = contentsSchema.safeParse(json(texts.get(contentsName)))
  if (!contents.success || Object.keys(contents.data.files).length !== sums.size)
    throw new StoreError('broken', damaged)
  for (const [name, { bytes, sha256 }] of Object.entries(contents.data.files)) {
    const sum = sums.get(name)
    if (sum?.bytes !== bytes || sum.sha256 !== sha256) throw new StoreError('broken', damaged)
  }
  return contents.data
}

const noExport = (): StoreError => new StoreError('broken', 'This is no export of Parley’s. Nothing was imported.')

function refuseOthers(bytes: Uint8Array): void {
  const header = headerSchema.safeParse(json(bytes))
  if (!header.success) throw noExport()
  if (header.data.version > archiveVersion)
    throw new StoreError(
      'newer',
      'This export was made by a newer Parley. Update this one first; nothing was imported.',
    )
}

function json(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))
  } catch {
    return null
  }
}

/** One after another, each whole in memory. */
async function* entriesOf(file: string): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  const whole: { name: string; bytes: Uint8Array }[] = []
  const state: { fault: Error | null; open: number } = { fault: null, open: 0 }
  const unzip = new Unzip((entry) => {
    const pieces: Uint8Array[] = []
    let held = 0
    state.open += 1
    entry.ondata = (error, piece, isLast) => {
      if (error) state.fault ??= error
      if (state.fault) return
      pieces.push(piece)
      held += piece.length
      if (held > mostHeld) state.fault = new Error('too large')
      if (!isLast) return
      state.open -= 1
      whole.push({ name: entry.name, bytes: Buffer.concat(pieces) })
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  const breathe = createBreath()
  for await (const chunk of createReadStream(file)) {
    try {
      unzip.push(chunk as Buffer)
    } catch {
      throw new StoreError('broken', damaged)
    }
    if (state.fault) throw new StoreError('broken', damaged)
    yield* whole.splice(0)
    await breathe()
  }
  try {
    unzip.push(new Uint8Array(), true)
  } catch {
    throw new StoreError('broken', damaged)
  }
  yield* whole.splice(0)
  if (state.fault || state.open > 0) throw new StoreError('broken', damaged)
}

async function writeDurable(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  await files.makeFolder(dirname(path))
  await writeNew(files, path, bytes)
}

async function syncAll(files: Files, folder: string): Promise<void> {
  for (const name of (await files.list(folder)).folders) await syncAll(files, join(folder, name))
  await files.syncFolder(folder)
}

async function putInPlace(
  files: Files,
  { folder, isFresh }: ImportOpts,
  unpacked: string,
  names: readonly string[],
): Promise<ImportReport> {
  await files.makeFolder(unpacked)
  await syncAll(files, unpacked)
  const report: ImportReport = { conversations: 0, there: 0, isWhole: isFresh }
  for (const home of ['conversations', 'trash'] as const) {
    await files.makeFolder(join(folder, home))
    const there = new Set((await files.list(join(folder, home))).folders)
    for (const name of (await files.list(join(unpacked, home))).folders) {
      if (!there.has(name)) await files.rename(join(unpacked, home, name), join(folder, home, name))
      if (home === 'conversations') report[there.has(name) ? 'there' : 'conversations'] += 1
    }
    await files.syncFolder(join(folder, home))
  }
  if (!isFresh) return report
  const others = names.filter((one) => !/^(?:conversations|trash)\//.test(one)).map((name) => join(folder, name))
  for (const path of others) {
    await files.makeFolder(dirname(path))
    if ((await files.read(path)) === null) await files.rename(join(unpacked, relative(folder, path)), path)
  }
  for (const home of new Set([folder, ...others.map((path) => dirname(path))])) await files.syncFolder(home)
  return report
}
