/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
// Several requests on one socket: in their order on one lane, beside each other on several.
import { describe, expect, it } from 'vitest'
import { createHeldAnswers } from '../../support/held-answers.ts'
import { typesOf, type Wired } from '../../support/realtime-client.ts'
import { isEnd } from '../../support/responses-client.ts'
import { startChains } from '../../support/responses-engine.ts'

const named = (count: number): string[] => Array.from({ length: count }, (_, at) => `lane_${at}`)
const onLane = (lane: string) => (event: Wired) => isEnd(event) && event.stream_id === lane

describe('one lane', () => {
  it('[N7] answers one request after the other; events of two never mix', async () => {
    const held = createHeldAnswers()
    const engine = await startChains(held.answer)
    const client = engine.open()
    client.create({ input: 'one' })
    client.create({ input: 'two' })
    await held.asked('one')
    held.release('two')
    held.release('one')
    const first = await client.answered()
    const second = await client.answered()
    expect(first.at(-1)!.response.output[0].content[0].text).toBe('one: done.')
    expect(second.at(-1)!.response.output[0].content[0].text).toBe('two: done.')
    expect(typesOf(second)[0]).toBe('response.created')
    expect(second[0]!.sequence_number).toBe(0)
  })

  it('[N7] a request that waits is refused in its turn, behind the answer before it', async () => {
    const held = createHeldAnswers()
    const client = (await startChains(held.answer)).open()
    client.create({ input: 'one' })
    client.create({ input: 5 })
    await held.asked('one')
    held.release('one')
    expect((await client.answered()).at(-1)!.type).toBe('response.completed')
    expect((await client.answered())[0]!.error).toMatchObject({ param: 'input' })
  })

  it('[N7] what waits is bounded: one request too many is told to come back', async () => {
    const held = createHeldAnswers()
    const client = (await startChains(held.answer)).open()
    for (let at = 0; at < 258; at++) client.create({ input: `number ${at}` })
    const refused = (await client.answered()).at(-1)!
    expect(refused).toMatchObject({ type: 'error', status: 429, error: { code: 'rate_limit_exceeded' } })
    expect(refused.error.headers).toEqual({ 'retry-after': '1' })
  })
})

describe('several lanes', () => {
  it('[N8] run beside each other, every event named after its lane', async () => {
    const held = createHeldAnswers()
    const client = (await startChains(held.answer)).open()
    client.create({ input: 'left', stream_id: 'a' })
    client.create({ input: 'right', stream_id: 'b.2-x_' })
    await Promise.all([held.asked('left'), held.asked('right')])
    held.release('right')
    const right = await client.until(onLane('b.2-x_'))
    held.release('left')
    const all = [...right, ...(await client.until(onLane('a')))]
    for (const [lane, words] of [
      ['a', 'left'],
      ['b.2-x_', 'right'],
    ]) {
      const own = all.filter((event) => event.stream_id === lane)
      expect(own.map(({ sequence_number }) => sequence_number as number)).toEqual(own.map((_, at) => at))
      expect(own.at(-1)!.response.output[0].content[0].text).toBe(`${words}: done.`)
    }
    expect(all.every(({ stream_id }) => stream_id === 'a' || stream_id === 'b.2-x_')).toBe(true)
  })

  it('[N8] sixteen at a time; the next waits for the first to end', async () => {
    const held = createHeldAnswers()
    const engine = await startChains(held.answer)
    const client = engine.open()
    const lanes = named(17)
    for (const lane of lanes) client.create({ input: lane, stream_id: lane })
    await Promise.all(lanes.slice(0, 16).map((lane) => held.asked(lane)))
    // The server has read what was sent last when it answers something sent later.
    client.raw('{}')
    await client.until(({ type }) => type === 'error')
    expect(engine.asks).toHaveLength(16)
    held.release('lane_3')
    await held.asked('lane_16')
    expect(engine.asks).toHaveLength(17)
  })

  it('[N8] thirty-two names for one connection, the lane without a name beside them', async () => {
    const client = (await startChains()).open()
    for (const lane of named(32))
      expect((await client.ask({ input: 'Hi.', stream_id: lane })).type).toBe('response.completed')
    expect(await client.ask({ input: 'Hi.', stream_id: 'agent_33' })).toEqual({
      type: 'error',
      status: 400,
      stream_id: 'agent_33',
      error: {
        type: 'invalid_request_error',
        code: 'websocket_stream_limit_reached',
        message:
          'This WebSocket connection has reached its maximum number of distinct stream IDs (32). Reuse an existing stream_id or open a new WebSocket connection.',
        param: 'stream_id',
      },
    })
    expect((await client.ask({ input: 'Hi.', stream_id: 'lane_0' })).type).toBe('response.completed')
    expect((await client.ask({ input: 'Hi.' })).type).toBe('response.completed')
  })

  it.each([
    ['an empty name', ''],
    ['a space', 'a b'],
    ['257 characters', 'x'.repeat(257)],
    ['a number', 7],
  ])('[N8] %s is no name of a lane', async (_, stream_id) => {
    const client = (await startChains()).open()
    const refused = await client.ask({ input: 'Hi.', stream_id })
    expect(refused).toMatchObject({ status: 400, error: { code: 'invalid_stream_id', param: 'stream_id' } })
    expect(refused).not.toHaveProperty('stream_id')
  })

  it('[N9] a fork goes on from another lane’s newest; its failure leaves the parent where it was', async () => {
    const client = (await startChains()).open()
    const parent = (await client.ask({ input: 'One.', stream_id: 'main' })).response.id as string
    const wrong = await client.ask({ input: 5, previous_response_id: parent, stream_id: 'fork' })
    expect(wrong.error.param).toBe('input')
    const fork = await client.ask({ input: 'Two.', previous_response_id: parent, stream_id: 'fork' })
    expect(fork).toMatchObject({ type: 'response.completed', stream_id: 'fork' })
    const on = await client.ask({ input: 'Three.', previous_response_id: parent, stream_id: 'main' })
    expect(on.type).toBe('response.completed')
    const late = await client.ask({ input: 'Four.', previous_response_id: parent, stream_id: 'late' })
    expect(late.error.code).toBe('previous_response_not_found')
    const both = await client.ask({ input: 'Five.', previous_response_id: fork.response.id, stream_id: 'fork' })
    expect(both.type).toBe('response.completed')
  })

  it('[N9] a lane used again without a previous response begins anew', async () => {
    const engine = await startChains()
    const client = engine.open()
    await client.ask({ input: 'My name is Ada.', stream_id: 'a' })
    await client.ask({ input: 'Who am I?', stream_id: 'a' })
    expect(engine.asks[1]!.memos).toEqual([{ type: 'message', role: 'user', text: 'Who am I?' }])
  })
})
