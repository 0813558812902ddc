// The processes that Parley starts, bundled once for a run of the tests. They lie apart from out/, which tests build anew, and as deep
// as that, since they find what lies beside the sources by their own place.
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} root
 * @param {(command: string, args: string[]) => Promise<number | null>} execute
 * @returns {Promise<Record<string, string>>} what tells the tests of them; nothing where the build fails, which is a test's to tell
 */
export async function bundleEntries(root, execute) {
  if (!existsSync(join(root, 'electron.vite.config.ts'))) return {}
  const built = await execute(process.execPath, [
    join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--logLevel=error',
  ])
  if (built !== 0) return {}
  const folder = join(root, '.cache/entries')
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(root, 'out/main'), folder, { recursive: true })
  return { PARLEY_ENTRIES: folder }
}
