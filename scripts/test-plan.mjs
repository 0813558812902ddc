// What `npm test` runs, and what is tried again. Pure.

/**
 * Lanes run beside each other, what is in a lane one after the other. What computes has a lane of its own beside those that
 * mostly wait for sound to pass. The groups are vitest's projects.
 */
export const lanes = /** @type {const} */ ([['fast'], ['browser', 'desktop'], ['line']])

/** What is compared sample by sample comes last and alone: a busy machine's sound card drops sound by itself. */
export const alone = /** @type {const} */ (['sound'])

/** More failed files than these are no chance. Those that are tried again are: as a whole, each in a fresh process. */
const mostTriedAgain = 6

const takeValue = ['-t', '--testNamePattern', '--project']

/** The arguments for vitest, lane by lane: one lane when it was said which projects. @param {readonly string[]} args */
export function laneArgs(args) {
  return namesProjects(args) ? [[...args]] : lanes.map((groups) => groupArgs(groups, args))
}

/** Those for what comes last, by itself; null when it was said which projects. @param {readonly string[]} args */
export const lastArgs = (args) => (namesProjects(args) ? null : groupArgs(alone, args))

/** @param {readonly string[]} args */
const namesProjects = (args) => args.some((arg) => arg.startsWith('--project'))

/** @param {readonly string[]} groups @param {readonly string[]} args A lane without a test is no fault as long as there is one anywhere. */
const groupArgs = (groups, args) => ['--passWithNoTests', ...groups.map((group) => `--project=${group}`), ...args]

/** What a lane is called. @param {readonly string[]} lane */
export const groupsIn = (lane) =>
  lane.flatMap((arg) => (arg.startsWith('--project=') ? [arg.slice('--project='.length)] : [])).join(', ') || 'tests'

/** @param {readonly import('./test-notes.mjs').FileResult[]} files @returns {import('./test-notes.mjs').FileResult[]} */
export function toTryAgain(files) {
  const failed = files.filter(({ state }) => state === 'failed')
  return failed.length > mostTriedAgain ? [] : failed
}

/**
 * @param {readonly import('./test-notes.mjs').FileResult[]} files
 * @param {readonly string[]} args those of the first try, whose paths give way to the files
 */
export function secondTryArgs(files, args) {
  const options = args.filter((arg, at) => arg.startsWith('-') || takeValue.includes(args[at - 1] ?? ''))
  return [...options, ...files.map(({ file }) => file)]
}
