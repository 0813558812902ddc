// Optimises the recognisers once, at set-up, instead of at every start: resources/models/*/*.ort beside the *.onnx that they are made
// of, which the engine loads as they are. Twice as large on disk, loaded in a third of the time. Made without what depends on the
// processor, so that they may be packaged for others.
import { createHash } from 'node:crypto'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const parts = ['base/encoder', 'base/decoder', 'tiny/encoder', 'tiny/decoder']

/** @param {string} path */
const lengthOf = (path) =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  )

/** @param {string} from @param {string} to */
async function optimise(from, to) {
  const { InferenceSession } = await import('onnxruntime-node')
  // The ending says in which form it is written.
  const half = to.replace(/\.ort$/, `.${process.pid}.part.ort`)
  const session = await InferenceSession.create(from, {
    graphOptimizationLevel: 'extended',
    optimizedModelFilePath: half,
    extra: { session: { save_model_format: 'ORT' } },
  })
  await session.release()
  await rename(half, to)
}

/**
 * Idempotent; a second call only compares lengths with what the first noted.
 * @param {string} modelsDir as models.mjs fills it
 * @returns {Promise<string[]>} what was made by this call
 */
export async function optimiseModels(modelsDir) {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json')
  const notePath = join(modelsDir, '.optimised')
  const stamp = await readFile(join(modelsDir, '.stamp'), 'utf8')
  const madeOf = createHash('sha256').update(`1 ${version} ${stamp}`).digest('hex')
  const lengths = async () =>
    JSON.stringify(await Promise.all(parts.map((part) => lengthOf(join(modelsDir, `${part}.ort`)))))
  const known = await readFile(notePath, 'utf8').catch(() => '')
  if (known === `${madeOf} ${await lengths()}`) return []
  await rm(notePath, { force: true })
  for (const part of parts) await optimise(join(modelsDir, `${part}.onnx`), join(modelsDir, `${part}.ort`))
  await writeFile(notePath, `${madeOf} ${await lengths()}`)
  return parts
}
