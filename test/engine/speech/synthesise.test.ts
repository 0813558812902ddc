import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecogniser, type Recogniser } from '../../../src/speech/recognise.ts'
import { loadResampler, type CreateResampler } from '../../../src/engine/speech/resample.ts'
import { openSynthesiser, type OpenSynthesiser } from '../../../src/engine/speech/synthesise.ts'
import { joinAudio } from '../../support/say.ts'
import { modelsDir } from '../../support/speech.ts'
import { wordErrors } from '../../support/word-errors.ts'

const peakLimit = 0.708 * 32_768
const sentences = [
  'The weather in Paris is sunny, and you can leave your umbrella at home.',
  'Your timer for ten minutes is running.',
  'The museum opens at nine in the morning.',
  'I have put milk and bread on your shopping list.',
]

let synthesiser: OpenSynthesiser
let recogniser: Recogniser
let createResampler: CreateResampler
beforeAll(async () => {
  createResampler = await loadResampler()
  synthesiser = await openSynthesiser()
  recogniser = await openRecogniser({ modelsDir, model: 'base', threads: 1 })
})
afterAll(() => Promise.all([synthesiser.close(), recogniser.close()]))

async function speak(text: string, { voice = 'rms', speed = 1 } = {}): Promise<Int16Array[]> {
  const chunks: Int16Array[] = []
  for await (const chunk of synthesiser.speak(text, { voice, speed, signal: new AbortController().signal }))
    chunks.push(chunk)
  return chunks
}

async function understand(audio: Int16Array): Promise<string> {
  const resampler = createResampler({ fromHz: 24_000, toHz: 16_000 })
  const samples = new Int16Array(joinAudio(resampler.push(audio), resampler.flush()))
  resampler.close()
  const read = await recogniser.read({ samples, draft: [], urgency: 'turn', signal: new AbortController().signal })
  return read?.text ?? ''
}

const highest = (values: Int16Array): number => values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)

/** Fundamental frequency by autocorrelation, the median of the clearly voiced 50 ms stretches. */
function pitchHz(audio: Int16Array): number {
  const found: number[] = []
  for (let start = 0; start + 2400 < audio.length; start += 1200) {
    const frame = audio.subarray(start, start + 2400)
    const correlate = (lag: number): number => {
      let sum = 0
      for (let at = 0; at + 400 < frame.length; at++) sum += frame[at]! * frame[at + lag]!
      return sum
    }
    const energy = correlate(0)
    if (energy < 1200 * 1500 ** 2) continue
    const lags = Array.from({ length: 280 }, (_, at) => at + 100)
    const best = lags.reduce((one, other) => (correlate(other) > correlate(one) ? other : one))
    if (correlate(best) > 0.5 * energy) found.push(24_000 / best)
  }
  return found.sort((one, other) => one - other)[Math.floor(found.length / 2)]!
}

describe('the synthesiser', () => {
  it.each(['rms', 'slt'])('[E8] %s is understood, loud enough and never too loud', async (voice) => {
    let errors = 0
    let words = 0
    for (const sentence of sentences) {
      const audio = joinAudio(...(await speak(sentence, { voice })))
      const peak = highest(audio)
      expect(peak).toBeLessThanOrEqual(peakLimit)
      expect(peak).toBeGreaterThan(peakLimit / 2)
      const result = wordErrors(sentence, await understand(audio))
      errors += result.errors
      words += result.words
    }
    expect(errors / words).toBeLessThan(0.15)
  })

  it('[E8] a sentence begins and ends in silence, and chunks meet without a step', async () => {
    const chunks = await speak('It will rain today, and tomorrow as well.')
    const audio = joinAudio(...chunks)
    const steps = audio.map((sample, at) => Math.abs(sample - (audio[at - 1] ?? 0)))
    const borders = chunks
      .slice(0, -1)
      .map((_, index) => chunks.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0))
    expect(chunks.length).toBeGreaterThan(10)
    expect(Math.max(...borders.map((at) => steps[at]!))).toBeLessThan(highest(steps))
    expect(highest(audio.subarray(0, 48))).toBeLessThan(100)
    expect(highest(audio.subarray(-48))).toBeLessThan(100)
  })

  it('[E8] speech begins within 40 ms of its first sample', async () => {
    const audio = joinAudio(...(await speak('Hello there.')))
    expect(audio.findIndex((sample) => Math.abs(sample) > 500) / 24).toBeLessThan(40)
  })

  it('[E8] an unknown voice is the default one', async () => {
    expect(await speak('Hello.', { voice: 'nobody' })).toEqual(await speak('Hello.', { voice: 'rms' }))
  })

  it('[E9] half the speed takes twice as long, at the same pitch', async () => {
    const text = 'The museum opens at nine in the morning.'
    const own = joinAudio(...(await speak(text)))
    const slow = joinAudio(...(await speak(text, { speed: 0.5 })))
    const fast = joinAudio(...(await speak(text, { speed: 1.5 })))
    expect(slow.length / own.length).toBeCloseTo(2, 0)
    expect(fast.length / own.length).toBeLessThan(0.75)
    expect(pitchHz(slow) / pitchHz(own)).toBeGreaterThan(0.88)
    expect(pitchHz(slow) / pitchHz(own)).toBeLessThan(1.12)
  })

  it('[E10] an aborted sentence yields nothing more', async () => {
    const wanted = new AbortController()
    let chunks = 0
    for await (const _ of synthesiser.speak(sentences[0]!, { voice: 'rms', speed: 1, signal: wanted.signal })) {
      chunks++
      if (chunks === 2) wanted.abort()
    }
    expect(chunks).toBe(2)
    const before = synthesiser.speak('Hello.', { voice: 'rms', speed: 1, signal: wanted.signal })
    expect((await before[Symbol.asyncIterator]().next()).done).toBe(true)
  })

  it('[E14] the loop keeps turning while the voice works', async () => {
    let turns = 0
    let done = false
    const turn = (): void => {
      turns++
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    await speak(sentences[0]!)
    done = true
    // Work on the loop itself would let it turn a handful of times.
    expect(turns).toBeGreaterThan(200)
  })
})
