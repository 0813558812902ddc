import { describe, expect, it } from 'vitest'
import { isGood, tally, tallyLine } from '../../scripts/tally.mjs'

const file = (status: string, ...tests: string[]): { status: string; assertionResults: { status: string }[] } => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

describe('the count of a test run', () => {
  it.each([
    ['all passed', [file('passed', 'passed', 'passed')], 0, '2 passed, 0 failed'],
    ['one failed', [file('failed', 'passed', 'failed')], 1, '1 passed, 1 failed'],
    ['a file that did not load', [file('failed'), file('passed', 'passed')], 1, '1 passed, 1 failed'],
    ['a hook that threw after its tests', [file('failed', 'passed')], 1, '1 passed, 1 failed'],
    ['an error outside of every test', [file('passed', 'passed')], 1, '1 passed, 1 failed'],
    ['skipped and unwritten tests', [file('passed', 'passed', 'skipped', 'todo')], 0, '1 passed, 0 failed, 2 skipped'],
  ])('[K7] of %s is right', (_, testResults, exitCode, line) => {
    expect(tallyLine(tally({ testResults }, exitCode))).toBe(line)
  })

  it('[K7] of a runner that left no report is a failure', () => {
    expect(tally(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it.each([
    [{ passed: 3, failed: 0, skipped: 0 }, [], true],
    [{ passed: 3, failed: 1, skipped: 0 }, [], false],
    [{ passed: 0, failed: 0, skipped: 0 }, [], false],
    [{ passed: 3, failed: 0, skipped: 1 }, [], false],
    [{ passed: 3, failed: 0, skipped: 1 }, ['-t', 'wall'], true],
    [{ passed: 3, failed: 1, skipped: 1 }, ['--testNamePattern=wall'], false],
    [{ passed: 3, failed: 0, skipped: 1 }, ['test/core'], false],
  ])('[K7] %o with the arguments %o is good: %s', (counts, args, good) => {
    expect(isGood(counts, args)).toBe(good)
  })
})
