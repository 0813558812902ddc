// Looks at the machine and at node_modules for what plan.mjs decides upon. Reads only, and starts no process but one
// question to sudo, because every command of Parley waits for this.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { agrees } from './plan.mjs'

/** @typedef {import('./needs.mjs').Sign} Sign */
/** @typedef {import('./plan.mjs').Stamp} Stamp */

/** Debian's multiarch folders, by Node's name of the processor. @type {Partial<Record<string, string>>} */
const triplets = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu', arm: 'arm-linux-gnueabihf' }

function prefixes() {
  const triplet = triplets[process.arch] ?? ''
  const libraries = ['lib', 'lib64', `lib/${triplet}`].flatMap((folder) => [`/usr/${folder}`, `/${folder}`])
  return [...libraries, '/usr/local/lib', '/usr']
}

/** @param {string} command */
export const isCommand = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, command)))

/** @param {Sign} sign */
export function isThere(sign) {
  if ('command' in sign) return isCommand(sign.command)
  const files = 'library' in sign ? [sign.library] : sign.anyOf
  return prefixes().some((prefix) => files.some((file) => existsSync(join(prefix, file))))
}

/** How this system can be given packages. */
export function seeSystem() {
  const root = process.getuid?.() === 0
  const apt = process.platform === 'linux' && isCommand('apt-get')
  const sudo = apt && !root && isCommand('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0
  return { platform: process.platform, apt, root, sudo }
}

/** @param {string} path @returns {any} null when there is no such file or it is torn */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** @param {string} root */
export const stampPath = (root) => join(root, 'node_modules/.parley-stamp.json')

/** @param {string} root */
export const addonBuilt = (root) => existsSync(join(root, 'node_modules/naudiodon/build/Release/naudiodon.node'))

/** @param {string} root the project's folder */
export function seePackages(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stamp = /** @type {Stamp | null} */ (readJson(stampPath(root)))
  const now = {
    lock: createHash('sha256').update(lockText).digest('hex'),
    abi: process.versions.modules,
    platform: `${process.platform}-${process.arch}`,
  }
  return {
    stamp,
    now,
    addonBuilt: addonBuilt(root),
    sameTree: () =>
      agrees(JSON.parse(lockText).packages, readJson(join(root, 'node_modules/.package-lock.json'))?.packages ?? null),
  }
}
