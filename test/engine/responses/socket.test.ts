/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
// The socket under a chain: who may open one, what ends it, and what it makes of nonsense.
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createEngineClock } from '../../support/engine-clock.ts'
import { createHeldAnswers } from '../../support/held-answers.ts'
import { tokenForTests, typesOf } from '../../support/realtime-client.ts'
import { startChains, tool } from '../../support/responses-engine.ts'

const hourMs = 60 * 60_000

describe('a socket of the Responses side', () => {
  it.each([
    ['a wrong key', { Authorization: 'Bearer wrong' }, 401],
    ['no key', {}, 401],
    ['a foreign page', { Authorization: `Bearer ${tokenForTests}`, Origin: 'https://evil.example' }, 403],
    ['a foreign host', { Authorization: `Bearer ${tokenForTests}`, Host: 'evil.example' }, 403],
  ])('[N10] with %s is refused before it opens', async (_, headers, status) => {
    const { url } = await startChains()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/responses`, { headers })
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toBe(`Unexpected server response: ${status}`)
  })

  it('[N11] after an hour says so and closes, whatever is going on', async () => {
    const clock = createEngineClock()
    const held = createHeldAnswers()
    const engine = await startChains(held.answer, { clock })
    const client = engine.open()
    client.create({ input: 'long' })
    await held.asked('long')
    clock.move(hourMs - 1)
    client.raw('{}')
    await client.until(({ type }) => type === 'error')
    clock.move(1)
    const last = (await client.until(({ type }) => type === 'error')).at(-1)
    expect(last).toEqual({
      type: 'error',
      status: 400,
      error: {
        type: 'invalid_request_error',
        code: 'websocket_connection_limit_reached',
        message:
          'Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue.',
        param: null,
      },
    })
    expect((await client.closed).code).toBe(1_000)
    expect(engine.asks[0]!.signal.aborted).toBe(true)
  })

  it('[N12] nonsense is told and costs nothing else', async () => {
    const client = (await startChains()).open()
    const first = await client.ask({ input: 'One.' })
    for (const [frame, code] of [
      ['{"type":', 'invalid_json'],
      ['[]', 'invalid_json'],
      ['{"type":"response.cancel"}', 'invalid_value'],
      [`{"type":"response.create","input":${'['.repeat(70)}${']'.repeat(70)}}`, 'invalid_json'],
    ] as const) {
      client.raw(frame)
      expect((await client.answered()).at(-1)).toMatchObject({ type: 'error', status: 400, error: { code } })
    }
    client.raw(Buffer.from([1, 2, 3]))
    expect((await client.answered()).at(-1)!.error.code).toBe('invalid_event')
    const on = await client.ask({ input: 'Two.', previous_response_id: first.response.id as string })
    expect(on.type).toBe('response.completed')
  })

  it.each([
    ['an unknown field', { input: 'x', colour: 1 }, 'unknown_parameter', 'colour'],
    ['no model', { input: 'x', model: null }, 'missing_required_parameter', 'model'],
    ['an unknown model', { input: 'x', model: 'elsewhere' }, 'model_not_found', 'model'],
    ['no input', {}, 'missing_required_parameter', 'input'],
    [
      'a kind of content it has not',
      { input: [{ role: 'user', content: [{ type: 'input_file' }] }] },
      'invalid_value',
      'input[0].content[0].type',
    ],
    ['a kind of item it has not', { input: [{ type: 'web_search_call' }] }, 'invalid_value', 'input[0].type'],
    ['a tool it has not', { input: 'x', tools: [{ type: 'web_search' }] }, 'invalid_value', 'tools[0].type'],
    ['work in the background', { input: 'x', background: true }, 'invalid_value', 'background'],
    ['a wish for JSON', { input: 'x', text: { format: { type: 'json_object' } } }, 'invalid_value', 'text.format.type'],
    [
      'a compaction made elsewhere',
      { input: [{ type: 'compaction', encrypted_content: 'AAAA' }] },
      'invalid_encrypted_content',
      'input',
    ],
    [
      'a trigger before the end',
      { input: [{ type: 'compaction_trigger' }, { role: 'user', content: 'x' }] },
      'invalid_value',
      'input[0]',
    ],
  ])('[N13] a request with %s is refused by name', async (_, fields, code, param) => {
    const client = (await startChains()).open()
    expect((await client.ask(fields)).error).toMatchObject({ code, param })
  })

  it('[N13] a context that is too long is refused, and fitted where that was asked for', async () => {
    const engine = await startChains()
    const client = engine.open()
    const long = [...Array.from({ length: 12 }, () => 'word '.repeat(12_000)), 'And now?'].map((content) => ({
      role: 'user',
      content,
    }))
    expect((await client.ask({ input: long })).error.code).toBe('context_length_exceeded')
    expect((await client.ask({ input: long, truncation: 'auto' })).type).toBe('response.completed')
    expect(engine.asks[0]!.memos.length).toBeLessThan(13)
    expect(engine.asks[0]!.memos.at(-1)).toMatchObject({ text: 'And now?' })
  })

  it('[N13] an answer stops at max_output_tokens, incomplete, and can be continued', async () => {
    const client = (await startChains(() => [{ type: 'text', text: 'one two three four five six '.repeat(20) }])).open()
    const end = await client.ask({ input: 'Count.', max_output_tokens: 16 })
    expect(end.type).toBe('response.incomplete')
    expect(end.response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })
    expect(end.response.output[0].status).toBe('incomplete')
    expect(end.response.usage.output_tokens).toBeLessThanOrEqual(16)
    const on = await client.ask({ input: 'More.', previous_response_id: end.response.id as string })
    expect(on.type).not.toBe('error')
  })

  it('[N14] steering is refused in its own words', async () => {
    const client = (await startChains()).open()
    client.raw(JSON.stringify({ type: 'response.steer', previous_response_id: 'resp_1', input: 'Faster.' }))
    const [refused] = await client.until(({ type }) => type === 'response.steer.failed')
    expect(refused).toMatchObject({
      steer: { previous_response_id: 'resp_1', input: 'Faster.' },
      error: { code: 'steering_not_supported' },
    })
  })

  it('[N15] a frame of more than 16 MiB closes with 1009', async () => {
    const client = (await startChains()).open()
    client.create({ input: 'x'.repeat(16 * 1024 * 1024) })
    expect((await client.closed).code).toBe(1_009)
  })

  it('[N16] a socket that goes takes its answer with it', async () => {
    const held = createHeldAnswers()
    const engine = await startChains(held.answer)
    const client = engine.open()
    client.create({ input: 'long', tools: [tool('x', {})] })
    await held.asked('long')
    const { signal } = engine.asks[0]!
    client.socket.terminate()
    if (!signal.aborted) await once(signal, 'abort')
    held.release('long')
    expect(engine.faults).toEqual([])
    expect(typesOf(client.events)).not.toContain('response.completed')
  })

  it('[N17] takes as long as a thinking server would where a measure asks for it, by its clock', async () => {
    const clock = createEngineClock()
    const engine = await startChains(undefined, { clock, serverTimeMs: 400 })
    const client = engine.open()
    client.create({ input: 'One.' })
    await client.until(({ type }) => type === 'response.in_progress')
    client.raw('{}')
    await client.until(({ type }) => type === 'error')
    clock.move(399)
    expect(engine.asks).toEqual([])
    clock.move(1)
    expect((await client.answered()).at(-1)!.type).toBe('response.completed')
  })
})
