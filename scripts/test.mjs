// `npm test`: the checks, then every test, then one line of counts as the last thing printed. Arguments go to vitest.
// The tests run even when a check fails, so that one run shows everything; a failed check counts as one failure.
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isGood, tally, tallyLine } from './tally.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const reportPath = join(root, `.cache/test-report-${process.pid}.json`)

/** @param {string} command @param {readonly string[]} args @param {boolean} [shell] @returns {Promise<number>} the exit code */
function execute(command, args, shell = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

function readReport() {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8'))
  } catch {
    return null
  }
}

const args = process.argv.slice(2)
const checked = await execute('npm', ['run', '--silent', 'check'], process.platform === 'win32')
const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--allowOnly=false']
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`]
const tested = await execute(process.execPath, [...vitest, ...reporters, ...args])
const counts = tally(readReport(), tested)
rmSync(reportPath, { force: true })
const all = { ...counts, failed: counts.failed + (checked === 0 ? 0 : 1) }
const good = isGood(all, args)

if (checked !== 0)
  console.log('\nThe checks failed (see the top); that counts as one failure. Run them alone with: npm run check')
if (!good && all.failed === 0) console.log(all.passed === 0 ? '\nNo test ran.' : '\nA skipped test fails the run.')
console.log(`\n${tallyLine(all)}`)
process.exitCode = good ? 0 : 1
