import { describe, expect, it } from 'vitest'
import { expectSame } from '../../support/holding.ts'
import { midAnswer, words } from '../../support/mid-answer.ts'
import { createModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Answer } from '../../support/service/habits.ts'

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
