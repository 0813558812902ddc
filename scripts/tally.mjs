// Counts what a test run really did, from vitest's JSON report. scripts/test.mjs prints it.

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult
 */

/**
 * A file that failed without a failed test (it did not load, or a hook threw) counts as one failure, and so does a run
 * that ended badly with nothing else to blame, such as an error outside of every test.
 * @param {{ testResults: FileResult[] } | null} report null when vitest left none
 * @param {number} exitCode vitest's own
 * @returns {Tally}
 */
export function tally(report, exitCode) {
  const files = report?.testResults ?? []
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const failedTests = statuses.filter((status) => status === 'failed').length
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = failedTests + brokenFiles
  const unexplained = failed === 0 && (exitCode !== 0 || report === null) ? 1 : 0
  return { passed, failed: failed + unexplained, skipped: statuses.length - passed - failedTests }
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
