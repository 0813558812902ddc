// `npm run prove`: the long form of every test that repeats itself, one after the other, and a table at the end. Arguments choose
// those whose name or path holds one of them. What there is stands in long-forms.mjs.
import { fileURLToPath } from 'node:url'
import { longForms, tableOf } from './long-forms.mjs'
import { createMarkedProcesses } from './marked-processes.mjs'
import { tally } from './tally.mjs'
import { createTestRuns } from './test-runs.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const print = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`)
const processes = createMarkedProcesses(root, print)
const runs = createTestRuns(root, processes)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => void processes.killAll().then(() => process.exit(1)))

const asked = process.argv.slice(2)
const chosen = longForms.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)))
const rows = []
for (const { name, path, times, by = 'PARLEY_RUNS' } of chosen) {
  print(`\n${name}: ${times.toLocaleString('en')} (${by}=${times} npx vitest run ${path})`)
  const begunMs = performance.now()
  // Long forms take as long as they take.
  const { run, exitCode } = await runs.vitest(['--testTimeout=0', path], { [by]: String(times) })
  const { passed, failed } = tally(run.files)
  rows.push({
    name,
    times,
    passed,
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    ms: performance.now() - begunMs,
  })
}
runs.forget()
print('')
for (const line of tableOf(rows)) print(line)
if (rows.length === 0) print(`None of them is called ${asked.join(' or ')}.`)
process.exitCode = rows.length > 0 && rows.every(({ passed, failed }) => passed > 0 && failed === 0) ? 0 : 1
