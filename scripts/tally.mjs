// Counts what a test run really did. scripts/test.mjs prints it.

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {import('./test-notes.mjs').FileResult} FileResult
 */

/**
 * A file that failed without a failed test (it did not load, a hook threw, it never ended) counts as one failure; what
 * had not begun when the run was ended counts as nothing.
 * @param {readonly FileResult[]} files
 * @returns {Tally}
 */
export function tally(files) {
  const states = files.flatMap((file) => file.tests.map(({ state }) => state))
  const passed = states.filter((state) => state === 'passed').length
  const failed = states.filter((state) => state === 'failed' || state === 'running').length
  const broken = files.filter(
    (file) => (file.state === 'failed' || file.state === 'running') && !file.tests.some(isFailed),
  ).length
  return { passed, failed: failed + broken, skipped: states.length - passed - failed }
}

/** @param {FileResult['tests'][number]} test */
const isFailed = ({ state }) => state === 'failed' || state === 'running'

/**
 * Vitest ended badly with nothing else to blame, such as an error outside of every test, or said nothing at all.
 * @param {import('./test-notes.mjs').RunResult} run
 * @param {number} exitCode vitest's own
 */
export function isUnexplained({ began, files }, exitCode) {
  return !began || (exitCode !== 0 && tally(files).failed === 0)
}

/** @param {Tally} counts */
export const tallyLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/**
 * A skipped test is a promise nobody checked, so it fails the run — unless tests were picked by name, which skips the rest.
 * @param {Tally} counts
 * @param {readonly string[]} args given to vitest
 */
export function isGood({ passed, failed, skipped }, args) {
  const picked = args.some((arg) => /^(-t|--testNamePattern)(=|$)/.test(arg))
  return failed === 0 && passed > 0 && (skipped === 0 || picked)
}
