// Real programs in a granted folder.
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createGrants } from '../../../../src/main/agent/grants.ts'
import { OutcomeUnknown, ToolError } from '../../../../src/main/agent/tool.ts'
import { createRunCommand } from '../../../../src/main/agent/tools/run-command.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function openFolder(): {
  folder: string
  run: (program: string, given: string[], signal?: AbortSignal, folder?: string) => Promise<string>
} {
  const folder = join(temporaryFolder(), 'Work')
  mkdirSync(folder)
  const grants = createGrants({ folders: () => [folder], own: join(folder, '..', 'own') })
  const tool = createRunCommand({ grants, env: { ...process.env, SECRET_KEY: 'not-for-you' } })
  return {
    folder,
    async run(program, given, signal = new AbortController().signal, where = 'Work') {
      const prepared = tool.prepare({ folder: where, program, arguments: given })
      if ('why' in prepared) throw new Error(prepared.why)
      return (await prepared.run(signal)).text
    },
  }
}

const node = (source: string): [string, string[]] => [process.execPath, ['-e', source]]

describe('a program', () => {
  it('[S21] runs in the folder with its arguments as they are and a clean environment', async () => {
    const { folder, run } = openFolder()
    const source = 'console.log(JSON.stringify([process.cwd(), process.argv.slice(1), process.env.SECRET_KEY ?? null]))'
    const printed = await run(process.execPath, ['-e', source, '$HOME; touch owned', '`id`'])
    expect(JSON.parse(printed.split('\n')[1]!)).toEqual([realpathSync(folder), ['$HOME; touch owned', '`id`'], null])
    expect(printed.startsWith('exit code 0\n')).toBe(true)
    expect(await run(...node('console.error("no"); process.exit(3)'))).toBe('exit code 3\nno\n')
  })

  it('[S21] does not run elsewhere, and a missing one is said', async () => {
    const { run } = openFolder()
    const signal = new AbortController().signal
    await expect(run('ls', [], signal, '/')).rejects.toThrow('outside')
    await expect(run('no-such-program', [])).rejects.toThrow(ToolError)
    await expect(run('ls; id', [])).rejects.toThrow('ENOENT')
  })

  it('[S21] that is stopped ends with all that it started', async () => {
    const { folder, run } = openFolder()
    const stop = new AbortController()
    const child = `require('fs').writeFileSync('child', String(process.pid)); setInterval(() => 0, 1000)`
    const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); setInterval(() => 0, 1000)`
    writeFileSync(join(folder, 'child'), '')
    const running = run(...node(parent), stop.signal)
    let pid = 0
    while (pid === 0) {
      await new Promise((resolve) => setImmediate(resolve))
      pid = Number(readFileSync(join(folder, 'child'), 'utf8'))
    }
    stop.abort()
    await expect(running).rejects.toThrow(OutcomeUnknown)
    // Dead, though the one who inherits it may not have said goodbye to it yet.
    const state = await import('node:fs/promises').then(({ readFile }) =>
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z'),
    )
    expect(state.split(') ')[1]?.[0]).toMatch(/[ZX]/)
  })

  it('[S21] keeps no more of its output than a result can have', async () => {
    const { run } = openFolder()
    expect((await run(...node('process.stdout.write("x".repeat(5_000_000))'))).length).toBeLessThan(70_000)
  })
})
