// The real `scripts/test.mjs` with the real vitest on small projects in temp folders; only npm, which runs the checks
// there, is a stand-in.
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const passing = `import { test } from 'vitest'\ntest('good', () => {})\n`
const skipping = `import { test } from 'vitest'\ntest.skip('later', () => {})\n`
const focused = `import { test } from 'vitest'\ntest.only('good', () => {})\n`
const broken = `import './nothing-here.ts'\n`

let folder: string
afterEach(() => rm(folder, { recursive: true, force: true }))

async function runTests(files: Record<string, string>, { checkCode = 0, args = [] as string[] } = {}) {
  folder = await mkdtemp(join(tmpdir(), 'parley-tests-'))
  for (const name of ['scripts/test.mjs', 'scripts/tally.mjs', 'package.json']) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await cp(join(root, name), join(folder, name))
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/npm'), `#!/bin/sh\nexit ${checkCode}\n`, { mode: 0o755 })
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source)
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'scripts/test.mjs'), ...args], {
    env: { PATH: join(folder, 'bin'), HOME: folder },
    encoding: 'utf8',
  })
  return { exitCode: status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout }
}

describe('npm test', () => {
  it('[K7] ends with the count alone on its line', async () => {
    const run = await runTests({ 'a.test.ts': passing, 'b.test.ts': passing })
    expect(run).toMatchObject({ exitCode: 0, lastLine: '2 passed, 0 failed' })
  })

  it('[K7] fails over a file that does not load', async () => {
    const run = await runTests({ 'a.test.ts': passing, 'b.test.ts': broken })
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
  })

  it('[K7] fails over a skipped test and says so', async () => {
    const run = await runTests({ 'a.test.ts': passing, 'b.test.ts': skipping })
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 0 failed, 1 skipped' })
    expect(run.stdout).toContain('A skipped test fails the run.')
  })

  it('[K7] fails over a test that was left to run alone', async () => {
    const run = await runTests({ 'a.test.ts': passing, 'b.test.ts': focused })
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
  })

  it('[K7] fails when a check fails, and still runs the tests', async () => {
    const run = await runTests({ 'a.test.ts': passing }, { checkCode: 2 })
    expect(run).toMatchObject({ exitCode: 1, lastLine: '1 passed, 1 failed' })
    expect(run.stdout).toContain('The checks failed')
  })

  it('[K7] hands its arguments to vitest, and fails when they leave no test', async () => {
    const files = { 'a.test.ts': passing, 'b.test.ts': broken }
    const chosen = await runTests(files, { args: ['a.test.ts'] })
    expect(chosen).toMatchObject({ exitCode: 0, lastLine: '1 passed, 0 failed' })
    await rm(folder, { recursive: true })
    const none = await runTests(files, { args: ['c.test.ts'] })
    expect(none).toMatchObject({ exitCode: 1, lastLine: '0 passed, 1 failed' })
  })
})
