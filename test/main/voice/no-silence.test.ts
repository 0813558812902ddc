import { describe, expect, it } from 'vitest'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import type { Answer } from '../../support/service/habits.ts'

const words = 'One two three four five six seven eight nine ten.'

const endings: [string, Partial<Answer>][] = [
  ['is empty', { end: { type: 'nothing' } }],
  ['has an item without sound or words', { words: '', audioMs: 0 }],
  ['was cancelled by the service before a sound', { words: '', audioMs: 0, end: { type: 'cancelled' } }],
  ['was cancelled by the service in its middle', { words, audioMs: 2_000, end: { type: 'cancelled' } }],
  ['came as text only', { words, modality: 'text', audioMs: 1_000 }],
  ['was cut by the token limit', { words, audioMs: 2_000, end: { type: 'max_output_tokens' } }],
  ['was cut by the token limit before a sound', { words: '', audioMs: 0, end: { type: 'max_output_tokens' } }],
  ['was cut for its content', { words, audioMs: 1_000, end: { type: 'content_filter' } }],
  [
    'failed as the service is busy',
    { audioMs: 0, end: { type: 'failed', code: 'rate_limit_exceeded', message: 'Slow down.' } },
  ],
]

/** No item of a session is without words, and none is a mark of a cut alone. */
function expectNoEmptyItem(line: ModelledLine): void {
  const empty = line.service
    .session()
    .items.filter(({ type, words: text }) => type === 'message' && (text.trim() === '' || text.trim() === '—'))
  expect(empty).toEqual([])
}

async function expectTold(line: ModelledLine): Promise<void> {
  await line.until('the answer has ended', () => typeof line.service.responses[0]?.status === 'string')
  await line.pass(1_500)
  expect(line.notices().map(({ message }) => message.length > 20)).toEqual([true])
}

describe('an answer that', () => {
  it.each(endings)(
    '[T17] %s is told in words, once, and leaves no empty item in the next session',
    async (_, answer) => {
      const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? answer : {}) } })
      const service = await line.live()
      await line.turn('Say something.')
      await expectTold(line)
      await line.quiet(4_000)
      expect(line.session.isQuiet()).toBe(true)
      service.line.reset()
      await line.quiet(4_000)
      expectNoEmptyItem(line)
      await line.stop()
    },
  )

  it.each(endings)('[T17] %s leaves a line on which the next turn is answered', async (_, answer) => {
    const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? answer : {}) } })
    await line.live()
    await line.turn('Say something.')
    await line.quiet(5_000)
    await line.turn('Something else.')
    await line.quiet(4_000)
    // The first may have been asked again by itself.
    expect(line.turns().at(-2)).toMatchObject({ role: 'user', text: 'Something else.' })
    expect(line.turns().at(-1)).toMatchObject({ role: 'assistant', state: { type: 'final' } })
    expect(line.turns().at(-1)?.text).toMatch(/^Answer \d\.$/)
    await line.stop()
  })

  it('[T17] is empty can be asked for again by one key', async () => {
    const line = createModelledLine({
      habits: { answer: ({ number }) => (number === 1 ? { end: { type: 'nothing' } } : {}) },
    })
    await line.live()
    await line.turn('Say something.')
    await line.quiet(2_000)
    line.session.retry()
    await line.quiet(4_000)
    expect(line.service.responses.at(-1)).toMatchObject({ status: 'completed', open: [{ words: 'Say something.' }] })
    expect(line.turns().map(({ text }) => text)).toEqual(['Say something.', 'Answer 2.'])
    await line.stop()
  })

  it.each([60, 200])('[T17] broke off with its line after %i ms of sound is told, or given again', async (chunkMs) => {
    const line = createModelledLine({
      habits: { answer: () => ({ words, audioMs: 6_000, chunkMs, everyMs: chunkMs }) },
    })
    const service = await line.live()
    await line.turn('Tell me all.')
    await line.until('it sounds', () =>
      service.line.delivered.some(({ type }) => type === 'response.output_audio.delta'),
    )
    service.line.reset()
    await line.quiet(3_000)
    const isToldAgain = line.service.responses.length > 1
    expect(isToldAgain || line.notices().length > 0 || line.isOffered('Tell me all.')).toBe(true)
    expectNoEmptyItem(line)
    await line.stop()
  })

  it('[T17] broke off as it failed with a moment of sound is told, and its words are a draft', async () => {
    const line = createModelledLine({
      habits: {
        answer: () => ({ words, audioMs: 200, end: { type: 'failed', code: 'server_error', message: 'No.' } }),
      },
    })
    await line.live()
    await line.turn('Tell me all.')
    await expectTold(line)
    expect(line.record.conversation().draft).toBe('Tell me all.')
    await line.stop()
  })

  it('[V67] misses its `output_audio.done` ends with its response', async () => {
    const line = createModelledLine({
      habits: { tamper: (event) => (event.type === 'response.output_audio.done' ? [] : [{ event }]) },
    })
    await line.live()
    await line.turn('Hello.')
    await line.quiet(3_000)
    expect(line.session.isQuiet()).toBe(true)
    expect(line.turns().at(-1)).toMatchObject({ text: 'Answer 1.', playedMs: 1_000, state: { type: 'final' } })
    await line.stop()
  })

  it('[V67] misses its ends of sound and of words ends with its response', async () => {
    const line = createModelledLine({
      habits: { tamper: (event) => (/^response\.output.*done$/.test(event.type) ? [] : [{ event }]) },
    })
    await line.live()
    await line.turn('Hello.')
    await line.quiet(3_000)
    expect(line.session.isQuiet()).toBe(true)
    expect(line.turns().at(-1)).toMatchObject({ text: 'Answer 1.', playedMs: 1_000, state: { type: 'final' } })
    await line.stop()
  })

  it('[V67] misses its `response.done` is given up within 30 s, and the next turn is answered', async () => {
    const line = createModelledLine({
      habits: { answer: ({ number }) => (number === 1 ? { end: { type: 'silent' } } : {}) },
    })
    await line.live()
    await line.turn('Hello.')
    await line.pass(30_000)
    expect(line.session.isQuiet()).toBe(true)
    await line.turn('Still there?')
    await line.quiet(4_000)
    expect(line.turns().at(-1)).toMatchObject({ role: 'assistant', state: { type: 'final' } })
    expect(line.turns().at(-2)).toMatchObject({ text: 'Still there?' })
    await line.stop()
  })
})
