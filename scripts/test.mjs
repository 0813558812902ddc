// `npm test`: the checks, then every test, then one line of counts as the last thing printed. Arguments go to vitest.
// The tests run even when a check fails, so that one run shows everything; a failed check counts as one failure. What is
// beside what, and what is tried again, is decided in test-plan.mjs.
import { fileURLToPath } from 'node:url'
import { createMarkedProcesses } from './marked-processes.mjs'
import { isGood, isUnexplained, tally, tallyLine } from './tally.mjs'
import { failedIn, latestOf, runningIn } from './test-notes.mjs'
import { groupsIn, laneArgs, lastArgs, secondTryArgs, toTryAgain } from './test-plan.mjs'
import { createTestRuns } from './test-runs.mjs'

/** Of somebody who waits for it: said within 25 minutes. */
const limitMinutes = Number(process.env.PARLEY_TEST_MINUTES ?? 24)

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const print = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`)
const processes = createMarkedProcesses(root, print)
const runs = createTestRuns(root, processes)
/** @type {string[]} */
const took = []
let isEnded = false

/** @param {import('./tally.mjs').Tally} counts @param {boolean} good */
function close(counts, good) {
  runs.forget()
  print(`\n${tallyLine(counts)}`)
  process.exitCode = good ? 0 : 1
}

/** Ends what runs and tells what it was; what had passed is counted. @param {string} why */
async function endEarly(why) {
  if (isEnded) return
  isEnded = true
  const files = latestOf(runs.files())
  const running = runningIn(files)
  await processes.killAll()
  print(`\n${why} Running then:`)
  for (const line of running.length > 0 ? running : ['the checks, or a start']) print(`  ${line}`)
  const { passed, failed, skipped } = tally(files)
  close({ passed, failed: Math.max(1, failed), skipped }, false)
  process.exit()
}

/** @template T @param {string} name @param {() => Promise<T>} act */
async function timed(name, act) {
  const begunMs = performance.now()
  const done = await act()
  took.push(`${name} ${Math.round((performance.now() - begunMs) / 1_000)} s`)
  return done
}

/** @param {string[]} lane */
async function runLane(lane) {
  const name = groupsIn(lane)
  return { name, ...(await timed(name, () => runs.vitest(lane))) }
}

async function run() {
  // What computes comes after the checks, which compute as well.
  const checks = timed('checks', () => processes.execute('npm', ['run', '--silent', 'check']))
  const first = await Promise.all(
    laneArgs(args).map(async (lane, at) => {
      if (at === 0) await checks
      return runLane(lane)
    }),
  )
  const checked = await checks
  const last = lastArgs(args)
  if (isEnded) return
  if (last !== null) first.push(await runLane(last))
  if (isEnded) return
  const tried = first.flatMap(({ run: { files } }) => files)
  const again = toTryAgain(tried)
  const second =
    again.length > 0
      ? { name: 'second try', ...(await timed('second try', () => runs.vitest(secondTryArgs(again, args)))) }
      : null
  if (isEnded) return
  const files = latestOf([tried, second?.run.files ?? []])
  const counts = tally(files)
  const unexplained = [...first, ...(second ? [second] : [])].filter((each) => isUnexplained(each.run, each.exitCode))
  const nothing = counts.passed + counts.failed + counts.skipped === 0 ? 1 : 0
  const all = { ...counts, failed: counts.failed + (checked === 0 ? 0 : 1) + Math.max(unexplained.length, nothing) }
  const good = isGood(all, args)

  if (checked !== 0)
    print('\nThe checks failed (see above); that counts as one failure. Run them alone with: npm run check')
  for (const { name, exitCode } of unexplained)
    print(
      `\n${name} ended with ${exitCode === null ? 'a signal' : `code ${exitCode}`} although none of its tests failed: one failure. Run it alone to see why.`,
    )
  const left = [...failedIn(files), ...runningIn(files.filter(({ state }) => state !== 'waiting'))]
  if (left.length > 0) print(['\nFailed, or never ended:', ...left.map((line) => `  ${line}`)].join('\n'))
  if (again.length > 0) {
    print('\nTried a second time, since it failed the first:')
    for (const line of failedIn(again)) print(`  ${line}`)
  }
  if (!good && counts.skipped > 0) print('\nA skipped test fails the run.')
  if (nothing > 0) print('\nNo test ran.')
  print(`\nTook ${Math.round(performance.now() / 1_000)} s: ${took.join('; ')}`)
  close(all, good)
}

const watchdog = setTimeout(() => void endEarly(`Ended after ${limitMinutes} minutes.`), limitMinutes * 60_000)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => void endEarly('Interrupted.'))
await run()
clearTimeout(watchdog)
