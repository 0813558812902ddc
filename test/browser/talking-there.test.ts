// Talking at another device: Chromium's own microphone, which is a file with speech here, and its loudspeaker, whose count of what it
// was given is what a cut is made by.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeWav } from '../../src/core/audio/wav.ts'
import { useBrowser } from '../support/browser.ts'
import { joinBy } from '../support/joined.ts'
import { say } from '../support/say.ts'
import { startWindow } from '../support/window-start.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const speech = await say('Tell me about the lighthouse, please.')
const file = join(folder, 'spoken.wav')
writeFileSync(file, writeWav({ rateHz: 24_000, channels: [Float32Array.from(speech, (sample) => sample / 32_768)] }))

const open = useBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${file}`,
  '--autoplay-policy=no-user-gesture-required',
])

declare global {
  // In the page: the one that it was given last.
  var microphoneOf: () => MediaStreamTrack
}

const marked = 12_345
const mark = join(folder, 'mark.wav')
writeFileSync(mark, writeWav({ rateHz: 24_000, channels: [new Float32Array(4_800).fill(marked / 32_768)] }))

const ids = { response: 'resp_1', item: 'item_voice' }
const words = 'The lighthouse stands on rocks that the tide covers twice a day.'
const loudest = (audio: string): number => {
  const bytes = Buffer.from(audio, 'base64')
  let peak = 0
  for (let at = 0; at + 1 < bytes.length; at += 2) peak = Math.max(peak, Math.abs(bytes.readInt16LE(at)))
  return peak
}

/** A frame in the middle of what this computer's own microphone was told to say. */
const isMark = (audio: string): boolean => {
  const bytes = Buffer.from(audio, 'base64')
  return Math.abs(bytes.readInt16LE(0) - marked) < 3 && Math.abs(bytes.readInt16LE(bytes.length - 2) - marked) < 3
}

describe('talking at another device', () => {
  it('[L250] its microphone is heard and its loudspeaker speaks; a cut is where it was; gone, it gives the floor back', async () => {
    const started = await startWindow({ settings: { otherDevices: true } })
    const connection = await started.live()
    const { page } = await joinBy(open, started, { name: 'Phone', rights: ['type', 'talk'], width: 360 })
    const told: { type: string; playedMs?: number }[] = []
    // The line is opened anew, so that what the page says of its sound is seen.
    page.on('websocket', (line) =>
      line.on('framesent', ({ payload }) => {
        if (typeof payload === 'string' && payload.startsWith('{"sound"'))
          told.push((JSON.parse(payload) as { sound: { type: string } }).sound)
      }),
    )
    await page.addInitScript(() => {
      const { mediaDevices } = navigator
      const get = mediaDevices.getUserMedia.bind(mediaDevices)
      mediaDevices.getUserMedia = async (wanted) => {
        const stream = await get(wanted)
        globalThis.microphoneOf = () => stream.getTracks()[0]!
        return stream
      }
    })
    await page.reload()
    const sent = (): string[] => connection.all('input_audio_buffer.append').map(({ audio }) => audio)
    const before = sent().length
    await page.getByRole('button', { name: 'Talk here' }).click()
    await page.getByText('You talk at this device').waitFor()
    expect(started.app.state().floor).toMatchObject({ name: 'Phone' })
    await expect
      .poll(() =>
        sent()
          .slice(before)
          .some((audio) => loudest(audio) > 2_000),
      )
      .toBe(true)
    await started.ask('say', { text: 'Tell me' })
    await connection.next('response.create')
    connection.beginAnswer({ ...ids, previous: null })
    connection.speak(ids, words, 20_000)
    await expect.poll(() => told.filter(({ type }) => type === 'position').length).toBeGreaterThan(20)
    await page.keyboard.press('Escape')
    const truncated = await connection.next('conversation.item.truncate')
    const cutAt = (): number => told.findIndex(({ type }) => type === 'cut')
    // The browser’s driver tells of a frame after it was sent.
    await expect.poll(cutAt).toBeGreaterThan(0)
    const at = cutAt()
    const last = told.slice(0, at).findLast(({ type }) => type === 'position')
    expect(Math.abs(truncated.audio_end_ms - (last?.playedMs ?? 0))).toBeLessThanOrEqual(30)
    // Back and forth: whoever has the floor is heard, and the other is not.
    for (let round = 0; round < 10; round++) {
      await page.getByRole('button', { name: 'Give it back' }).click()
      await expect.poll(() => started.app.state().floor).toBe(null)
      const hereFrom = sent().length
      started.microphone.say(mark).catch(() => undefined)
      await expect.poll(() => sent().slice(hereFrom).some(isMark)).toBe(true)
      await page.getByRole('button', { name: 'Talk here' }).click()
      await expect.poll(() => started.app.state().floor?.name).toBe('Phone')
      const thereFrom = sent().length
      // This computer's microphone is closed meanwhile.
      started.microphone.say(mark).catch(() => undefined)
      await expect
        .poll(() =>
          sent()
            .slice(thereFrom)
            .some((audio) => loudest(audio) > 2_000),
        )
        .toBe(true)
      expect(sent().slice(thereFrom).some(isMark)).toBe(false)
    }
    // The microphone is taken away from the page: said there, and the floor is the computer's.
    await page.evaluate(() => microphoneOf().dispatchEvent(new Event('ended')))
    await started.state(({ floor }) => floor === null)
    await page.getByText('The browser gives no microphone').first().waitFor()
    await page.getByRole('button', { name: 'Talk here' }).click()
    await started.state(({ floor }) => floor?.name === 'Phone')
    await page.close()
    await started.state(({ floor }) => floor === null)
  })
})
