// `npm start`: builds the app unless it is built, and opens it in Electron; where Electron can't be had it says so in one line and opens the same
// window in the browser. `--headless` asks for that directly; other arguments are passed on.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBuildFresh } from './set-up/fresh-build.mjs'
import { createRefusal } from './set-up/refusal.mjs'
import { chooseStart } from './set-up/start-plan.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const electronFolder = join(root, 'node_modules/electron')
const refusal = createRefusal(join(root, '.cache/electron-refused'))
/** A slow network is given this long once; what has been fetched is kept. */
const downloadWithinMs = 180_000

/** @param {string} script @param {readonly string[]} args @param {{ timeout?: number, env?: NodeJS.ProcessEnv }} [how] */
function runScript(script, args, how = {}) {
  return spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8', ...how })
}

/** @returns {string | null} Electron's program, null when it is not there */
function electronProgram() {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const program = join(electronFolder, 'dist', names[process.platform] ?? 'electron')
  return existsSync(program) ? program : null
}

/** @returns {string | null} */
function fetchElectron() {
  if (process.env.PARLEY_NO_DOWNLOAD || refusal.isFresh(Date.now())) return null
  process.stderr.write('Fetching Electron …\n')
  runScript(join(electronFolder, 'install.js'), [], { timeout: downloadWithinMs })
  const program = electronProgram()
  if (program === null) refusal.note()
  else refusal.forget()
  return program
}

function build() {
  if (isBuildFresh(root)) return
  const built = runScript(join(root, 'node_modules/electron-vite/bin/electron-vite.js'), [
    'build',
    '--logLevel',
    'warn',
  ])
  if (built.status === 0) return
  process.stderr.write(`${built.stdout}${built.stderr}\nThe window could not be built.\n`)
  process.exit(1)
}

/** @param {string} program @param {readonly string[]} args */
function open(program, args) {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env
  const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

/** Once built, nothing is translated at the start. */
const headless = () =>
  isBuildFresh(root) ? [join(root, 'out/main/headless.js')] : ['--import', 'tsx', join(root, 'src/main/headless.ts')]
const args = process.argv.slice(2)

/** An order to the running app needs no window: `npm start -- say "…"`. */
function giveOrder() {
  const { status } = spawnSync(process.execPath, [...headless(), 'order', ...args], { cwd: root, stdio: 'inherit' })
  // Nobody runs: an order that may begin it goes to the app itself.
  if (status !== 4) process.exit(status ?? 1)
}

if (args.length > 0 && !args[0]?.startsWith('--')) giveOrder()
const start = chooseStart({
  args,
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  electron: () => electronProgram() ?? fetchElectron(),
})
if (start.say !== null) process.stderr.write(`${start.say}\n`)
build()
if (start.type === 'electron') open(start.program, [root, ...start.args])
else open(process.execPath, [...headless(), 'window', ...start.args])
