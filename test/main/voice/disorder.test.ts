import { describe, expect, it } from 'vitest'
import { held } from '../../support/holding.ts'
import { createModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Answer, Question } from '../../support/service/habits.ts'

const asksFor = (question: Question, words: string): boolean => question.open.some((item) => item.words.includes(words))
const setsTimer: Partial<Answer> = { calls: [{ name: functionName, arguments: '{"minutes":5}' }] }

describe('events that come twice or in another order', () => {
  const everyType = [
    'input_audio_buffer.speech_started',
    'input_audio_buffer.speech_stopped',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'conversation.item.done',
    'conversation.item.input_audio_transcription.completed',
    'response.created',
    'response.output_item.added',
    'response.output_audio_transcript.done',
    'response.output_audio.done',
    'response.output_item.done',
    'response.done',
  ]
  it.each(everyType)('[T15] %s told twice changes nothing, costs nothing and asks nothing', async (type) => {
    const line = createModelledLine({
      habits: {
        answer: (question) => (asksFor(question, 'timer') ? setsTimer : {}),
        tamper: (event) => (event.type === type ? [{ event }, { event, afterMs: 300 }] : [{ event }]),
      },
    })
    const service = await line.live()
    await line.turn('Hello.')
    await line.quiet(2_500)
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    line.functions.finish()
    await line.quiet(4_000)
    expect(line.functions.ran).toHaveLength(1)
    expect(line.service.responses).toHaveLength(3)
    expect(line.turns().map(({ text }) => text)).toEqual(['Hello.', 'Answer 1.', 'Set a timer.', 'Answer 3.'])
    expect(line.record.conversation().usage.outputAudioTokens).toBe(2 + 4 + 8)
    expect(held(service, line.turns())).toEqual(line.desired())
    expect(line.session.isQuiet()).toBe(true)
    await line.stop()
  })

  it('[T16] a transcript before `committed`: the words are kept, and nothing is sent again when the line is cut', async () => {
    const line = createModelledLine({ habits: { transcriptMs: 'before' } })
    const service = await line.live()
    await line.turn('Early words.')
    await line.quiet(3_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Early words.', 'Answer 1.'])
    service.line.reset()
    await line.quiet(4_000)
    expect(line.service.session().heard).toEqual([])
    expect(held(line.service.session(), line.turns())).toEqual(['user: Early words.', 'assistant: Answer 1.'])
    await line.stop()
  })

  it('[T16] a transcript before `committed`, by key', async () => {
    const line = createModelledLine({ mode: 'manual', habits: { transcriptMs: 'before' } })
    const service = await line.live()
    await line.pressTurn('Early words.')
    await line.pass(3_000)
    service.line.reset()
    await line.pass(4_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Early words.', 'Answer 1.'])
    expect(line.service.session().heard).toEqual([])
    await line.stop()
  })

  it.each([
    ['input_audio_buffer.committed', 200],
    ['input_audio_buffer.speech_stopped', 300],
    ['response.created', 100],
    ['conversation.item.added', 300],
    ['response.output_item.added', 400],
  ])('[T16] %s late by %i ms: both turns are kept in their order, and once', async (type, afterMs) => {
    const line = createModelledLine({
      habits: { tamper: (event) => (event.type === type ? [{ event, afterMs }] : [{ event }]) },
    })
    const service = await line.live()
    await line.turn('Late events.')
    await line.quiet(4_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Late events.', 'Answer 1.'])
    expect(line.session.isQuiet()).toBe(true)
    service.line.reset()
    await line.quiet(4_000)
    expect(line.service.session().heard).toEqual([])
    expect(line.service.responses).toHaveLength(1)
    await line.stop()
  })

  it.each([
    'input_audio_buffer.speech_started',
    'input_audio_buffer.speech_stopped',
    'input_audio_buffer.committed',
    'conversation.item.added',
    'conversation.item.done',
    'response.created',
    'response.output_item.added',
    'response.output_audio.done',
    'response.output_audio_transcript.done',
    'response.output_item.done',
  ])('[T16] without any %s the conversation goes on and is quiet in the end', async (type) => {
    const line = createModelledLine({ habits: { tamper: (event) => (event.type === type ? [] : [{ event }]) } })
    await line.live()
    await line.turn('Something is missing.')
    await line.quiet(4_000)
    await line.turn('And now?')
    await line.quiet(4_000)
    await line.pass(30_000)
    expect(line.session.isQuiet()).toBe(true)
    expect(line.service.responses.filter(({ status }) => status === 'completed')).toHaveLength(2)
    expect(line.turns().map(({ text }) => text)).toEqual([
      'Something is missing.',
      'Answer 1.',
      'And now?',
      'Answer 2.',
    ])
    await line.stop()
  })
})
