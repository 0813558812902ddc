import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = async (name: string) => JSON.parse(await readFile(join(root, name), 'utf8')) as Record<string, unknown>

it('[K31] of every package with an install script it is said whether it may run, and of none that downloads that it may', async () => {
  const { packages } = (await read('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: true; link?: true }>
  }
  const scripted = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript ? [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)] : [],
  )
  const { allowScripts } = (await read('package.json')) as { allowScripts: Record<string, boolean> }
  expect(scripted.length).toBeGreaterThan(3)
  expect(scripted.filter((name) => allowScripts[name] === undefined)).toEqual([])
  expect(allowScripts).toMatchObject({ naudiodon: true, 'onnxruntime-node': false, esbuild: false })
})

it('[K31] npm reads the project’s settings without a warning', async () => {
  const { stderr } = await promisify(execFile)('npm', ['config', 'get', 'fund'], { cwd: root })
  expect(stderr).toBe('')
})
