// Runs vitest with test-reporter.mjs and reads what it noted.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundleEntries } from './entries.mjs'
import { readNotes } from './test-notes.mjs'

/** @param {string} root @param {ReturnType<typeof import('./marked-processes.mjs').createMarkedProcesses>} processes */
export function createTestRuns(root, processes) {
  /** @type {Promise<Record<string, string>> | null} */
  let entries = null
  const folder = join(root, '.cache')
  const command = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--allowOnly=false']
  const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts/test-reporter.mjs')}`]
  /** @type {string[]} */
  const notes = []

  /** @param {string} path */
  function read(path) {
    try {
      return readNotes(readFileSync(path, 'utf8'))
    } catch {
      return readNotes('')
    }
  }

  return {
    /** @param {string[]} args @param {Record<string, string>} [env] */
    async vitest(args, env = {}) {
      mkdirSync(folder, { recursive: true })
      entries ??= bundleEntries(root, processes.execute)
      const bundled = await entries
      const path = join(folder, `test-notes-${process.pid}-${notes.length}`)
      notes.push(path)
      const exitCode = await processes.execute(process.execPath, [...command, ...reporters, ...args], {
        ...bundled,
        ...env,
        PARLEY_TEST_NOTES: path,
      })
      return { exitCode, run: read(path) }
    },
    /** Of every run so far, ended or not, in their order. */
    files: () => notes.map((path) => read(path).files),
    forget() {
      for (const path of notes) rmSync(path, { force: true })
    },
  }
}
