// Builds the window for the system's browser, by itself into out/renderer, and is silent when it is built already. Electron's
// own build (electron.vite.config.ts) puts the same window into that same folder.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const usual = 'out/renderer'

/** Everything that the built files depend on. */
function fingerprint() {
  const hash = createHash('sha256')
  const folders = ['src/renderer', 'src/core', 'resources/icons']
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for (const file of [...files.sort(), join(root, 'package-lock.json'), fileURLToPath(import.meta.url)])
    hash.update(`${file}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

/** @param {string} path */
function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** What was built and by which sources; Electron's build leaves other names behind. @param {string} target */
function seal(target) {
  return `${fingerprint()} ${createHash('sha256')
    .update(readOrNothing(join(target, 'index.html')))
    .digest('hex')}`
}

/** @param {string} folder in the project's @returns {Promise<string>} the folder of the built window */
export async function buildWindow(folder = usual) {
  const target = join(root, folder)
  const stamp = join(root, '.cache/window-builds', folder.replaceAll('/', '-'))
  if (readOrNothing(stamp) === seal(target)) return target
  const { build } = await import('vite')
  await build({
    root: join(root, 'src/renderer'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: target,
      emptyOutDir: true,
      // Its helper would be an inline script, and a data address is no file of ours.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // One page of this computer's own: nothing is gained by parting it, and a person at the terminal is told nothing of it.
      chunkSizeWarningLimit: 4_000,
    },
  })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, seal(target))
  return target
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await buildWindow()
