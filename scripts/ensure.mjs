// Makes a fresh machine ready for one purpose, and is silent when it is: `node scripts/ensure.mjs --for test`. Every
// `pre…` script of package.json runs it, so it works without node_modules. What is needed and who installs it is decided
// in set-up/needs.mjs and set-up/plan.mjs. Exit codes: 0 ready, 1 not ready (a sentence says why), 2 asked wrongly.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureModels } from './models.mjs'
import { optimiseModels } from './optimise-models.mjs'
import { installSystemPackages } from './set-up/apt.mjs'
import { lock } from './set-up/lock.mjs'
import { isThere, seePackages, seeSystem } from './set-up/look.mjs'
import { purposes, systemNeeds } from './set-up/needs.mjs'
import { NotReady } from './set-up/not-ready.mjs'
import { installPackages, signPackages } from './set-up/npm.mjs'
import { nodeTooOld, packageStep, systemStep } from './set-up/plan.mjs'

/** @typedef {import('./set-up/needs.mjs').Purpose} Purpose */

const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {readonly string[]} args */
function readPurpose([flag, name, ...rest]) {
  const purpose = purposes.find((known) => known === name)
  if (flag !== '--for' || purpose === undefined || rest.length > 0)
    throw new NotReady(`Say what for: node scripts/ensure.mjs --for ${purposes.join('|')}`, { exitCode: 2 })
  return purpose
}

/** @param {Purpose} purpose @param {boolean} installing */
const missingNeeds = (purpose, installing) =>
  systemNeeds({
    purpose,
    platform: process.platform,
    installing,
    display: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
  }).filter((need) => !isThere(need.sign))

/** @param {Purpose} purpose @param {boolean} installing */
async function ensureSystem(purpose, installing) {
  const missing = missingNeeds(purpose, installing)
  if (missing.length === 0) return
  const system = seeSystem()
  const step = systemStep(missing, system)
  if (step.type === 'ask') throw new NotReady(step.say)
  process.stderr.write(`${step.say}\n`)
  await installSystemPackages(step.packages, system)
  const still = missingNeeds(purpose, installing).map((need) => need.what)
  if (still.length > 0)
    throw new NotReady(`apt is done, yet there is no sign of ${still.join(', ')}; install that by hand and try again.`)
}

async function ensureSpeechModels() {
  try {
    const targetDir = join(root, 'resources/models')
    await ensureModels({ packagesDir: join(root, 'node_modules'), targetDir })
    await optimiseModels(targetDir)
  } catch (error) {
    throw new NotReady(`The speech models could not be put in place: ${error.message}`)
  }
}

/** @param {readonly string[]} args */
async function ensure(args) {
  const purpose = readPurpose(args)
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node
  const tooOld = nodeTooOld(process.versions.node, wanted)
  if (tooOld !== null) throw new NotReady(tooOld)
  if (packageStep(seePackages(root)) === 'nothing' && missingNeeds(purpose, false).length === 0)
    return ensureSpeechModels()

  const release = await lock(join(root, '.cache/set-up.lock'), (holder) =>
    process.stderr.write(
      `Another set-up (process ${holder}) is at work in this folder; waiting for it. If there is none, delete .cache/set-up.lock.\n`,
    ),
  )
  try {
    // Looked at again, for whoever held the lock may have done everything.
    const packages = seePackages(root)
    const step = packageStep(packages)
    await ensureSystem(purpose, step === 'install')
    if (step === 'install') await installPackages(root, packages.now)
    if (step === 'adopt') signPackages(root, packages.now)
    await ensureSpeechModels()
  } finally {
    release()
  }
}

try {
  await ensure(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof NotReady)) throw error
  if (error.output !== '') process.stderr.write(`${error.output.trim()}\n\n`)
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode
}
