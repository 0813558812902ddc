import { describe, expect, it } from 'vitest'
import { isGood, isUnexplained, tally, tallyLine } from '../../scripts/tally.mjs'
import { latestOf, readNotes, runningIn, type FileResult, type State } from '../../scripts/test-notes.mjs'
import { alone, laneArgs, lanes, lastArgs, secondTryArgs, toTryAgain } from '../../scripts/test-plan.mjs'

const file = (
  state: FileResult['state'],
  tests: (State | 'running')[] = [],
  place: { group: string; file: string } = { group: 'fast', file: 'a.test.ts' },
): FileResult => ({ ...place, state, ms: 1, tests: tests.map((each, at) => ({ name: `test ${at}`, state: each })) })

describe('the count of a test run', () => {
  it('[K7] of a run that ended goes by its tests where a beginning, of a file or a test, was told behind its end', () => {
    const place = { group: 'fast', file: 'a.test.ts' }
    const notes = (...states: State[]): string =>
      [
        { type: 'began' },
        ...states.flatMap((state, at) => [
          { type: 'test', ...place, name: `${at}` },
          { type: 'test-ended', ...place, name: `${at}`, state },
        ]),
        { type: 'file-ended', ...place, failed: states.includes('failed'), ms: 1 },
        { type: 'file-began', ...place },
        { type: 'ended' },
      ]
        .map((note) => JSON.stringify(note))
        .join('\n')
    expect(tally(readNotes(notes('passed', 'passed')).files)).toEqual({ passed: 2, failed: 0, skipped: 0 })
    expect(tally(readNotes(notes('passed', 'failed')).files)).toEqual({ passed: 1, failed: 1, skipped: 0 })
    const late = { type: 'test', ...place, name: '0' }
    const told = notes('passed').replace(/\n.*\{"type":"ended"\}/, `\n${JSON.stringify(late)}\n{"type":"ended"}`)
    expect(tally(readNotes(told).files)).toEqual({ passed: 1, failed: 0, skipped: 0 })
    const unended = notes('passed').replace(/\n.*file-ended.*\n/, '\n')
    expect(tally(readNotes(unended).files)).toEqual({ passed: 1, failed: 0, skipped: 0 })
  })

  it.each<[string, FileResult[], string]>([
    ['all passed', [file('passed', ['passed', 'passed'])], '2 passed, 0 failed'],
    ['one failed', [file('failed', ['passed', 'failed'])], '1 passed, 1 failed'],
    ['a file that did not load', [file('failed'), file('passed', ['passed'])], '1 passed, 1 failed'],
    ['a hook that threw after its tests', [file('failed', ['passed'])], '1 passed, 1 failed'],
    ['skipped tests', [file('passed', ['passed', 'skipped', 'skipped'])], '1 passed, 0 failed, 2 skipped'],
    ['a test that never ended', [file('running', ['passed', 'running'])], '1 passed, 1 failed'],
    ['a file whose start never ended', [file('running')], '0 passed, 1 failed'],
    ['a file that had not begun', [file('passed', ['passed']), file('waiting')], '1 passed, 0 failed'],
  ])('[K7] of %s is right', (_, files, line) => {
    expect(tallyLine(tally(files))).toBe(line)
  })

  it('[K7] of a runner that failed without a failed test, or said nothing, is a failure', () => {
    const good = { began: true, ended: true, files: [file('passed', ['passed'])] }
    expect(isUnexplained(good, 0)).toBe(false)
    expect(isUnexplained(good, 1)).toBe(true)
    expect(isUnexplained({ ...good, files: [file('failed', ['failed'])] }, 1)).toBe(false)
    expect(isUnexplained({ began: false, ended: false, files: [] }, 0)).toBe(true)
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

  it('[K29] is read from notes of which the last was torn', () => {
    const place = { group: 'line', file: 'a.test.ts' }
    const notes = [
      { type: 'began' },
      { type: 'file', ...place },
      { type: 'file-began', ...place },
      { type: 'test', ...place, name: 'one' },
      { type: 'test-ended', ...place, name: 'one', state: 'passed' },
      { type: 'test', ...place, name: 'two' },
    ].map((note) => JSON.stringify(note))
    const torn = `${notes.join('\n')}\n{"type":"test-en`
    expect(readNotes(torn)).toEqual({
      began: true,
      ended: false,
      files: [
        {
          ...place,
          state: 'running',
          ms: 0,
          tests: [
            { name: 'one', state: 'passed' },
            { name: 'two', state: 'running' },
          ],
        },
      ],
    })
  })
})

describe('what was running when a run is ended', () => {
  it('[K29] is named: tests, files whose start or end has not come, and else what was to come next', () => {
    const waiting = file('waiting', [], { group: 'sound', file: 'c' })
    const starting = file('running', ['passed'], { group: 'line', file: 'b' })
    expect(runningIn([file('passed', ['passed']), file('running', ['passed', 'running']), starting, waiting])).toEqual([
      'fast  a.test.ts: test 1',
      'line  b',
    ])
    expect(runningIn([file('passed', ['passed']), waiting])).toEqual(['sound  c, which began'])
    expect(runningIn([file('passed', ['passed', 'running'], { group: 'line', file: 'd' })])).toEqual([
      'line  d: test 1',
    ])
    expect(runningIn([])).toEqual([])
  })
})

describe('the second try', () => {
  const failed = (group: string, name: string): FileResult => file('failed', ['failed'], { group, file: name })

  it('[K28] is for files that failed, and for few', () => {
    const some = [failed('fast', 'a'), failed('desktop', 'b'), file('passed', ['passed'], { group: 'fast', file: 'c' })]
    expect(toTryAgain(some).map((each) => each.file)).toEqual(['a', 'b'])
    expect(toTryAgain(Array.from({ length: 7 }, (_, at) => failed('line', `${at}`)))).toEqual([])
  })

  it('[K28] takes the place of the first', () => {
    const second = file('passed', ['passed'], { group: 'line', file: 'b' })
    expect(latestOf([[failed('line', 'a'), failed('line', 'b')], [second]])).toEqual([failed('line', 'a'), second])
  })

  it('[K28] keeps what was asked for but the paths', () => {
    const args = ['test/desktop', '-t', 'X20', '--bail=1']
    expect(secondTryArgs([failed('desktop', 'b.test.ts')], args)).toEqual(['-t', 'X20', '--bail=1', 'b.test.ts'])
  })

  it('[K28] the lanes hold every group once, and give way to the projects that were named', () => {
    expect([...lanes.flat(), ...alone].sort()).toEqual(['browser', 'desktop', 'fast', 'line', 'sound'])
    expect(lastArgs(['test/core'])).toEqual(['--passWithNoTests', '--project=sound', 'test/core'])
    expect(lastArgs(['--project', 'fast'])).toBe(null)
    expect(laneArgs(['test/core'])[0]).toEqual(['--passWithNoTests', '--project=fast', 'test/core'])
    expect(laneArgs(['--project', 'fast'])).toEqual([['--project', 'fast']])
  })
})
