// Everything that is kept, in one file. The files go in as they lie there, so that whatever belongs to a conversation comes along;
// one that changes meanwhile is taken as it was at one moment.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { once } from 'node:events'
import { Zip, ZipDeflate } from 'fflate'
import { archiveVersion, contentsName, headerName, isExported, type Contents } from '../../core/store/archive.ts'
import { createBreath } from '../store/breath.ts'
import { diskFiles, type Files } from '../store/files.ts'
import { faultOf, StoreError } from '../store/store-error.ts'

export interface ExportOpts {
  folder: string
  /** The file to be made; one that is there is not replaced. */
  file: string
  version: string
  nowMs: number
  files?: Files
}

/** How often a folder is read again that changed meanwhile. */
const mostLooks = 5

/** Throws StoreError: `exists`, or `refused` when a disk won't. @returns how many files are in it */
export async function exportAll(opts: ExportOpts): Promise<{ file: string; count: number }> {
  const file = resolve(opts.file)
  if ((await stat(file).catch(() => null)) !== null)
    throw new StoreError('exists', `${file} is there already. Choose another name.`)
  const part = `${file}.parley-tmp`
  try {
    const count = await write(opts, part)
    await rename(part, file)
    await diskFiles.syncFolder(dirname(file)).catch(() => undefined)
    return { file, count }
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    if (error instanceof StoreError) throw error
    throw new StoreError(
      'refused',
      `The export could not be written (${faultOf(error)}). Nothing was left half done.`,
      error,
    )
  }
}

async function write({ folder, version, nowMs, files = diskFiles }: ExportOpts, path: string): Promise<number> {
  const handle = await open(path, 'wx', 0o600)
  const out = createWriteStream('', { fd: handle.fd, autoClose: false })
  let failed = null as Error | null
  out.on('error', (error) => (failed = error))
  const breathe = createBreath()
  const contents: Contents = { files: {} }
  try {
    const zip = new Zip((error, chunk) => {
      if (error) failed = error
      else out.write(chunk)
    })
    const add = async (name: string, bytes: Uint8Array): Promise<void> => {
      const entry = new ZipDeflate(name, { level: 6 })
      zip.add(entry)
      entry.push(bytes, true)
      if (failed) throw failed
      if (out.writableNeedDrain) await once(out, 'drain')
      await breathe()
    }
    const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`)
    await add(headerName, json({ format: 'parley-archive', version: archiveVersion, madeMs: nowMs, by: version }))
    for await (const { name, bytes } of everyFile(files, folder, '')) {
      contents.files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
      await add(name, bytes)
    }
    await add(contentsName, json(contents))
    zip.end()
    await new Promise<void>((done) => out.end(() => done()))
    if (failed) throw failed
    await handle.sync()
    return Object.keys(contents.files).length
  } finally {
    out.destroy()
    await handle.close().catch(() => undefined)
  }
}

interface Found {
  name: string
  bytes: Uint8Array
}

async function* everyFile(files: Files, root: string, below: string): AsyncGenerator<Found> {
  const { names, found } = await filesOf(files, root, below)
  yield* found
  for (const folder of names.folders) {
    const name = below === '' ? folder : `${below}/${folder}`
    if (isExported(name)) yield* everyFile(files, root, name)
  }
}

/** The files of one folder as they stood together: what a snapshot makes superfluous must not be missed between two reads. */
async function filesOf(
  files: Files,
  root: string,
  below: string,
): Promise<{ names: { folders: string[] }; found: Found[] }> {
  const folder = join(root, below)
  for (let look = 1; ; look += 1) {
    const names = await files.list(folder)
    const found: Found[] = []
    for (const file of names.files) {
      const name = below === '' ? file : `${below}/${file}`
      const bytes = isExported(name) ? await files.read(join(folder, file)) : null
      if (bytes !== null) found.push({ name, bytes })
    }
    const after = await files.list(folder)
    if (look === mostLooks || after.files.toSorted().join('/') === names.files.toSorted().join('/'))
      return { names, found }
  }
}
