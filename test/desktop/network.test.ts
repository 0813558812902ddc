// The network goes for five seconds, in the middle of an answer and of a question. Real Electron, real sockets through the
// fault proxy to a real engine server with scripted speech; what a person sees at each moment is the truth.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngineServer, type EngineServer } from '../../src/engine/server.ts'
import { systemClock as engineClock } from '../../src/engine/clock.ts'
import { systemClock } from '../../src/main/clock.ts'
import { startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktop, type Desktop } from '../support/desktop.ts'
import { createFaultProxy, type FaultProxy } from '../support/fault-proxy.ts'
import { createListeningSpeech } from '../support/listening-speech.ts'
import { tokenForTests } from '../support/realtime-client.ts'
import { createScriptedMind, saying } from '../support/scripted-mind.ts'
import { voiceFor } from '../support/scripted-speech.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { speakIntoMicrophone } from '../support/virtual-devices.ts'
import { within } from '../support/within.ts'

const cutMs = 5_000
/** Of eight seconds: the virtual sound card itself loses up to a third of one; what the cut could lose is more than one. */
const wholeMs = 7_300
/** Ten seconds of scripted speech. */
const story = 'Once upon a time there was a line that broke. '.repeat(5).trim()

const speech = createListeningSpeech()
const mind = createScriptedMind()
let server: EngineServer
let proxy: FaultProxy
let desktop: Desktop
let app: DesktopApp

const told = (change: Record<string, string | boolean>) => app.hears({ type: 'change', stored: { change } })
const verdict = (words: RegExp) => app.page.locator('.health-line .verdict', { hasText: words }).waitFor()

/** To be looked at, where somebody wants to. */
async function picture(name: string): Promise<void> {
  const folder = process.env['PARLEY_PICTURES']
  if (folder !== undefined) await app.page.screenshot({ path: join(folder, `${name}.png`) })
}

beforeAll(async () => {
  const speaking = Promise.resolve(speech)
  server = await createEngineServer({
    token: tokenForTests,
    clock: engineClock,
    speech: speaking,
    mind,
    onFault: () => undefined,
  })
  const baseUrl = server.url.replace('http', 'ws')
  proxy = await createFaultProxy({ target: baseUrl, clock: systemClock, random: seededRandom(1) })
  desktop = await openDesktop()
  app = await startApp(desktop)
  await app.ask('settings', {
    endpoint: { kind: 'compatible', baseUrl: proxy.through(baseUrl), model: 'parley-embedded' },
    turnMode: 'manual',
    // What stands in for speech here is a tone, which the suppression of noise takes for what it is.
    echo: 'off',
    suppressesNoise: false,
    // No server but OpenAI's is asked to write down what is said unless the person names what is to do it.
    transcriptionModel: 'parley-embedded',
  })
  await app.ask('set-key', { service: 'compatible', key: tokenForTests, plain: false })
  await app.ask('settings', { isSetUp: true })
  await desktop.tray.shows('Parley: ready')
})
afterAll(async () => {
  await app.quit()
  await desktop.stop()
  await proxy.close()
  await server.close()
})

describe('the network is away for five seconds', () => {
  it('[F14] in mid-answer: what was heard stands with its cut mark, tray and window say so, and the next answer is whole', async () => {
    mind.answer = saying(story)
    const cut = told({ type: 'played', cut: true })
    const sounding = app.hears({ type: 'position' })
    await app.ask('say', { text: 'Tell me a story.' })
    await desktop.tray.shows('Parley: speaking')
    await sounding
    proxy.swallow()
    const back = after(cutMs).then(() => proxy.flow())
    await Promise.all([desktop.tray.shows('Parley: not connected'), verdict(/Reconnecting|Connecting/)])
    await cut
    await app.page.locator('.lines .cut').first().waitFor()
    await picture('cut-answer-away')
    await back
    await app.ask('prove', null)
    await Promise.all([desktop.tray.shows('Parley: ready'), verdict(/connection|Connected/)])
    const { turns } = await app.ask('snapshot', null)
    expect(turns).toMatchObject([
      { text: 'Tell me a story.', state: { type: 'final' } },
      { role: 'assistant', state: { type: 'cut' } },
    ])
    const heard = turns[1]!.state.type === 'cut' ? turns[1]!.state.heard : ''
    expect(story.startsWith(heard) && heard.length > 0 && heard.length < story.length).toBe(true)
    expect((await app.ask('look', null)).health).toMatchObject({ reconnects: 1, restored: { items: 2, refused: 0 } })
    await app.page.locator('.health-line').click()
    await app.page.locator('dialog', { hasText: /Reconnects\s*1/ }).waitFor()
    await picture('cut-answer-back')
    await app.page.keyboard.press('Escape')
  })

  it('[F14] in mid-question: it arrives whole and once, tray and window say so, and it is answered', async () => {
    mind.answer = saying('It is nine.')
    speech.words = 'what time is it after all this'
    const before = speech.heardMs().length
    await app.ask('talk', { edge: 'down' })
    await desktop.tray.shows('Parley: listening')
    const spoken = speakIntoMicrophone(voiceFor(8_000))
    await within('a second of the question to arrive', speech.hears(1_000))
    proxy.refuse(true)
    proxy.reset()
    const back = after(cutMs).then(() => proxy.refuse(false))
    await Promise.all([desktop.tray.shows('Parley: not connected'), verdict(/Reconnecting|Connecting/)])
    await picture('cut-question-away')
    await back
    await app.ask('prove', null)
    await desktop.tray.shows('Parley: listening')
    await picture('cut-question-back')
    await spoken
    // The last of it is still on its way through the sound system.
    await within('the whole question to arrive', speech.hears(wholeMs))
    const answered = told({ type: 'played', cut: false })
    await app.ask('talk', { edge: 'up' })
    await answered
    await desktop.tray.shows('Parley: ready')
    const { turns } = await app.ask('snapshot', null)
    expect(turns.slice(2).map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'user: what time is it after all this',
      'assistant: It is nine.',
    ])
    await app.page.locator('.lines', { hasText: 'what time is it after all this' }).waitFor()
    const whole = speech.heardMs().slice(before).at(-1)!
    expect(whole).toBeGreaterThanOrEqual(wholeMs)
    expect(whole).toBeLessThan(8_100)
  })
})

/** As long as the network is away. */
function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
