// Brings node_modules to what the lockfile says, builds the sound addon on the way and signs the result with a stamp.
import { rmSync, writeFileSync } from 'node:fs'
import { addonBuilt, stampPath } from './look.mjs'
import { NotReady, notReadyBecause } from './not-ready.mjs'
import { run } from './run.mjs'

/** @typedef {import('./plan.mjs').Stamp} Stamp */

// Said on the command line because the settings of an outer `npm run --silent` and NODE_ENV reach this npm as well.
const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=warn']

function environment() {
  // onnxruntime-node's install step would download CUDA; its CPU binaries are in the package.
  /** @type {Record<string, string>} */
  const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip' }
  // The addon finds its library beside itself, wherever the folder is moved or packaged. Make halves the dollars.
  if (process.platform === 'linux') env.LDFLAGS = `${process.env.LDFLAGS ?? ''} -Wl,-rpath,'$$ORIGIN'`.trim()
  return env
}

/** @param {string} root @param {Stamp} stamp */
export const signPackages = (root, stamp) => writeFileSync(stampPath(root), JSON.stringify(stamp))

/** @param {string} root the project's folder @param {Stamp} stamp what it is installed for */
export async function installPackages(root, stamp) {
  // Without its stamp a broken-off install is never taken for a whole one.
  rmSync(stampPath(root), { force: true })
  try {
    await run(['npm', 'ci', ...flags, '--prefix', root], {
      doing: 'Installing the npm packages and building the sound addon',
      done: 'Installed the npm packages',
      env: environment(),
    })
  } catch (error) {
    throw notReadyBecause(
      error,
      'The npm packages could not be installed; read what npm says above, check the network and try the same command again.',
    )
  }
  if (!addonBuilt(root))
    throw new NotReady(
      'npm was told to skip install scripts, so the sound addon was not built; type: npm rebuild --ignore-scripts=false naudiodon',
    )
  signPackages(root, stamp)
}
