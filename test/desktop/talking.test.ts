// One conversation on a desktop, from the first key press to the next start: real Electron, real engine, virtual sound.
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { levelDbfs, msToSamples } from '../../src/core/audio/pcm.ts'
import { isAlive, photograph, processesOf, startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { say } from '../support/say.ts'
import { recordSpeaker, speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

const long =
  'the quick brown fox jumps over the lazy dog, runs down to the river, looks for a bridge, and swims to the other side'
/** Long enough to go on for a while after the voice has fallen silent. */
const overTheVoice =
  'Wait a moment please, I would like to ask you something else before you go on. What is six times seven?'
const chord = ['ctrl', 'alt', 'space']

let desktop: Desktop
let app: DesktopApp

/** Down, or up again in the other order, as a hand does it. */
async function keys(edge: 'keydown' | 'keyup'): Promise<void> {
  const order = edge === 'keydown' ? chord : [...chord].reverse()
  await desktop.hand(...order.flatMap((key) => [edge, key]))
}

const presence = (what: string) => app.hears({ type: 'state', state: { presence: what } })
const told = (change: Record<string, string | boolean>) => app.hears({ type: 'change', stored: { change } })
const heardLevel = (samples: Int16Array): number => levelDbfs(samples)

/** Types, and waits for the whole answer to be heard. */
async function answers(words: string): Promise<void> {
  const answered = told({ type: 'played', cut: false })
  await app.ask('say', { text: words })
  await answered
}

/** Ends by itself, since the first one is there. */
async function startAgain(...args: string[]): Promise<void> {
  const second = await app.again(...args)
  expect(second).toBe(0)
}

beforeAll(async () => {
  desktop = await openDesktop()
  app = await startApp(desktop)
  await app.ask('settings', { isSetUp: true })
  await app.ask('mode', { mode: 'hold' })
  await app.ask('retry', null)
  await app.hears({ type: 'state', state: { presence: 'idle', talkKey: { works: 'hold' } } })
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
})

describe('talking on the desktop', () => {
  it('[X20] the key held anywhere, the window minimised: what is said is answered aloud and shown by the tray', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    const answered = told({ type: 'played' })
    const recording = await recordSpeaker()
    await keys('keydown')
    await desktop.tray.shows('Parley: listening')
    await speakIntoMicrophone(await say('What is twelve plus thirty?'))
    const silence = recording.samples()
    await keys('keyup')
    await desktop.tray.shows('Parley: speaking')
    await answered
    await desktop.tray.shows('Parley: ready')
    const answer = recording.samples().subarray(silence.length)
    await recording.stop()
    expect(heardLevel(silence)).toBeLessThan(-60)
    expect(heardLevel(answer)).toBeGreaterThan(-30)
    const { turns } = await app.ask('snapshot', null)
    expect(turns.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      expect.stringMatching(/^user: .*(twelve|12)/i),
      expect.stringMatching(/^assistant: .*(42|forty)/i),
    ])
  })

  it('[X21] the key pressed while the voice speaks silences it, and so does Escape', async () => {
    for (const key of ['ctrl+alt+space', 'Escape']) {
      const speaking = presence('speaking')
      await app.ask('say', { text: `Repeat after me, ${long}.` })
      await speaking
      const cut = told({ type: 'played', cut: true })
      await desktop.hand('key', key)
      await cut
    }
    // The tap that silenced it has latched.
    await desktop.hand('key', 'ctrl+alt+space')
    await presence('idle')
  })

  it('[X21] speaking over the voice silences it: nothing is heard while one goes on, and the cut is marked', async () => {
    await app.ask('mode', { mode: 'hands-free' })
    await presence('idle')
    const recording = await recordSpeaker()
    const speaking = presence('speaking')
    await app.ask('say', { text: `Repeat after me, ${long}.` })
    await speaking
    // Some words of it have sounded by then.
    await recording.reaches(recording.recordedMs() + 750)
    const cut = told({ type: 'played', cut: true })
    const spoken = speakIntoMicrophone(await say(overTheVoice))
    const notice = await cut
    // What the sound card had taken already is heard a moment longer.
    const fromMs = recording.recordedMs() + 400
    await recording.reaches(fromMs + 500)
    const after = recording.samples().subarray(msToSamples(fromMs), msToSamples(fromMs + 500))
    await spoken
    await recording.stop()
    expect(heardLevel(after)).toBeLessThan(-60)
    const change = notice.type === 'change' ? notice.stored.change : null
    const { turns } = await app.ask('snapshot', null)
    const interrupted = turns.find(({ id }) => change?.type === 'played' && id === change.turn)
    expect(interrupted?.state).toMatchObject({ type: 'cut', heard: expect.stringMatching(/quick/i) as string })
    expect(interrupted?.text).not.toMatch(/other side/)
    await app.ask('mode', { mode: 'hold' })
    await app.ask('hush', null)
  })

  it('[X22] a tap begins and the next one ends: by key, by the tray and by a second start', async () => {
    const taps = [
      () => desktop.hand('key', 'ctrl+alt+space'),
      () => desktop.tray.choose('Talk'),
      () => startAgain('--talk'),
    ]
    await app.ask('mode', { mode: 'hold' })
    for (const tap of taps) {
      await presence('idle')
      const latched = app.hears({ type: 'state', state: { talking: 'latched' } })
      await tap()
      await latched
      const heard = told({ type: 'words-heard' })
      await speakIntoMicrophone(await say('What is five times six?'))
      const ended = app.hears({ type: 'state', state: { talking: 'up' } })
      await desktop.hand('key', 'ctrl+alt+space')
      await ended
      expect(await heard).toMatchObject({ stored: { change: { text: expect.stringMatching(/five|5/i) as string } } })
    }
  })

  it('[X74] the bar comes with what is said while the window is away, takes no focus, silences, and goes with the quiet', async () => {
    const bar = (): Promise<{ isShown: boolean; isFocused: boolean; words: string } | null> =>
      app.electron.evaluate(async ({ BrowserWindow }) => {
        const found = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('#bar'))
        if (!found) return null
        const words = String(await found.webContents.executeJavaScript('document.body.innerText'))
        return { isShown: found.isVisible(), isFocused: found.isFocused(), words }
      })
    await presence('idle')
    // Before there is a bar: of all windows the newest is the first.
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    await app.ask('settings', { showsBar: true })
    onTestFinished(() => void app.ask('settings', { showsBar: false }))
    // Its page is loaded when it is first wanted, which takes a busy machine a while.
    await answers('Good morning')
    await expect.poll(async () => (await bar())?.words).toMatch(/morning/i)
    const speaking = presence('speaking')
    await app.ask('say', { text: `Repeat after me, ${long}.` })
    await speaking
    await photograph(app, 'bar')
    await expect
      .poll(bar)
      .toMatchObject({ isShown: true, isFocused: false, words: expect.stringMatching(/brown fox/) as string })
    const cut = told({ type: 'played', cut: true })
    await app.electron.evaluate(({ BrowserWindow }) => {
      const found = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('#bar'))
      void found?.webContents.executeJavaScript('document.querySelector("button:not([disabled])").click()')
    })
    await cut
    await expect.poll(async () => (await bar())?.isShown).toBe(false)
    await app.ask('settings', { showsBar: false })
    await expect.poll(bar).toBe(null)
    await startAgain()
  })

  it('[X64] a terminal asks the running one, which does it and lets the asker end with its code', async () => {
    await presence('idle')
    expect(await app.again('status')).toBe(0)
    expect(await app.again('say')).toBe(2)
    const answered = told({ type: 'played', cut: false })
    expect(await app.again('say', 'What is two plus two?')).toBe(0)
    await answered
  })

  it('[X23] closed, it goes on in the tray; a second start shows it again and ends itself', async () => {
    const shown = () =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible()))
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(shown).toEqual([false])
    await expect.poll(async () => (await app.ask('look', null)).settings.knowsTray).toBe(true)
    await startAgain()
    await expect.poll(shown).toEqual([true])
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(shown).toEqual([false])
    await desktop.tray.choose('Show Parley')
    await expect.poll(shown).toEqual([true])
  })

  it('[X24] quit leaves no process behind, and the next start knows the conversation', async () => {
    await presence('idle')
    await answers('My cat is called Miso')
    const before = await app.ask('snapshot', null)
    const processes = await processesOf(app)
    expect(processes.length).toBeGreaterThan(4)
    await app.quit()
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), 5_000)
    app = await startApp(desktop, { home: app.home })
    const after = await app.ask('snapshot', null)
    expect(after.turns).toEqual(before.turns)
    await presence('idle')
    expect((await app.ask('look', null)).health.restored).toMatchObject({ refused: 0, leftOut: 0 })
    await answers('What is my cat called?')
    expect((await app.ask('snapshot', null)).turns.at(-1)?.text).toMatch(/Miso/)
  })

  it('[X24] told to end by a signal, it closes its record first', async () => {
    const other = await startApp(desktop)
    const main = other.electron.process()
    const exited = within('main to exit', once(main, 'exit'))
    main.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    const left = readdirSync(other.home, { recursive: true, encoding: 'utf8' })
    expect(left.some((name) => name.endsWith('.journal'))).toBe(true)
    // A process that is killed leaves the lock of its folder behind.
    expect(left.filter((name) => /(^|\/)(lock|SingletonLock)$|\.tmp$/.test(name))).toEqual([])
  })
})
