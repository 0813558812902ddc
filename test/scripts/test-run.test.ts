// The real `scripts/test.mjs` with the real vitest on small projects in temp folders; only npm, which runs the checks
// there, is a stand-in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { isAlive } from '../support/alive.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const config = `
const names = ['fast', 'line', 'sound', 'browser', 'desktop']
const projects = names.map((name) => ({ test: { name, include: [name + '*.test.ts'], testTimeout: 200_000 } }))
export default { test: { projects } }
`
const passing = `import { test } from 'vitest'\ntest('good', () => {})\n`
const failing = `import { test } from 'vitest'\ntest('bad', () => { throw new Error('bad') })\n`
const skipping = `import { test } from 'vitest'\ntest.skip('later', () => {})\n`
const focused = `import { test } from 'vitest'\ntest.only('good', () => {})\n`
const broken = `import './nothing-here.ts'\n`
/** Its first test spoils what all of its tests share; a fresh process has it whole. */
const shared = `
import { existsSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
const isFirst = !existsSync('been-here')
writeFileSync('been-here', '')
let state = isFirst ? 'spoilt' : 'whole'
test('begins', () => expect(state).toBe('whole'))
test('goes on', () => expect(state).toBe('whole'))
`
/** Leaves a process behind that is in no group of its own run's. */
const hanging = `
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
test('passes first', () => {})
test('waits for ever', async () => {
  const left = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
  left.unref()
  writeFileSync('left', String(left.pid))
  await new Promise(() => undefined)
})
`

/** Quicker, where lanes do not matter. */
const oneLane = { args: ['--project=fast'] }

interface RunOpts {
  checkCode?: number
  args?: string[]
  env?: Record<string, string>
}

interface BegunRun {
  folder: string
  /** As Ctrl+C does. */
  interrupt: () => void
  ended: Promise<{ exitCode: number | null; lastLine: string | undefined; stdout: string }>
}

async function beginTests(files: Record<string, string>, opts: RunOpts = {}): Promise<BegunRun> {
  const { checkCode = 0, args = [], env = {} } = opts
  const folder = temporaryFolder()
  await cp(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/npm'), `#!/bin/sh\nexit ${checkCode}\n`, { mode: 0o755 })
  await writeFile(join(folder, 'vitest.config.mjs'), config)
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source)
  const child = spawn(process.execPath, [join(folder, 'scripts/test.mjs'), ...args], {
    env: {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      HOME: folder,
      PARLEY_TEST_RUN: process.env['PARLEY_TEST_RUN'],
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
  const closed = once(child, 'close') as Promise<[number | null]>
  const ended = closed.then(([exitCode]) => ({ exitCode, lastLine: stdout.trimEnd().split('\n').at(-1), stdout }))
  return { folder, interrupt: () => void child.kill('SIGINT'), ended }
}

/** What vitest has told of so far. */
async function notesIn(folder: string): Promise<string> {
  const names = await readdir(join(folder, '.cache'))
  return (await Promise.all(names.map((name) => readFile(join(folder, '.cache', name), 'utf8')))).join('')
}

const runTests = async (files: Record<string, string>, opts?: RunOpts) => (await beginTests(files, opts)).ended

describe('npm test', () => {
  it('[K7] ends with the count alone on its line', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing, 'desktop-b.test.ts': passing })
    expect(run).toMatchObject({ exitCode: 0, lastLine: '2 passed, 0 failed' })
    expect(run.stdout).not.toContain('second time')
  })

  it('[K7] fails over a file that does not load', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing, 'fast-b.test.ts': broken }, oneLane)
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
  })

  it('[K7] fails over a skipped test and says so', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing, 'fast-b.test.ts': skipping }, oneLane)
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 0 failed, 1 skipped' })
    expect(run.stdout).toContain('A skipped test fails the run.')
  })

  it('[K7] fails over a test that was left to run alone', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing, 'fast-b.test.ts': focused }, oneLane)
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
  })

  it('[K7] fails when a check fails, and still runs the tests', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing }, { ...oneLane, checkCode: 2 })
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
    expect(run.stdout).toContain('The checks failed')
  })

  it('[K7] hands its arguments to vitest, and fails when they leave no test', async () => {
    const files = { 'fast-a.test.ts': passing, 'fast-b.test.ts': broken }
    const chosen = await runTests(files, { args: ['fast-a.test.ts'] })
    expect(chosen).toMatchObject({ exitCode: 0, lastLine: '1 passed, 0 failed' })
    const none = await runTests(files, { args: ['fast-c.test.ts'] })
    expect(none).toMatchObject({ exitCode: 1, lastLine: '0 passed, 1 failed' })
  })

  it('[K28] tries a file that failed again as a whole, in a fresh process, and says which', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing, 'desktop-b.test.ts': shared })
    expect(run).toMatchObject({ exitCode: 0, lastLine: '3 passed, 0 failed' })
    expect(run.stdout).toContain(
      'Tried a second time, since it failed the first:\n  desktop  desktop-b.test.ts: begins\n  desktop  desktop-b.test.ts: goes on\n',
    )
  })

  it('[K28] what fails twice has failed', async () => {
    const run = await runTests({ 'fast-a.test.ts': passing, 'sound-b.test.ts': failing })
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
    expect(run.stdout).toContain('Tried a second time, since it failed the first:\n  sound  sound-b.test.ts: bad\n')
  })

  it('[K29] ended early it names what was running, counts, and leaves no process behind', async () => {
    const { folder, interrupt, ended } = await beginTests(
      { 'fast-a.test.ts': passing, 'desktop-b.test.ts': hanging },
      { args: ['--project=desktop'] },
    )
    const left = await vi.waitFor(async () => Number(await readFile(join(folder, 'left'), 'utf8')), 30_000)
    await vi.waitFor(async () => expect(await notesIn(folder)).toContain('waits for ever'), 30_000)
    interrupt()
    const run = await ended
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
    expect(run.stdout).toContain('Interrupted. Running then:\n  desktop  desktop-b.test.ts: waits for ever\n')
    // Its parent is the system's first process, which may take a moment to bury it.
    await vi.waitFor(() => expect(isAlive(left)).toBe(false), 10_000)
  })

  it('[K29] a run that does not end is ended when its time is over, and has failed', async () => {
    const run = await runTests(
      { 'desktop-b.test.ts': hanging },
      { args: ['--project=desktop'], env: { PARLEY_TEST_MINUTES: '0.05' } },
    )
    expect(run.exitCode).toBe(1)
    expect(run.stdout).toContain('Ended after 0.05 minutes. Running then:\n')
    expect(run.lastLine).toMatch(/^\d passed, 1 failed$/)
  })
})
