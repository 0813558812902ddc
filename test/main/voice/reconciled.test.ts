import { describe, expect, it } from 'vitest'
import { createModelledLine, held, type ModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Answer } from '../../support/service/habits.ts'

const words = 'One two three four five six seven eight nine ten eleven twelve.'
/** Sound comes faster than it is played, as from a real service. */
const longAnswer: Partial<Answer> = { words, audioMs: 6_000, everyMs: 20 }

/** The session, the record and what the window is shown say the same, item for item. */
function expectSame(line: ModelledLine): void {
  const service = line.service.session()
  const isHeld = held(service, line.turns())
  expect(isHeld).toEqual(line.desired())
  const roles = { note: 'system', person: 'user', voice: 'assistant', call: 'call', result: 'output' }
  const shown = line.session.holds().items
  expect(shown.map(({ id }) => id)).toEqual(service.items.map(({ id }) => id))
  const messages = shown.filter(({ kind }) => kind !== 'call' && kind !== 'result')
  expect(messages.map(({ kind, text }) => `${roles[kind]}: ${text}`)).toEqual(
    isHeld.filter((text) => !/^(call|output) /.test(text)),
  )
}

/** What was heard of the newest answer: a beginning of it. */
function expectCut(line: ModelledLine): void {
  const turn = line.turns().findLast(({ role, text }) => role === 'assistant' && text.startsWith('One'))
  expect(turn?.state.type).toBe('cut')
  const heard = turn?.state.type === 'cut' ? turn.state.heard : words
  expect(words.startsWith(heard)).toBe(true)
  expect(heard.length).toBeLessThan(words.length)
}

async function midAnswer(answer = longAnswer): Promise<ModelledLine> {
  const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? answer : {}) } })
  await line.live()
  await line.turn('Count.')
  await line.quiet(1_500)
  return line
}

describe('what was not heard', () => {
  it('[H20] of an answer that is spoken over is gone from the session', async () => {
    const line = await midAnswer()
    await line.turn('Stop.')
    await line.quiet(4_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer whose line was cut in its middle is gone from the next session when it has played out', async () => {
    const line = await midAnswer({ ...longAnswer, everyMs: 150 })
    line.service.session().line.reset()
    await line.quiet(9_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is spoken over after its line was cut is gone from the next session', async () => {
    const line = await midAnswer()
    line.service.session().line.reset()
    await line.nextLive()
    await line.turn('Stop.')
    await line.quiet(4_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is hushed after its line was cut is gone from the next session', async () => {
    const line = await midAnswer()
    line.service.session().line.reset()
    await line.nextLive()
    await line.session.hush()
    await line.quiet(3_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is typed over after its line was cut is gone from the next session', async () => {
    const line = await midAnswer()
    line.service.session().line.reset()
    await line.nextLive()
    await line.session.say('Stop, I type.')
    await line.quiet(4_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is pressed over while the line is away is not given to the next session', async () => {
    const line = createModelledLine({
      mode: 'manual',
      habits: { answer: ({ number }) => (number === 1 ? longAnswer : {}) },
    })
    await line.live()
    await line.pressTurn('Count.')
    await line.pass(1_500)
    line.service.refuse({ code: 1006, reason: '' })
    line.service.session().line.reset()
    await line.pass(300)
    await line.pressTurn('Stop.')
    line.service.refuse(null)
    line.session.retry()
    await line.pass(8_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it.each([
    ['still being generated', 50],
    ['generated long ago', 5],
  ])(
    '[H20] of an answer, %s, that is spoken over after a forced hand-over is gone from the next session',
    async (_, everyMs) => {
      const minuteMs = 60_000
      const line = createModelledLine({
        mode: 'manual',
        habits: {
          sessionMs: 7 * minuteMs,
          answer: ({ number }) => (number === 2 ? { ...longAnswer, audioMs: 30_000, everyMs } : {}),
        },
      })
      await line.live()
      await line.session.say('Hello.')
      await line.pass(5_000)
      // The key is held until the hand-over can't wait any more.
      await line.pass(2 * minuteMs - line.clock.monotonicMs() - 3_000)
      line.session.press()
      await line.pass(5.5 * minuteMs - line.clock.monotonicMs() - 2_000)
      await line.speak('Count.')
      line.session.release()
      await line.until(
        'another session carries it',
        () => line.service.sessions.length > 1 && line.session.phase().type === 'live',
        60_000,
      )
      await line.pass(2_000)
      expect(line.speaker.health().queuedMs).toBeGreaterThan(0)
      await line.pressTurn('Stop.')
      await line.pass(8_000)
      expectCut(line)
      expectSame(line)
      await line.stop()
    },
  )

  it('[H20] of an answer that was spoken over before a sound of it leaves no item', async () => {
    const line = createModelledLine({
      habits: { answer: ({ number }) => (number === 1 ? { words, everyMs: 900 } : {}) },
    })
    await line.live()
    await line.turn('Count.')
    await line.quiet(200)
    await line.turn('No, wait.')
    await line.quiet(4_000)
    expect(line.service.session().items.filter(({ type, words: text }) => type === 'message' && text === '')).toEqual(
      [],
    )
    expectSame(line)
    await line.stop()
  })
})

describe('a live and quiet line holds what is desired', () => {
  const setsTimer: Partial<Answer> = { calls: [{ name: functionName, arguments: '{}' }] }

  it('[H23] after turns by voice and typed, a take-back and a put-back', async () => {
    const line = createModelledLine()
    await line.live()
    await line.turn('Spoken.')
    await line.quiet(3_000)
    expectSame(line)
    await line.session.say('Typed.')
    await line.pass(3_000)
    expectSame(line)
    await line.session.takeBack()
    await line.pass(1_000)
    expectSame(line)
    await line.session.putBack()
    await line.pass(1_000)
    expect(line.turns()).toHaveLength(4)
    expectSame(line)
    await line.stop()
  })

  it('[H23] after a take-back on one line and a put-back on the next', async () => {
    const line = createModelledLine()
    const service = await line.live()
    await line.turn('One.')
    await line.quiet(3_000)
    await line.session.say('Two.')
    await line.pass(3_000)
    await line.session.takeBack()
    service.line.reset()
    await line.nextLive()
    await line.session.putBack()
    await line.pass(2_000)
    expect(line.turns()).toHaveLength(4)
    expectSame(line)
    await line.stop()
  })

  it('[H23] after what is taken back while it is being said', async () => {
    const line = await midAnswer()
    await line.session.takeBack()
    await line.quiet(3_000)
    expect(line.turns()).toEqual([])
    expectSame(line)
    await line.session.putBack()
    await line.quiet(2_000)
    expectSame(line)
    await line.stop()
  })

  it('[H23] after a failed answer, and after the key that asks again', async () => {
    const line = createModelledLine({
      habits: {
        answer: ({ number }) =>
          number === 2 ? { audioMs: 400, words, end: { type: 'failed', code: 'server_error', message: 'No.' } } : {},
      },
    })
    await line.live()
    await line.turn('One.')
    await line.quiet(3_000)
    await line.turn('Two.')
    await line.quiet(3_000)
    expectSame(line)
    line.session.retry()
    await line.quiet(4_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['One.', 'Answer 1.', 'Two.', 'Answer 3.'])
    expectSame(line)
    await line.stop()
  })

  it('[H23] after a tool, with its call before its output, on this line and the next', async () => {
    const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? setsTimer : {}) } })
    const service = await line.live()
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    line.functions.finish()
    await line.quiet(4_000)
    expectSame(line)
    service.line.reset()
    await line.nextLive()
    await line.pass(2_000)
    expectSame(line)
    await line.stop()
  })

  it.each([0, 100, 400])('[H22] after a tool that ends %i ms into the restoring of the next session', async (ms) => {
    const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? setsTimer : {}) } })
    const service = await line.live()
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    await line.pass(300)
    line.service.habits.ackFirstMs = 800
    service.line.reset()
    await line.until(
      'the next session is given its items',
      () => (line.service.sessions[1]?.all('conversation.item.create').length ?? 0) > 0,
    )
    await line.pass(ms)
    line.functions.finish('It rang.')
    await line.quiet(6_000)
    const items = line.service.session().items.map(({ type, output }) => `${type} ${output}`)
    expect(items.filter((item) => item.startsWith('function'))).toEqual([
      'function_call ',
      'function_call_output It rang.',
    ])
    expect(line.service.responses.at(-1)).toMatchObject({ status: 'completed', open: [{ output: 'It rang.' }] })
    expect(line.functions.ran).toHaveLength(1)
    expectSame(line)
    await line.stop()
  })

  it('[H22] after a tool that ends while no line is there', async () => {
    const line = createModelledLine({ habits: { answer: ({ number }) => (number === 1 ? setsTimer : {}) } })
    const service = await line.live()
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    line.service.refuse({ code: 1006, reason: '' })
    service.line.reset()
    await line.pass(1_000)
    line.functions.finish('It rang.')
    await line.pass(1_000)
    line.service.refuse(null)
    line.session.retry()
    await line.pass(6_000)
    expect(line.service.responses.at(-1)).toMatchObject({ status: 'completed', open: [{ output: 'It rang.' }] })
    expectSame(line)
    await line.stop()
  })

  it('[H23] after words that are typed while the next session is being restored', async () => {
    const line = createModelledLine({ habits: { ackFirstMs: 600 } })
    const service = await line.live()
    await line.turn('One.')
    await line.quiet(3_000)
    service.line.reset()
    await line.until(
      'the next session is given its items',
      () => (line.service.sessions[1]?.all('conversation.item.create').length ?? 0) > 0,
    )
    await line.session.say('Typed meanwhile.')
    await line.pass(5_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['One.', 'Answer 1.', 'Typed meanwhile.', 'Answer 2.'])
    expectSame(line)
    await line.stop()
  })

  it('[H23] after a transcript that came for a turn of the line before', async () => {
    const line = createModelledLine({ habits: { sessionMs: 7 * 60_000, transcriptMs: 2_500 } })
    await line.live()
    await line.turn('One.')
    await line.quiet(4_000)
    await line.pass(2 * 60_000 - line.clock.monotonicMs())
    await line.turn('Two.')
    await line.quiet(4_000)
    await line.pass(30_000)
    expect(line.service.sessions.length).toBeGreaterThan(1)
    expectSame(line)
    await line.stop()
  })

  it('[H23] after a take-back while the next session is being restored', async () => {
    const line = createModelledLine({ habits: { ackFirstMs: 600 } })
    const service = await line.live()
    await line.turn('One.')
    await line.quiet(3_000)
    await line.session.say('Two.')
    await line.pass(3_000)
    service.line.reset()
    await line.until(
      'the next session is given its items',
      () => (line.service.sessions[1]?.all('conversation.item.create').length ?? 0) > 0,
    )
    await line.session.takeBack()
    await line.pass(4_000)
    expect(line.turns()).toHaveLength(2)
    expectSame(line)
    await line.stop()
  })
})
