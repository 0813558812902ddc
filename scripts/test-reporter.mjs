// Vitest's side of scripts/test.mjs: notes in a file, line by line, what begins and how it ends, so that also of a run that
// had to be ended it is known what passed and what was running. What the notes mean is test-notes.mjs.
import { appendFileSync } from 'node:fs'

/** @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('vitest/node').TestCase} TestCase */

/** @returns {import('vitest/node').Reporter} */
export default function createTestReporter() {
  const path = process.env.PARLEY_TEST_NOTES ?? ''
  /** @param {import('./test-notes.mjs').Note} note */
  const write = (note) => appendFileSync(path, `${JSON.stringify(note)}\n`)
  /** @param {TestModule} module */
  const of = (module) => ({ group: module.project.name, file: module.relativeModuleId })
  return {
    onInit: () => write({ type: 'began' }),
    onTestModuleQueued: (module) => write({ type: 'file', ...of(module) }),
    onTestModuleStart: (module) => write({ type: 'file-began', ...of(module) }),
    onTestCaseReady: (test) => write({ type: 'test', ...of(test.module), name: test.fullName }),
    onTestCaseResult(test) {
      const { state } = test.result()
      if (state !== 'pending') write({ type: 'test-ended', ...of(test.module), name: test.fullName, state })
    },
    onTestModuleEnd: (module) =>
      write({ type: 'file-ended', ...of(module), failed: !module.ok(), ms: module.diagnostic().duration }),
    onTestRunEnd: () => write({ type: 'ended' }),
  }
}
