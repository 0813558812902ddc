// Installs system packages with apt, without questions.
import { notReadyBecause } from './not-ready.mjs'
import { CommandFailed, run } from './run.mjs'

/** Waits for another apt, such as the nightly upgrade, instead of failing. */
const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300']

/** @param {readonly string[]} packages @param {{ root: boolean }} system sudo is used when not root */
export async function installSystemPackages(packages, { root }) {
  const command = root ? apt : ['sudo', '-n', ...apt]
  try {
    await run([...command, 'update'], { doing: 'Reading the package lists', done: 'Read the package lists' })
  } catch (error) {
    // One broken source fails the update although everything wanted can be had: the install decides.
    if (!(error instanceof CommandFailed)) throw error
    process.stderr.write(`${error.output.trimEnd()}\n`)
  }
  try {
    await run([...command, 'install', '-y', '--no-install-recommends', ...packages], {
      doing: `Installing ${packages.join(' ')}`,
      done: 'Installed the system packages',
    })
  } catch (error) {
    throw notReadyBecause(
      error,
      `The system packages could not be installed; read what apt says above, then try again or type: sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
    )
  }
}
