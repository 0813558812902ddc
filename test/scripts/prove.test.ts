import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { longForms, tableOf } from '../../scripts/long-forms.mjs'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const repeated = (passes: boolean): string => `
import { expect, test } from 'vitest'
for (let at = 0; at < Number(process.env.PARLEY_RUNS ?? 1) / 50_000; at++) test('once ' + at, () => expect(${passes}).toBe(true))
`

async function prove(passes: boolean, ...args: string[]) {
  const folder = temporaryFolder()
  await cp(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const path = join(folder, longForms[0]!.path)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, repeated(passes))
  const child = spawn(process.execPath, [join(folder, 'scripts/prove.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, table: stdout.trimEnd().split('\n').slice(-2) }
}

describe('npm run prove', () => {
  it('[K30] runs a test as often as its long form says, and ends with a table', async () => {
    const { exitCode, table } = await prove(true, 'walks')
    expect(table[0]).toMatch(/times +passed +failed +seconds$/)
    expect(table[1]).toMatch(/^random walks of the connection +100,000 +2 +0 +\d+\.\d$/)
    expect(exitCode).toBe(0)
  })

  it('[K30] fails with what fails, and over a name that nothing has', async () => {
    const failed = await prove(false, 'walks')
    expect(failed.table[1]).toMatch(/ 0 +2 +\d+\.\d$/)
    expect(failed.exitCode).toBe(1)
    expect(await prove(true, 'nothing like it')).toMatchObject({ exitCode: 1 })
  })

  it('[K30] knows every test that repeats itself', async () => {
    const names = await readdir(join(root, 'test'), { recursive: true })
    const repeating = []
    for (const name of names.filter((each) => /(?<!prove\.test)\.ts$/.test(each))) {
      const text = await readFile(join(root, 'test', name), 'utf8')
      if (/PARLEY_(RUNS|HOURS)|faultSeeds/.test(text)) repeating.push(`test/${name}`)
    }
    const tests = repeating.filter((path) => path.endsWith('.test.ts'))
    expect(tests.length).toBeGreaterThan(10)
    expect(tests.filter((path) => !longForms.some((form) => path.startsWith(form.path)))).toEqual([])
    for (const { path } of longForms) await stat(join(root, path))
  })

  it('[K30] its table stands in columns', () => {
    const rows = [
      { name: 'a', times: 8, passed: 1, failed: 0, ms: 1_234 },
      { name: 'much longer', times: 100_000, passed: 12, failed: 3, ms: 60_000 },
    ]
    expect(tableOf(rows)).toEqual([
      '               times  passed  failed  seconds',
      'a                  8       1       0      1.2',
      'much longer  100,000      12       3     60.0',
    ])
  })
})
