import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSpeechInput } from '../../../src/engine/speech/speech-input.ts'
import { createHeardAudio, splitAtQuiet } from '../../../src/engine/speech/heard-audio.ts'
import { openRecogniser, type Recogniser, type Urgency } from '../../../src/speech/recognise.ts'
import { loadResampler, type CreateResampler } from '../../../src/engine/speech/resample.ts'
import { loadVoiceActivity, windowSamples, type VoiceActivity } from '../../../src/speech/voice-activity.ts'
import type { SpeechInputEvents } from '../../../src/engine/ports.ts'
import { joinAudio, say, silence, trimmed } from '../../support/say.ts'
import { fixed, modelsDir, semantic } from '../../support/speech.ts'

let recogniser: Recogniser
let voiceActivity: VoiceActivity
let createResampler: CreateResampler
beforeAll(async () => {
  createResampler = await loadResampler()
  voiceActivity = await loadVoiceActivity(modelsDir)
  recogniser = await openRecogniser({ modelsDir, model: 'base', threads: 1 })
})
afterAll(async () => {
  await recogniser.close()
  await voiceActivity.close()
})

/** The real input, and a list of what it asked the recogniser for. */
function openCountedInput() {
  const asked: { urgency: Urgency; samples: number }[] = []
  const input = createSpeechInput({
    listen: voiceActivity.createListener(),
    createResampler,
    completeness: () => 'whole',
    onError: (error) => {
      throw error
    },
    recogniser: {
      ...recogniser,
      read: (request) => {
        asked.push({ urgency: request.urgency, samples: request.samples.length })
        return recogniser.read(request)
      },
    },
  })
  const ended: SpeechInputEvents['stopped'][] = []
  input.on('stopped', (event) => ended.push(event))
  return { input, asked, ended }
}

it.each([
  ['the semantic rule', semantic],
  ['a fixed rule', fixed],
])('[E5] under %s asking for an ended turn reads nothing again', async (_name, rule) => {
  const { input, asked, ended } = openCountedInput()
  input.follow(rule)
  input.hear(
    joinAudio(silence(500), trimmed(await say('How far is the moon?', { voice: 'festival-slt' })), silence(1500)),
  )
  await input.settled()
  const [turn] = ended
  const before = asked.filter(({ urgency }) => urgency === 'turn').length
  const { text } = await input.read(turn!.audioStartMs, turn!.audioEndMs)
  input.close()
  expect(text).toMatch(/far is the moon/i)
  expect(before).toBe(1)
  expect(asked.filter(({ urgency }) => urgency === 'turn')).toHaveLength(before)
})

it('[E5] a stretch with more voice than the turn in it is read as a whole', async () => {
  const { input, asked, ended } = openCountedInput()
  const question = trimmed(await say('How far is the moon?', { voice: 'festival-slt' }))
  const audio = joinAudio(silence(500), question, silence(1500))
  input.hear(audio)
  input.follow(semantic)
  input.hear(audio)
  await input.settled()
  const before = asked.length
  const { text } = await input.read(0, (2 * audio.length) / 24)
  input.close()
  expect(ended).toHaveLength(1)
  expect(asked.length).toBeGreaterThan(before)
  expect(text.match(/moon/gi)).toHaveLength(2)
})

it('[E12] after minutes of silence a turn is heard and read as before, and the silence is gone', async () => {
  const { input, asked, ended } = openCountedInput()
  input.follow(semantic)
  input.hear(silence(200_000))
  input.hear(joinAudio(trimmed(await say('How far is the moon?', { voice: 'festival-slt' })), silence(1500)))
  await input.settled()
  const [turn] = ended
  expect(turn!.audioStartMs).toBeGreaterThan(199_000)
  expect((await input.read(turn!.audioStartMs, turn!.audioEndMs)).text).toMatch(/far is the moon/i)
  expect((await input.read(0, 5000)).text).toBe('')
  input.close()
  // The forgotten stretch had nothing left to read.
  expect(asked.filter(({ samples }) => samples > 5 * 16_000)).toEqual([])
})

it('[E12] only the newest audio is kept, and positions stay', () => {
  const heard = createHeardAudio({ keepMs: 3200 })
  for (let window = 0; window < 1000; window++) heard.add(new Int16Array(windowSamples).fill(window), 0.5)
  expect(heard.windows()).toBe(1000)
  expect(heard.slice(0, 100)).toHaveLength(0)
  expect(heard.slice(990, 991)[0]).toBe(990)
  expect(heard.slice(0, 1000).length).toBeLessThan(400 * windowSamples)
})

it('[E16] a long stretch is cut where it is quietest, into pieces that miss nothing', () => {
  const heard = createHeardAudio({ keepMs: 180_000 })
  const quiet = new Set([80, 170, 250])
  for (let window = 0; window < 300; window++) heard.add(new Int16Array(windowSamples), quiet.has(window) ? 0.1 : 0.9)
  const pieces = splitAtQuiet(heard, 0, 300, 100)
  expect(pieces).toEqual([
    [0, 80],
    [80, 170],
    [170, 250],
    [250, 300],
  ])
})

it('[E16] forty seconds without a turn are read to the end', async () => {
  const { input, asked } = openCountedInput()
  const sentence = trimmed(await say('Please set a timer for ten minutes.', { voice: 'festival-slt' }))
  const audio = joinAudio(...Array.from({ length: 16 }, () => joinAudio(sentence, silence(400))))
  input.hear(audio)
  const { text } = await input.read(0, audio.length / 24)
  input.close()
  expect(audio.length / 24_000).toBeGreaterThan(35)
  expect(Math.max(...asked.map(({ samples }) => samples))).toBeLessThanOrEqual(20 * 16_000)
  expect(text.match(/minutes/gi)!.length).toBeGreaterThanOrEqual(15)
})
