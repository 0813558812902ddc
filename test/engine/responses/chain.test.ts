/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-argument -- what comes off the wire is asserted, not proven */
// How a chain goes on over one socket: what the connection remembers of it and when it forgets.
import { describe, expect, it } from 'vitest'
import { startChains, tool, user, type Chains } from '../../support/responses-engine.ts'
import { typesOf, type Wired } from '../../support/realtime-client.ts'

const steps = (events: Wired[]): string[] => typesOf(events).filter((type, at, all) => type !== all[at - 1])
const weather = tool('weather', { place: { type: 'string' } })

/** Asks for the weather first, tells it when it is known. */
const forecaster: Parameters<typeof startChains>[0] = ({ memos }) =>
  memos.some(({ type }) => type === 'result')
    ? [{ type: 'text', text: 'It rains.' }]
    : [{ type: 'call', name: 'weather', arguments: '{"place":"Oslo"}' }]

async function called(engine: Chains, more: Record<string, unknown> = {}) {
  const client = engine.open()
  const { response } = await client.ask({ input: 'Weather in Oslo?', tools: [weather], ...more })
  const output = { type: 'function_call_output', call_id: response.output[0].call_id, output: 'rain' }
  return { client, first: response.id as string, output }
}

describe('a response on a socket', () => {
  it('[N1] has the events of the service in their order, numbered from nought, and no stream_id that was not sent', async () => {
    const engine = await startChains(() => [
      { type: 'text', text: 'It is nine o’clock. ' },
      { type: 'text', text: 'Good morning.' },
    ])
    const client = engine.open()
    client.create({ input: 'What time is it?', instructions: 'Be brief.', metadata: { a: 'b' } })
    const events = await client.answered()
    expect(steps(events)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ])
    expect(events.map(({ sequence_number }) => sequence_number as number)).toEqual(events.map((_, at) => at))
    expect(events.some((event) => 'stream_id' in event)).toBe(false)
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta')
    expect(deltas.map(({ delta }) => delta as string).join('')).toBe('It is nine o’clock. Good morning.')
    expect(events[0]!.response).toMatchObject({ status: 'in_progress', output: [], usage: null, metadata: { a: 'b' } })
    const { response } = events.at(-1)!
    expect(response).toMatchObject({ object: 'response', status: 'completed', store: false, instructions: 'Be brief.' })
    expect(response.output[0].content[0].text).toBe('It is nine o’clock. Good morning.')
    const { input_tokens, output_tokens, total_tokens } = response.usage as Record<string, number>
    expect(output_tokens).toBeGreaterThan(5)
    expect(total_tokens).toBe(input_tokens! + output_tokens!)
  })

  it('[N36] a refusal comes as one, and is known when the chain goes on or is sent anew', async () => {
    const engine = await startChains(() => [{ type: 'refusal', text: 'I can only count.' }])
    const client = engine.open()
    client.create({ input: 'Sing.' })
    const events = await client.answered()
    expect(steps(events).slice(2)).toEqual([
      'response.output_item.added',
      'response.content_part.added',
      'response.refusal.delta',
      'response.refusal.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ])
    const { response } = events.at(-1)!
    expect(response.output).toMatchObject([{ content: [{ type: 'refusal', refusal: 'I can only count.' }] }])
    expect(response.usage.output_tokens).toBeGreaterThan(2)
    await client.ask({ previous_response_id: response.id, input: 'Why?' })
    await client.ask({ input: [user('Sing.'), ...response.output, user('Why?')] })
    const memos = ['Sing.', 'I can only count.', 'Why?']
    for (const { memos: known } of engine.asks.slice(1))
      expect(known.map((memo) => memo.type === 'message' && memo.text)).toEqual(memos)
  })

  it('[N2] a function call comes in pieces and whole; its output goes on by id, with the past known and counted as cached', async () => {
    const engine = await startChains(forecaster)
    const { client, first, output } = await called(engine)
    expect(steps(client.events).slice(2)).toEqual([
      'response.output_item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'response.output_item.done',
      'response.completed',
    ])
    const { response } = await client.ask({ previous_response_id: first, input: [output], tools: [weather] })
    expect(response).toMatchObject({ status: 'completed', previous_response_id: first })
    expect(response.output[0].content[0].text).toBe('It rains.')
    expect(engine.asks[1]!.memos).toEqual([
      { type: 'message', role: 'user', text: 'Weather in Oslo?' },
      { type: 'call', callId: output.call_id, name: 'weather', arguments: '{"place":"Oslo"}' },
      { type: 'result', callId: output.call_id, output: 'rain' },
    ])
    const { input_tokens, input_tokens_details } = response.usage
    expect(input_tokens_details.cached_tokens).toBeGreaterThan(5)
    expect(input_tokens_details.cached_tokens).toBeLessThan(input_tokens)
  })

  it('[N2] several calls come in one response; with parallel_tool_calls false only the first does', async () => {
    const engine = await startChains(() => [
      { type: 'call', name: 'weather', arguments: '{"place":"Oslo"}' },
      { type: 'call', name: 'weather', arguments: '{"place":"Rome"}' },
    ])
    const client = engine.open()
    const both = (await client.ask({ input: 'Oslo and Rome?', tools: [weather] })).response
    expect(both.output.map(({ arguments: args }: Wired) => args as string)).toEqual([
      '{"place":"Oslo"}',
      '{"place":"Rome"}',
    ])
    const one = await client.ask({ input: 'Oslo and Rome?', tools: [weather], parallel_tool_calls: false })
    expect(one.response.output).toHaveLength(1)
    const answers = both.output.map(({ call_id }: Wired) => ({ type: 'function_call_output', call_id, output: 'sun' }))
    const half = await client.ask({ input: [user('Oslo and Rome?'), ...both.output, answers[0]], tools: [weather] })
    expect(half.error).toMatchObject({ param: 'input', message: expect.stringContaining(both.output[1].call_id) })
    const stray = await client.ask({ input: [{ type: 'function_call_output', call_id: 'call_x', output: 'sun' }] })
    expect(stray.error.message).toContain('call_x')
  })
})

describe('what a connection remembers', () => {
  const gone = (id: string) => ({
    type: 'error',
    status: 400,
    error: {
      type: 'invalid_request_error',
      code: 'previous_response_not_found',
      message: `Previous response with id '${id}' not found.`,
      param: 'previous_response_id',
    },
  })

  it('[N3] goes with it: a new socket knows no unstored response, but goes on with a stored one', async () => {
    const engine = await startChains(forecaster)
    const unstored = await called(engine)
    expect(await engine.open().ask({ previous_response_id: unstored.first, input: [unstored.output] })).toEqual(
      gone(unstored.first),
    )
    const stored = await called(engine, { store: true })
    const { response } = await engine.open().ask({ previous_response_id: stored.first, input: [stored.output] })
    expect(response.output[0].content[0].text).toBe('It rains.')
  })

  it('[N4] is the newest response alone: an older one is not found, and asking for it costs nothing else', async () => {
    const engine = await startChains()
    const client = engine.open()
    const first = (await client.ask({ input: 'One.' })).response.id as string
    const second = (await client.ask({ input: 'Two.', previous_response_id: first })).response.id as string
    expect(await client.ask({ input: 'Three.', previous_response_id: first })).toEqual(gone(first))
    expect((await client.ask({ input: 'Three.', previous_response_id: second })).type).toBe('response.completed')
  })

  it.each([
    ['a refused input', { input: [{ type: 'message', role: 'user', content: 5 }] }],
    ['an unknown field', { input: 'Two.', colour: 'red' }],
    ['an unknown model', { input: 'Two.', model: 'no-such-model' }],
    ['an output that answers nothing', { input: [{ type: 'function_call_output', call_id: 'x', output: '' }] }],
  ])('[N5] is evicted by %s; a retry with the whole input succeeds', async (_, wrong) => {
    const engine = await startChains()
    const client = engine.open()
    const first = (await client.ask({ input: 'One.' })).response.id as string
    expect((await client.ask({ ...wrong, previous_response_id: first })).type).toBe('error')
    expect(await client.ask({ input: 'Two.', previous_response_id: first })).toEqual(gone(first))
    expect((await client.ask({ input: [user('One.'), user('Two.')] })).type).toBe('response.completed')
  })

  it('[N5] is evicted by a mind that fails', async () => {
    let fail = false
    const engine = await startChains(() => {
      if (fail) throw new Error('out of order')
      return [{ type: 'text', text: 'Yes.' }]
    })
    const client = engine.open()
    const first = (await client.ask({ input: 'One.' })).response.id as string
    fail = true
    const failed = await client.ask({ input: 'Two.', previous_response_id: first })
    expect(failed.type).toBe('response.failed')
    expect(failed.response).toMatchObject({
      status: 'failed',
      error: { code: 'server_error', message: 'out of order' },
    })
    fail = false
    expect(await client.ask({ input: 'Two.', previous_response_id: first })).toEqual(gone(first))
  })

  it('[N6] a warm-up says nothing, asks the mind nothing, and can be continued', async () => {
    const engine = await startChains()
    const client = engine.open()
    client.create({ generate: false, input: [user('My name is Ada.')], tools: [weather] })
    const events = await client.answered()
    expect(typesOf(events)).toEqual(['response.created', 'response.in_progress', 'response.completed'])
    const { response } = events.at(-1)!
    expect(response.output).toEqual([])
    expect(engine.asks).toEqual([])
    await client.ask({ previous_response_id: response.id, input: 'Who am I?' })
    expect(engine.asks[0]!.memos.map((memo) => (memo.type === 'message' ? memo.text : ''))).toEqual([
      'My name is Ada.',
      'Who am I?',
    ])
  })
})
