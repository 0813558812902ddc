import { connect as connectTcp } from 'node:net'
import OpenAI from 'openai'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts'
import { tokenForTests } from '../support/realtime-client.ts'
import { say } from '../support/say.ts'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngineProcess()
})
afterAll(() => engine.stop())

/**
 * The client speaks `wss:` only. Its `options` are those of ws, where `createConnection` says how the connection is
 * made: here as plain TCP to the engine.
 */
function open(apiKey: string): { client: OpenAIRealtimeWS; heard: Record<string, unknown>[] } {
  const client = new OpenAIRealtimeWS(
    {
      model: 'gpt-realtime',
      options: { createConnection: () => connectTcp(Number(new URL(engine.url).port), '127.0.0.1') },
    },
    new OpenAI({ apiKey, baseURL: engine.url }),
  )
  const heard: Record<string, unknown>[] = []
  client.on('event', (event) => heard.push(event as unknown as Record<string, unknown>))
  client.on('error', () => undefined)
  return { client, heard }
}

const once = <T extends Parameters<OpenAIRealtimeWS['once']>[0]>(client: OpenAIRealtimeWS, type: T) =>
  client.emitted(type)

const base64 = (samples: Int16Array): string => Buffer.from(samples.buffer).toString('base64')

async function ready(apiKey = tokenForTests, session: object = {}): Promise<ReturnType<typeof open>> {
  const opened = open(apiKey)
  await once(opened.client, 'session.created')
  opened.client.send({ type: 'session.update', session: { type: 'realtime', ...session } })
  await once(opened.client, 'session.updated')
  return opened
}

describe("openai's OpenAIRealtimeWS, unchanged", () => {
  it('[R42] a voice turn: real speech in, sound and transcript out', async () => {
    const { client, heard } = await ready(tokenForTests, {
      audio: { input: { turn_detection: { type: 'semantic_vad' } } },
    })
    const done = once(client, 'response.done')
    client.send({
      type: 'input_audio_buffer.append',
      audio: base64(await say('What is seven plus five?', { voice: 'festival-slt' })),
    })
    client.send({ type: 'input_audio_buffer.append', audio: base64(new Int16Array(24_000 * 3)) })
    const { response } = (await done) as unknown as {
      response: { status: string; output: { content: { transcript: string }[] }[] }
    }
    expect(response.status).toBe('completed')
    expect(response.output[0]!.content[0]!.transcript).toMatch(/twelve|12/i)
    expect(heard.some(({ type }) => type === 'response.output_audio.delta')).toBe(true)
    client.close()
  })

  it('[R42] a text turn', async () => {
    const { client } = await ready(tokenForTests, { output_modalities: ['text'] })
    client.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is 6 times 7?' }] },
    })
    client.send({ type: 'response.create' })
    expect((await once(client, 'response.output_text.done')).text).toMatch(/42|forty.two/i)
    client.close()
  })

  it('[R42] a function call and its result', async () => {
    const { client } = await ready(tokenForTests, {
      output_modalities: ['text'],
      tool_choice: { type: 'function', name: 'get_weather' },
      tools: [
        {
          type: 'function',
          name: 'get_weather',
          description: 'Tells the weather in a city.',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      ],
    })
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: 'What is the weather in Paris?' }],
      },
    })
    const finished = once(client, 'response.done')
    client.send({ type: 'response.create' })
    const call = await once(client, 'response.function_call_arguments.done')
    expect(JSON.parse(call.arguments)).toMatchObject({ city: 'Paris' })
    await finished
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: call.call_id, output: 'Rain in Paris, twelve degrees.' },
    })
    client.send({ type: 'response.create', response: { tool_choice: 'none' } })
    expect((await once(client, 'response.output_text.done')).text).toMatch(/rain/i)
    client.close()
  })

  it('[R42] an interruption by voice', async () => {
    const { client } = await ready(tokenForTests, { audio: { input: { turn_detection: { type: 'server_vad' } } } })
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: `Repeat after me: ${'a long walk by the river, '.repeat(12)}` }],
      },
    })
    client.send({ type: 'response.create' })
    const { item_id } = await once(client, 'response.output_audio.delta')
    const done = once(client, 'response.done')
    client.send({
      type: 'input_audio_buffer.append',
      audio: base64(await say('Stop, please stop now.', { voice: 'festival-slt' })),
    })
    const { response } = await done
    expect(response).toMatchObject({ status: 'cancelled', status_details: { reason: 'turn_detected' } })
    const truncated = once(client, 'conversation.item.truncated')
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 50 })
    expect((await truncated).audio_end_ms).toBe(50)
    client.close()
  })

  it('[R42] a wrong key is refused', async () => {
    const { client, heard } = open('sk-wrong')
    const [code, reason] = await new Promise<[number, string]>((resolve) =>
      client.socket.on('close', (...close: [number, Buffer]) => resolve([close[0], close[1].toString()])),
    )
    expect([code, reason]).toEqual([3_000, 'invalid_request_error.invalid_api_key'])
    expect(heard.map(({ type }) => type)).toEqual(['error'])
  })
})
