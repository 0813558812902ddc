// An error that nobody catches, in a real process of the app: what is kept, what it leaves, and what the next start says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { askRunning } from '../../src/main/orders/order-socket.ts'
import type { OrderReply } from '../../src/main/orders/order.ts'
import { haveBuiltWindow } from '../support/built-window.ts'
import { openApp } from '../support/opened-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { within } from '../support/within.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

beforeAll(haveBuiltWindow)

/** The door for orders opens after the address is printed. */
async function answered(folder: string, text: string): Promise<OrderReply> {
  for (;;) {
    const reply = await askRunning(folder, { type: 'say', text })
    if (reply !== null) return reply
    await new Promise((done) => setTimeout(done, 20))
  }
}

describe('an error that nobody catches', () => {
  it('[D222] flushes what was said, leaves a report without words, ends with 70, and is told by the next start', async () => {
    const folder = temporaryFolder()
    for (const [at, signal] of (['SIGUSR2', 'SIGPIPE'] as const).entries()) {
      const crash = join(root, 'test/support/crash-on-signal.mjs')
      const args = ['--import', crash, '--import', 'tsx', 'src/main/headless.ts', 'window', '--headless']
      const env = { ...process.env, PARLEY_HOME: folder }
      const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
      onTestFinished(() => void child.kill('SIGKILL'))
      const said: string[] = []
      createInterface(child.stderr).on('line', (line) => said.push(line))
      const exited = once(child, 'exit')
      await within('the address', once(createInterface(child.stdout), 'line'))
      const reply = await within('an answer', answered(folder, `the last turn number ${at}`))
      expect(reply).toMatchObject({ ok: true })
      child.kill(signal)
      expect(await within('the end', exited)).toEqual([70, null])
      expect(said.join(' ')).toContain('ended by an error')
    }
    const reports = readdirSync(join(folder, 'crashes')).filter((name) => name.endsWith('.json'))
    expect(reports).toHaveLength(2)
    const text = reports.map((name) => readFileSync(join(folder, 'crashes', name), 'utf8')).join('\n')
    for (const canary of ['canary', 'sk-', 'the last turn', homedir(), root]) expect(text).not.toContain(canary)
    expect(text).toContain('crash-on-signal.mjs')

    const next = await openApp({ folder })
    const { conversation } = await next.ask('look', null)
    expect(conversation.turns.map((turn) => turn.text)).toEqual(
      expect.arrayContaining(['the last turn number 0', 'the last turn number 1']),
    )
    const told = await next.ask('crashes', { which: 'new' })
    expect(told.map(({ crash }) => [crash.name, crash.kind, crash.isFlushed])).toEqual([
      ['Error', 'rejection', true],
      ['TypeError', 'exception', true],
    ])
    expect(await next.ask('crashes', { which: 'new' })).toEqual([])
    expect(await next.ask('crashes', { which: 'all' })).toHaveLength(2)
  })
})
