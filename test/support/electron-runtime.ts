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
  /** Starts the app as it was built. */
  program: string
  args: string[]
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export function setup(project: TestProject): void {
  const runtime = builtOnElectron()
  console.log(`desktop tests run on Electron ${runtime.version}`)
  project.provide('electron', runtime)
}

/** The project as its sources say now, and the Electron that there is. */
export function builtOnElectron(): ElectronRuntime {
  execFileSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return electronFor(root, 'project')
}

/** @param app a folder with a package.json @param name of what starts it, among others like it */
export function electronFor(app: string, name: string): ElectronRuntime {
  return ownElectron(app) ?? borrowedElectron(app, name)
}

function ownElectron(app: string): ElectronRuntime | null {
  const folder = join(root, 'node_modules/electron/dist')
  const program = join(folder, 'electron')
  if (!existsSync(program)) return null
  return { folder, version: readFileSync(join(folder, 'version'), 'utf8'), program, args: [app] }
}

/** It starts nothing but what lies in its resources, so there is a second folder, of links, in which the app does. */
function borrowedElectron(app: string, name: string): ElectronRuntime {
  const folder = join(root, '.cache/electron-for-tests')
  execFileSync('bash', [fileURLToPath(new URL('./electron-for-tests.sh', import.meta.url)), folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const linked = join(root, `.cache/electron-on-${name}`)
  const program = join(linked, 'electron')
  if (!existsSync(program)) {
    rmSync(linked, { recursive: true, force: true })
    execFileSync('cp', ['--archive', '--link', folder, linked])
    symlinkSync(app, join(linked, 'resources/app'))
  }
  return { folder, version: readFileSync(join(folder, 'version'), 'utf8'), program, args: [] }
}
