// `npm run package`: builds the app and the package of this machine. On Linux that is a deb, made by dpkg-deb (deb/pack.mjs)
// since electron-builder's own packer would have to be downloaded, and an AppImage where its tool can be fetched. Arguments go
// to electron-builder.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = join(root, 'dist')
const print = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`)

/** @param {string} module @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(module, args, env = {}) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', module), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  return status ?? 1
}

const packer = {
  USE_SYSTEM_FPM: 'true',
  PARLEY_PACKAGE_ROOT: root,
  PATH: `${join(root, 'scripts/deb')}${delimiter}${process.env.PATH ?? ''}`,
}
/** @param {readonly string[]} args */
const electronBuilder = (args) =>
  run('electron-builder/cli.js', [...args, '--publish', 'never', ...process.argv.slice(2)], packer)

/** @param {string} folder @returns {number} bytes */
function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

const mib = (/** @type {number} */ bytes) => `${(bytes / 1_048_576).toFixed(1)} MiB`

/** What was made, how large it is, and what in it is largest. */
function report() {
  for (const name of readdirSync(output).filter((file) => /\.(deb|AppImage|dmg|exe)$/.test(file)))
    print(`dist/${name}: ${mib(statSync(join(output, name)).size)}`)
  const unpacked = readdirSync(output).find((name) => name.endsWith('-unpacked'))
  if (unpacked === undefined) return
  const parts = readdirSync(join(output, unpacked), { withFileTypes: true }).map((entry) => {
    const path = join(output, unpacked, entry.name)
    return { name: entry.name, bytes: entry.isDirectory() ? sizeOf(path) : statSync(path).size }
  })
  print('Unpacked, the largest first:')
  for (const { name, bytes } of parts.sort((one, other) => other.bytes - one.bytes).slice(0, 6))
    print(`  ${mib(bytes).padStart(10)}  ${name}`)
}

function build() {
  const built = run('electron-vite/bin/electron-vite.js', ['build'])
  if (built !== 0 || process.platform !== 'linux') return built || electronBuilder([])
  const made = electronBuilder(['--linux', 'deb'])
  if (made !== 0) return made
  const unpacked = readdirSync(output).find((name) => name.endsWith('-unpacked'))
  const image = unpacked && electronBuilder(['--linux', 'AppImage', '--prepackaged', join(output, unpacked)])
  if (image !== 0) print('No AppImage was made: its tool can’t be fetched here. The deb is complete.')
  return 0
}

process.exitCode = build()
if (process.exitCode === 0) report()
