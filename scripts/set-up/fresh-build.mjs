// Whether out/ is what the sources say: then a start need not build it again.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** All that a build is made of. */
const sources = ['src', 'resources/icons', 'electron.vite.config.ts', 'package-lock.json']

/** @param {string} path @returns {number} when the newest file in it was changed, ms; Infinity when it is not there */
function changedMs(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return Infinity
  if (!found.isDirectory()) return found.mtimeMs
  // A folder's own time tells of a file that was removed.
  return readdirSync(path, { withFileTypes: true }).reduce(
    (newest, entry) =>
      Math.max(
        newest,
        entry.isDirectory() ? changedMs(join(path, entry.name)) : statSync(join(path, entry.name)).mtimeMs,
      ),
    found.mtimeMs,
  )
}

/** @param {string} root the project's folder */
export function isBuildFresh(root) {
  const built = ['out/main/index.js', 'out/main/headless.js', 'out/renderer/index.html'].map((file) =>
    statSync(join(root, file), { throwIfNoEntry: false }),
  )
  if (built.some((file) => file === undefined)) return false
  const oldestMs = Math.min(...built.map((file) => file?.mtimeMs ?? 0))
  return sources.every((path) => changedMs(join(root, path)) < oldestMs)
}
