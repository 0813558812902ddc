// What goes wrong around a running app: its processes die, the screen locks.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'

let desktop: Desktop
let app: DesktopApp
beforeAll(async () => {
  desktop = await openDesktop()
  app = await startApp(desktop)
  await app.ask('settings', { isSetUp: true })
  await app.ask('mode', { mode: 'hold' })
  await app.ask('retry', null)
})
beforeEach(async () => {
  await app.hears({ type: 'state', state: { presence: 'idle', talkKey: { works: 'hold' } } })
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
})

/** Process ids of a kind of helper process, by its name. */
async function pidsOf(name: string): Promise<number[]> {
  const metrics = await app.electron.evaluate(({ app: own }) =>
    own.getAppMetrics().map(({ pid, name: of }) => ({ pid, of })),
  )
  return metrics.filter(({ of }) => of === name).map(({ pid }) => pid)
}

async function kill(name: string): Promise<void> {
  const pids = await pidsOf(name)
  expect(pids.length).toBeGreaterThan(0)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await vi.waitFor(async () => expect((await pidsOf(name)).filter((pid) => pids.includes(pid))).toEqual([]), 5_000)
}

const talking = (how: string) => app.hears({ type: 'state', state: { talking: how } })

async function answers(question: string): Promise<void> {
  const played = app.hears({ type: 'change', stored: { change: { type: 'played', cut: false } } })
  await app.ask('say', { text: question })
  await played
}

describe('faults around the running app', () => {
  it('[X1] the screen locks while the key is held: it is let go', async () => {
    const held = talking('held')
    await desktop.hand('keydown', 'ctrl', 'keydown', 'alt', 'keydown', 'space')
    await held
    const up = talking('up')
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
    await up
    await desktop.hand('keyup', 'space', 'keyup', 'alt', 'keyup', 'ctrl')
    expect((await app.ask('look', null)).state.talking).toBe('up')
  })

  it('[X10] the listener to the keys dies: the key is let go, and works again', async () => {
    const held = talking('held')
    await desktop.hand('keydown', 'ctrl', 'keydown', 'alt', 'keydown', 'space')
    await held
    const up = talking('up')
    const deaf = app.hears({ type: 'state', state: { talkKey: { works: 'none' } } })
    await kill('Parley talk key')
    await up
    await deaf
    await desktop.hand('keyup', 'space', 'keyup', 'alt', 'keyup', 'ctrl')
    await app.hears({ type: 'state', state: { talkKey: { works: 'hold' } } })
    const latched = talking('latched')
    await desktop.hand('key', 'ctrl+alt+space')
    await latched
    await desktop.hand('key', 'ctrl+alt+space')
    await talking('up')
  })

  it('[X14] the sound process or the engine dies: the conversation goes on', async () => {
    // On a busy machine the taps before this were long enough to be answered.
    await app.ask('begin', null)
    await app.hears({ type: 'state', state: { presence: 'idle' } })
    await kill('Parley sound')
    await answers('What is four plus four?')
    await kill('Parley voice engine')
    await answers('What is nine plus nine?')
    const { turns } = await app.ask('snapshot', null)
    expect(turns.filter(({ role }) => role === 'assistant').map(({ text }) => text)).toEqual([
      expect.stringMatching(/8|eight/i),
      expect.stringMatching(/18|eighteen/i),
    ])
  })

  it('[X12] start at login is a desktop entry while it is set', async () => {
    const entry = join(app.home, 'autostart/parley.desktop')
    await app.ask('settings', { startAtLogin: true })
    await vi.waitFor(() => expect(existsSync(entry)).toBe(true))
    await app.ask('settings', { startAtLogin: false })
    await vi.waitFor(() => expect(existsSync(entry)).toBe(false))
  })
})
