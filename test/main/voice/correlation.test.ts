import { describe, expect, it } from 'vitest'
import { held, receivedOf } from '../../support/holding.ts'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Habits, Refusal } from '../../support/service/habits.ts'

/** Refuses the first `times` commands of that type that are none of the restoring's. */
function refuser(type: string, refusal: Refusal, times = 1): Pick<Habits, 'refuse'> {
  let left = times
  return {
    refuse(event) {
      if (event.type !== type || left === 0) return null
      left--
      return refusal
    },
  }
}

async function toldWithin(line: ModelledLine, ms: number): Promise<void> {
  const fromMs = line.clock.monotonicMs()
  await line.pass(ms)
  expect(line.notices().filter(({ atMs }) => atMs >= fromMs)).not.toEqual([])
}

describe('commands', () => {
  it('[V64] each carry an id of their own, whatever is said and done', async () => {
    const line = createModelledLine({
      habits: {
        answer: ({ number }) =>
          number === 1 ? { calls: [{ name: functionName, arguments: '{}' }] } : { audioMs: 4_000 },
      },
    })
    const service = await line.live()
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    line.functions.finish()
    await line.quiet(1_000)
    await line.turn('Stop there.')
    await line.session.hush()
    await line.session.say('And typed.')
    line.session.setTurnMode('manual', 'auto')
    await line.pass(500)
    await line.pressTurn('By key.')
    await line.pass(2_000)
    await line.session.takeBack()
    await line.session.putBack()
    await line.pass(1_000)
    const commands = service.received.filter(({ type }) => type !== 'input_audio_buffer.append')
    expect(commands.filter(({ event_id: id }) => id === undefined || id === '')).toEqual([])
    const ids = commands.map(({ event_id: id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    await line.stop()
  })
})

describe.each([true, false])('a refusal that carries the id of what it refuses: %s', (named) => {
  it('[V65] of a response is told within 1 s; the words are offered again', async () => {
    const line = createModelledLine({
      habits: refuser('response.create', { named, type: 'invalid_request_error', code: 'invalid_value' }),
    })
    await line.live()
    await line.session.say('Is anybody there?')
    await toldWithin(line, 1_000)
    expect(line.isOffered('Is anybody there?')).toBe(true)
    expect(line.session.isQuiet()).toBe(true)
    await line.stop()
  })

  it('[V65] of a response by key is told within 1 s, and one key asks again', async () => {
    const line = createModelledLine({ mode: 'manual', habits: refuser('response.create', { named }) })
    await line.live()
    await line.pressTurn('Is anybody there?')
    await toldWithin(line, 1_000)
    line.session.retry()
    await line.pass(4_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Is anybody there?', 'Answer 1.'])
    await line.stop()
  })

  it('[V65] of typed words is told within 1 s; they are a draft, and what is answered is no answer to them', async () => {
    const line = createModelledLine({ habits: refuser('conversation.item.create', { named }) })
    await line.live()
    await line.turn('Spoken before.')
    await line.quiet(3_000)
    await line.session.say('Not to be taken.')
    await toldWithin(line, 1_000)
    await line.pass(4_000)
    expect(line.record.conversation().draft).toBe('Not to be taken.')
    const said = line.turns().map(({ text }) => text)
    expect(said.filter((text) => text !== '')).toEqual(['Spoken before.', 'Answer 1.'])
    const service = line.service.session()
    expect(held(service, line.turns())).toEqual(line.desired())
    await line.stop()
  })

  it('[V65] of a commit does not put its sound into the next press; it is told within 2 s', async () => {
    const line = createModelledLine({
      mode: 'manual',
      habits: refuser('input_audio_buffer.commit', { named, code: 'server_error', type: 'server_error' }),
    })
    await line.live()
    const first = await line.pressTurn('Lost in the buffer.')
    await toldWithin(line, 2_000)
    const second = await line.pressTurn('Only this.')
    await line.pass(4_000)
    const joined = line.service.turns.filter(
      ({ frames }) => frames.includes(first.frames[0] ?? 0) && frames.includes(second.frames[0] ?? 0),
    )
    expect(joined).toEqual([])
    expect(receivedOf(line.service, second).at(-1)?.frames).toEqual(second.frames)
    expect(line.turns().map(({ text }) => text)).toContain('Only this.')
    await line.stop()
  })

  it('[V65] of a truncate leaves the session with what was heard all the same', async () => {
    const line = createModelledLine({
      habits: {
        ...refuser('conversation.item.truncate', { named, message: 'Audio content of 0ms is already shorter.' }),
        answer: () => ({ words: 'One two three four five six seven eight nine ten.', audioMs: 4_000, everyMs: 20 }),
      },
    })
    const service = await line.live()
    await line.turn('Count.')
    await line.quiet(1_500)
    await line.session.hush()
    await line.pass(3_000)
    expect(line.turns().at(-1)).toMatchObject({ state: { type: 'cut' } })
    expect(held(service, line.turns())).toEqual(line.desired())
    await line.stop()
  })

  it('[V65] of a deletion of what is gone already changes nothing', async () => {
    const line = createModelledLine()
    const service = await line.live()
    await line.session.say('Take this back.')
    await line.pass(3_000)
    Object.assign(
      line.service.habits,
      refuser('conversation.item.delete', { named, code: 'item_delete_invalid_item_id' }),
    )
    await line.session.takeBack()
    await line.pass(2_000)
    await line.session.say('Go on.')
    await line.pass(3_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Go on.', 'Answer 2.'])
    expect(service.items.map(({ words }) => words)).toContain('Go on.')
    await line.stop()
  })
})

describe('an error without the id of a command', () => {
  const stray = { type: 'error', error: { type: 'server_error', code: null, message: 'Hiccup.', event_id: null } }

  it('[V64] while nothing is outstanding changes nothing', async () => {
    const line = createModelledLine()
    const service = await line.live()
    await line.turn('Hello.')
    await line.quiet(3_000)
    service.say(stray)
    await line.quiet(1_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Hello.', 'Answer 1.'])
    expect(line.record.conversation().draft).toBeNull()
    expect(line.session.phase().type).toBe('live')
    await line.stop()
  })

  it('[V64] about cancelling what had ended is not laid on the words that were typed beside it', async () => {
    const line = createModelledLine({
      habits: { namesErrors: false, latencyMs: 100, answer: () => ({ audioMs: 2_000, everyMs: 5 }) },
    })
    await line.live()
    await line.session.say('First.')
    // The service has said everything, which the client has not heard yet.
    await line.until('the answer is over', () => line.service.responses[0]?.status === 'completed')
    await line.session.say('Second.')
    await line.pass(6_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['First.', 'Answer 1.', 'Second.', 'Answer 2.'])
    expect(line.record.conversation().draft).toBeNull()
    await line.stop()
  })

  it('[V64] about another response that runs is not laid on the words either: they are answered after it', async () => {
    const line = createModelledLine({ habits: { namesErrors: false } })
    const service = await line.live()
    let isFirst = true
    line.service.habits.refuse = ({ type }) => {
      if (type !== 'response.create' || !isFirst) return null
      isFirst = false
      return { code: 'conversation_already_has_active_response' }
    }
    line.service.habits.tamper = (event) => [{ event }]
    await line.session.say('In a queue.')
    await line.pass(200)
    service.say({
      type: 'response.done',
      response: { id: 'resp_other', status: 'completed', conversation_id: 'conv', output: [] },
    })
    await line.pass(30_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['In a queue.', 'Answer 1.'])
    await line.stop()
  })
})

describe('an error while a session is being configured', () => {
  it.each([
    ['server_error', null],
    ['rate_limit_error', 'rate_limit_exceeded'],
    ['overloaded_error', 'overloaded'],
    ['invalid_request_error', null],
  ])('[V66] that may pass (%s, %s) is tried again', async (type, code) => {
    const line = createModelledLine({
      habits: refuser('session.update', { type, code, param: null, message: 'Not now.', named: false }),
    })
    line.session.start()
    await line.until('the line is live', () => line.session.phase().type === 'live', 10_000)
    expect(line.heard('fatal')).toEqual([])
    await line.stop()
  })

  it('[V66] that is about none of our commands does not end the attempt', async () => {
    const line = createModelledLine()
    line.service.habits.tamper = (event, { number }) =>
      event.type === 'session.created' && number === 1
        ? [{ event }, { event: { type: 'error', error: { type: 'server_error', message: 'Hiccup.', event_id: null } } }]
        : [{ event }]
    line.session.start()
    await line.until('the line is live', () => line.session.phase().type === 'live', 10_000)
    expect(line.heard('fatal')).toEqual([])
    await line.stop()
  })

  it('[V66] that names a setting as wrong, again and again, ends in words', async () => {
    const line = createModelledLine({
      habits: refuser(
        'session.update',
        { type: 'invalid_request_error', code: 'invalid_value', message: 'Invalid value: ‘marin’.', named: true },
        99,
      ),
    })
    line.session.start()
    await line.until('it is told', () => line.heard('fatal').length > 0, 60_000)
    await line.stop()
  })
})
