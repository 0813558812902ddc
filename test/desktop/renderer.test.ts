// The window's page dies while the voice speaks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { levelDbfs, msToSamples } from '../../src/core/audio/pcm.ts'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { recordSpeaker } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

let desktop: Desktop
let app: DesktopApp
beforeAll(async () => {
  desktop = await openDesktop()
  app = await startApp(desktop)
  await app.ask('settings', { isSetUp: true })
  await app.ask('retry', null)
  await app.hears({ type: 'state', state: { presence: 'idle' } })
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
})

/** The longest stretch without sound between the first sound and the last, in steps of 20 ms. */
function longestGapMs(samples: Int16Array): number {
  const step = msToSamples(20)
  const loud = Array.from({ length: Math.floor(samples.length / step) }, (_, at) =>
    levelDbfs(samples.subarray(at * step, (at + 1) * step)) > -55 ? at : -1,
  ).filter((at) => at >= 0)
  return Math.max(...loud.map((at, index) => (at - (loud[index - 1] ?? at)) * 20))
}

describe('a page that dies', () => {
  it('[X13] is back within two seconds with the same conversation, while the voice goes on without a gap', async () => {
    const speaking = app.hears({ type: 'state', state: { presence: 'speaking' } })
    const sentence =
      'the old lighthouse keeper walked slowly along the harbour wall and counted every boat that came home'
    await app.ask('say', { text: `Repeat after me, ${sentence}.` })
    await speaking
    const recording = await recordSpeaker()
    const before = await app.ask('snapshot', null)
    const diedMs = performance.now()
    const back = app.electron.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      const loaded = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()))
      webContents.forcefullyCrashRenderer()
      return loaded
    })
    await within('the page to be loaded again', back)
    expect(performance.now() - diedMs).toBeLessThan(2_000)
    await desktop.tray.shows('Parley: ready')
    const samples = recording.samples()
    await recording.stop()
    expect(samples.length).toBeGreaterThan(msToSamples(2_000))
    expect(longestGapMs(samples)).toBeLessThan(400)

    const texts = await app.electron.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      return webContents.executeJavaScript('document.body.innerText') as Promise<string>
    })
    expect(texts).toContain(before.turns[0]?.text)
    expect(texts).toContain('harbour')
  })
})
