// The Electron that desktop tests run on, once for a run: the project's own where its download has succeeded, else the one of
// electron-for-tests.sh. Builds the app first, so that what is tested is what the sources say. Names its version.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    electron: ElectronRuntime
  }
}

export interface ElectronRuntime {
  /** The folder of the bare runtime, as electron-builder takes it. */
  folder: string
  version: string
  /** Starts the project as it was built. */
  program: string
  args: string[]
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export function setup(project: TestProject): void {
  execFileSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const runtime = ownElectron() ?? borrowedElectron()
  console.log(`desktop tests run on Electron ${runtime.version}`)
  project.provide('electron', runtime)
}

function ownElectron(): ElectronRuntime | null {
  const folder = join(root, 'node_modules/electron/dist')
  const program = join(folder, 'electron')
  if (!existsSync(program)) return null
  return { folder, version: readFileSync(join(folder, 'version'), 'utf8'), program, args: [root] }
}

/** It starts nothing but what lies in its resources, so there is a second folder, of links, in which the project does. */
function borrowedElectron(): ElectronRuntime {
  const folder = join(root, '.cache/electron-for-tests')
  execFileSync('bash', [fileURLToPath(new URL('./electron-for-tests.sh', import.meta.url)), folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const linked = join(root, '.cache/electron-on-project')
  const program = join(linked, 'electron')
  if (!existsSync(program)) {
    rmSync(linked, { recursive: true, force: true })
    execFileSync('cp', ['--archive', '--link', folder, linked])
    symlinkSync(root, join(linked, 'resources/app'))
  }
  return { folder, version: readFileSync(join(folder, 'version'), 'utf8'), program, args: [] }
}
