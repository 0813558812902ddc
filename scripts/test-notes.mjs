// What test-reporter.mjs noted of a vitest run, read into results by file. Pure.

/**
 * @typedef {'passed' | 'failed' | 'skipped'} State
 * @typedef {{ group: string, file: string }} Place
 * @typedef {{ type: 'began' } | { type: 'ended' }
 *   | Place & { type: 'file' | 'file-began' }
 *   | Place & { type: 'test', name: string }
 *   | Place & { type: 'test-ended', name: string, state: State }
 *   | Place & { type: 'file-ended', failed: boolean, ms: number }} Note
 * @typedef {{ name: string, state: State | 'running' }} TestResult
 * @typedef {Place & { state: 'waiting' | 'running' | 'passed' | 'failed', ms: number, tests: TestResult[] }} FileResult
 * @typedef {{ began: boolean, ended: boolean, files: FileResult[] }} RunResult
 */

/** @param {string} text @returns {Note[]} without a line that was torn when the run was ended */
function linesIn(text) {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)]
    } catch {
      return []
    }
  })
}

/** @param {string} text @returns {RunResult} */
export function readNotes(text) {
  /** @type {Map<string, FileResult>} */
  const files = new Map()
  const result = { began: false, ended: false, files: /** @type {FileResult[]} */ ([]) }
  for (const note of linesIn(text)) {
    if (note.type === 'began' || note.type === 'ended') {
      result[note.type] = true
      continue
    }
    const { group, file } = note
    const known = files.get(keyOf(note)) ?? { group, file, state: /** @type {const} */ ('waiting'), ms: 0, tests: [] }
    files.set(keyOf(note), known)
    if (note.type === 'file-began' && known.state === 'waiting') known.state = 'running'
    if (note.type === 'test') known.tests.push({ name: note.name, state: 'running' })
    if (note.type === 'test-ended') endTest(known, note.name, note.state)
    if (note.type === 'file-ended') Object.assign(known, { state: note.failed ? 'failed' : 'passed', ms: note.ms })
  }
  const all = [...files.values()]
  // On a busy machine vitest may tell of a beginning behind the end. Whatever else went wrong is in the exit code.
  if (result.ended) for (const file of all) settle(file)
  return { ...result, files: all }
}

/** The run came to its end: what is still said to run has ended. @param {FileResult} file */
function settle(file) {
  const isEnded = (/** @type {string} */ name) =>
    file.tests.some((test) => test.name === name && test.state !== 'running')
  file.tests = file.tests.filter(({ name, state }) => state !== 'running' || !isEnded(name))
  const isOver = file.tests.length > 0 && file.tests.every(({ state }) => state !== 'running')
  if (file.state === 'running' && isOver)
    file.state = file.tests.some(({ state }) => state === 'failed') ? 'failed' : 'passed'
}

/** @param {Place} place */
const keyOf = ({ group, file }) => `${group} ${file}`

/** @param {FileResult} file @param {string} name @param {State} state */
function endTest(file, name, state) {
  const running = file.tests.find((test) => test.name === name && test.state === 'running')
  // One that is skipped never begins.
  if (running === undefined) file.tests.push({ name, state })
  else running.state = state
}

/** What a later run says of a file takes the place of what an earlier one did. @param {readonly FileResult[][]} runs */
export function latestOf(runs) {
  return [...new Map(runs.flat().map((file) => [keyOf(file), file])).values()]
}

/** A line for each thing that had not ended; where nothing ran, for the file that comes next. @param {FileResult[]} files */
export function runningIn(files) {
  const running = files.flatMap(({ group, file, state, tests }) => {
    const names = tests.filter((test) => test.state === 'running').map(({ name }) => `${group}  ${file}: ${name}`)
    return names.length > 0 || state !== 'running' ? names : [`${group}  ${file}`]
  })
  if (running.length > 0) return running
  const next = files.find(({ state }) => state === 'waiting')
  return next === undefined ? [] : [`${next.group}  ${next.file}, which began`]
}

/** A line for each test, or file, that did not pass. @param {FileResult[]} files */
export function failedIn(files) {
  return files.flatMap(({ group, file, state, tests }) => {
    if (state !== 'failed') return []
    const failed = tests.filter((test) => test.state === 'failed').map(({ name }) => `${group}  ${file}: ${name}`)
    return failed.length > 0 ? failed : [`${group}  ${file}`]
  })
}
