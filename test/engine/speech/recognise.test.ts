import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spellNow, type Reading } from '../../../src/speech/moonshine.ts'
import type { RecognitionQuestion } from '../../../src/speech/recognition-thread.ts'
import { createRecogniser, openRecogniser, type Recogniser } from '../../../src/speech/recognise.ts'
import { loadResampler, type CreateResampler } from '../../../src/engine/speech/resample.ts'
import { whiteNoise } from '../../support/noise.ts'
import { joinAudio, say, trimmed, type TestVoice } from '../../support/say.ts'
import { modelsDir } from '../../support/speech.ts'
import { wordErrors } from '../../support/word-errors.ts'

const signal = new AbortController().signal
const sentences = [
  'What time is it in Paris?',
  'Please set a timer for ten minutes.',
  'Could you tell me a story about a dragon?',
  'I have two brothers and one sister.',
  'How do I get to the train station?',
]

describe('the recogniser', () => {
  let recogniser: Recogniser
  let createResampler: CreateResampler
  beforeAll(async () => {
    createResampler = await loadResampler()
    recogniser = await openRecogniser({ modelsDir, model: 'base', threads: 1 })
  })
  afterAll(() => recogniser.close())

  function to16k(audio: Int16Array): Int16Array<ArrayBuffer> {
    const resampler = createResampler({ fromHz: 24_000, toHz: 16_000 })
    const samples = new Int16Array(joinAudio(resampler.push(audio), resampler.flush()))
    resampler.close()
    return samples
  }

  it.each<[TestVoice, number]>([
    ['festival-slt', 0.1],
    ['festival-kal', 0.2],
    ['espeak', 0.2],
  ])('[E6] hears %s with fewer than %d words wrong', async (voice, most) => {
    let errors = 0
    let words = 0
    for (const sentence of sentences) {
      const samples = to16k(trimmed(await say(sentence, { voice })))
      const read = await recogniser.read({ samples, draft: [], urgency: 'turn', signal })
      const result = wordErrors(sentence.replace('ten', '10'), read!.text.replace('ten', '10'))
      errors += result.errors
      words += result.words
    }
    expect(errors / words).toBeLessThan(most)
  })

  it('[E6] finds no words in noise', async () => {
    const read = await recogniser.read({ samples: to16k(whiteNoise(3000, -35)), draft: [], urgency: 'turn', signal })
    expect(read?.text).toBe('')
  })

  it('[E5] a draft, right or wrong, changes nothing of what is understood', async () => {
    const audio = to16k(trimmed(await say(sentences[1]!, { voice: 'festival-slt' })))
    const read = (draft: readonly number[]): Promise<Reading | null> =>
      recogniser.read({ samples: audio.slice(), draft, urgency: 'turn', signal })
    const plain = await read([])
    expect(plain?.text).toMatch(/set a timer for (10|ten) minutes/)
    expect((await read(plain!.tokens))?.text).toBe(plain?.text)
    expect((await read(plain!.tokens.slice(0, 4)))?.text).toBe(plain?.text)
    expect((await read([500, 600, 700]))?.text).toBe(plain?.text)
  })

  it('[E14] the loop keeps turning while the model works', async () => {
    let turns = 0
    let done = false
    const turn = (): void => {
      turns++
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    const samples = to16k(await say(sentences[2]!))
    await recogniser.read({ samples, draft: [], urgency: 'turn', signal })
    done = true
    expect(turns).toBeGreaterThan(200)
  })
})

it('[E14] a model that is missing is told to whoever opens it', async () => {
  await expect(openRecogniser({ modelsDir: '/nowhere', model: 'base', threads: 1 })).rejects.toThrow(/encoder/)
})

/** A thread whose reads the test ends by hand. */
function createHeldThread() {
  const reads: { id: number; end: (reading: Reading | null) => void }[] = []
  const aborted: number[] = []
  const thread = {
    ask: (question: RecognitionQuestion) =>
      new Promise<Reading | null>((end) => {
        if (question.type === 'read') reads.push({ id: question.id, end })
      }),
    tell: (note: RecognitionQuestion) => {
      if (note.type === 'abort') aborted.push(note.id)
    },
    close: async () => undefined,
  }
  return { thread, reads, aborted }
}

describe('the order of reading', () => {
  const reading: Reading = { text: 'yes', meanLogProbability: 0, tokens: [1] }
  const samples = (): Int16Array<ArrayBuffer> => new Int16Array(10)

  it('[E7] a turn goes before captions that wait, and a caption being read gives way', async () => {
    const { thread, reads, aborted } = createHeldThread()
    const recogniser = createRecogniser(thread)
    const captioned = recogniser.read({ samples: samples(), draft: [], urgency: 'caption', signal })
    const waiting = recogniser.read({ samples: samples(), draft: [], urgency: 'caption', signal })
    const turn = recogniser.read({ samples: samples(), draft: [], urgency: 'turn', signal })
    expect(await captioned).toBeNull()
    expect(aborted).toEqual([0])
    reads[0]!.end(null)
    await expect.poll(() => reads.map(({ id }) => id)).toEqual([0, 2])
    reads[1]!.end(reading)
    expect(await turn).toEqual(reading)
    await expect.poll(() => reads.map(({ id }) => id)).toEqual([0, 2, 1])
    reads[2]!.end(reading)
    expect(await waiting).toEqual(reading)
  })

  it('[E7] closing answers everybody who still waits', async () => {
    const { thread } = createHeldThread()
    const recogniser = createRecogniser(thread)
    const both = [1, 2].map(() => recogniser.read({ samples: samples(), draft: [], urgency: 'turn', signal }))
    await recogniser.close()
    expect(await Promise.all(both)).toEqual([null, null])
    expect(await recogniser.read({ samples: samples(), draft: [], urgency: 'turn', signal })).toBeNull()
  })
})

it('[E17] words are spelled as they are today', () => {
  expect(spellNow('What day is it to-day? And To-morrow, to-night?')).toBe(
    'What day is it today? And Tomorrow, tonight?',
  )
  expect(spellNow('to day-care, into-day')).toBe('to day-care, into-day')
})
