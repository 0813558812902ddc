// Brings node_modules to what the lockfile says, runs the install scripts that may run (one builds the sound addon) and signs
// the result with a stamp.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addonBuilt, stampPath } from './look.mjs'
import { NotReady, notReadyBecause } from './not-ready.mjs'
import { run } from './run.mjs'

/** @typedef {import('./plan.mjs').Stamp} Stamp */

// Said on the command line because the settings of an outer `npm run --silent` and NODE_ENV reach this npm as well.
const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=warn']

const notBuilt = 'The sound addon was not built; type: npm rebuild --ignore-scripts=false naudiodon'

function environment() {
  /** @type {Record<string, string>} */
  const env = {}
  // The addon finds its library beside itself, wherever the folder is moved or packaged. Make halves the dollars.
  if (process.platform === 'linux') env.LDFLAGS = `${process.env.LDFLAGS ?? ''} -Wl,-rpath,'$$ORIGIN'`.trim()
  return env
}

/**
 * An install script is a stranger's program with all rights of whoever installs: these packages may run theirs, no others.
 * @param {string} root the project's folder
 * @returns {string[]}
 */
export function mayBuild(root) {
  /** @type {{ allowScripts: Record<string, boolean> }} */
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  // To build, npm knows a package by its folder, which under an alias has another name.
  return Object.keys(allowScripts).filter((name) => allowScripts[name] && existsSync(join(root, 'node_modules', name)))
}

/** @param {string} root @param {Stamp} stamp */
export const signPackages = (root, stamp) => writeFileSync(stampPath(root), JSON.stringify(stamp))

/** @param {string} root the project's folder @param {Stamp} stamp what it is installed for */
export async function installPackages(root, stamp) {
  // Without its stamp a broken-off install is never taken for a whole one.
  rmSync(stampPath(root), { force: true })
  try {
    await run(['npm', 'ci', ...flags, '--ignore-scripts', '--prefix', root], {
      doing: 'Installing the npm packages, without their install scripts',
      done: 'Installed the npm packages',
    })
    const names = mayBuild(root)
    // Without a name npm would run them all.
    if (names.length === 0) throw new NotReady(notBuilt)
    await run(['npm', 'rebuild', ...names, ...flags, '--ignore-scripts=false', '--prefix', root], {
      doing: 'Building the sound addon',
      done: 'Built the sound addon',
      env: environment(),
    })
  } catch (error) {
    throw notReadyBecause(
      error,
      'The npm packages could not be installed; read what npm says above, check the network and try the same command again.',
    )
  }
  if (!addonBuilt(root)) throw new NotReady(notBuilt)
  signPackages(root, stamp)
}
