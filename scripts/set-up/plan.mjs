// What set-up decides, as pure functions over what was seen: is Node new enough, do the packages match the lockfile,
// who can install what the system lacks. ensure.mjs looks and acts.
import { packagesFor } from './needs.mjs'

/**
 * @typedef {import('./needs.mjs').Need} Need
 * @typedef {{ lock: string, abi: string, platform: string }} Stamp What `node_modules` was installed for: a digest of
 *   the lockfile, Node's module version, operating system and processor.
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>} LockedPackages
 */

/** @param {string} text */
const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number)

/**
 * @param {string} version of the running Node, `20.20.2`
 * @param {string} range as package.json has it: `>=20.19`
 * @returns {string | null} the sentence for someone whose Node is too old
 */
export function nodeTooOld(version, range) {
  const [major = 0, minor = 0] = numbers(version)
  const [wantedMajor = 0, wantedMinor = 0] = numbers(range)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return null
  return `Parley needs Node ${wantedMajor}.${wantedMinor} or newer and this is ${version}: install a newer one from https://nodejs.org and try again.`
}

/**
 * Compares package-lock.json with the copy that npm leaves in node_modules. Packages for other platforms are optional
 * and may be absent; everything else must be there in the same version and with the same digest.
 * @param {LockedPackages} wanted
 * @param {LockedPackages | null} installed
 */
export function agrees(wanted, installed) {
  if (installed === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true
    const there = installed[path]
    if (there === undefined) return entry.optional === true
    return there.version === entry.version && there.integrity === entry.integrity
  })
}

/**
 * `install`: run `npm ci`. `adopt`: the tree is right but was made by someone's own npm command; only sign it.
 * @param {{ stamp: Stamp | null, now: Stamp, addonBuilt: boolean, sameTree: () => boolean }} seen `sameTree` is asked
 *   only when the stamp does not settle it, for it reads two large files.
 * @returns {'nothing' | 'adopt' | 'install'}
 */
export function packageStep({ stamp, now, addonBuilt, sameTree }) {
  if (!addonBuilt) return 'install'
  if (stamp !== null && (stamp.abi !== now.abi || stamp.platform !== now.platform)) return 'install'
  if (stamp !== null && stamp.lock === now.lock) return 'nothing'
  return sameTree() ? 'adopt' : 'install'
}

/** @param {string[]} words */
const listed = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`)

/**
 * Who gets the missing parts: this script where it may install (apt, and root or sudo without a password), else the person.
 * @param {readonly Need[]} missing
 * @param {{ platform: string, apt: boolean, root: boolean, sudo: boolean }} system
 * @returns {{ type: 'install', packages: string[], say: string } | { type: 'ask', say: string }}
 */
export function systemStep(missing, { platform, apt, root, sudo }) {
  const packages = packagesFor(missing)
  const parts = listed([...new Set(missing.map((need) => need.what))])
  if (apt && (root || sudo))
    return { type: 'install', packages, say: `Installing system packages with apt: ${packages.join(' ')}` }
  const command = apt
    ? `type this and try again: sudo apt-get install --no-install-recommends ${packages.join(' ')}`
    : platform === 'darwin'
      ? 'type this and try again: xcode-select --install'
      : `install them with your system's package manager and try again (on Debian they are called ${packages.join(' ')}).`
  return { type: 'ask', say: `Parley needs ${parts}, which this system does not have: ${command}` }
}
