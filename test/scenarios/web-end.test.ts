// The start for a browser, told to end: a real process with its real engine.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { isAlive } from '../support/alive.ts'
import { haveBuiltWindow } from '../support/built-window.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { within } from '../support/within.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function enginesOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((child) => child !== '' && /engine(\/index\.ts|\.js)/.test(readFileSync(`/proc/${child}/cmdline`, 'utf8')))
    .map(Number)
}

beforeAll(haveBuiltWindow)

describe('the start for a browser', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('[X25] ends in order on %s, its engine before it', async (signal) => {
    const args = ['--import', 'tsx', 'src/main/headless.ts', 'window', '--headless']
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, PARLEY_HOME: temporaryFolder() },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const exited = once(child, 'exit')
    await within('the address', once(createInterface(child.stdout), 'line'))
    const engines = enginesOf(child.pid ?? 0)
    expect(engines).toHaveLength(1)
    child.kill(signal)
    expect(await exited).toEqual([0, null])
    expect(engines.filter(isAlive)).toEqual([])
  })
})
