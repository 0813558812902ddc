// A built window in its usual place, for tests that start the project's own command: built elsewhere and moved there whole, since
// the desktop's tests, which may run beside these, build into that place too.
import { cpSync, existsSync, mkdtempSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWindow } from '../../scripts/build-window.mjs'
import { windowFolder } from '../../src/main/link/files.ts'

export async function haveBuiltWindow(): Promise<void> {
  if (existsSync(join(windowFolder, 'index.html'))) return
  const built = await buildWindow('.cache/window-for-commands')
  const parent = join(windowFolder, '..')
  mkdirSync(parent, { recursive: true })
  // On the same disk, so that it can be moved.
  const beside = mkdtempSync(join(parent, 'window-'))
  try {
    const whole = join(beside, 'renderer')
    cpSync(built, whole, { recursive: true })
    renameSync(whole, windowFolder)
  } catch (error) {
    // Somebody else's is there by now.
    if (!existsSync(join(windowFolder, 'index.html'))) throw error
  } finally {
    rmSync(beside, { recursive: true })
  }
}
