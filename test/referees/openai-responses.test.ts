import OpenAI from 'openai'
import { toResponseInputItems } from 'openai/lib/responses/ResponseInputItems'
import type { Response, ResponseInputItem, ResponsesServerEvent } from 'openai/resources/responses/responses'
import { ResponsesWS } from 'openai/resources/responses/ws'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { countWithTool } from '../support/counting-model.ts'
import { startEmbeddedAgent, type EmbeddedAgent } from '../support/embedded-agent.ts'
import { createScriptedMind } from '../support/scripted-mind.ts'

let engine: EmbeddedAgent
beforeAll(async () => {
  engine = await startEmbeddedAgent({ mind: createScriptedMind(countWithTool) })
})
afterAll(() => engine.close())

const model = 'parley-embedded'
const tick = {
  type: 'function' as const,
  name: 'tick',
  description: 'Counts one',
  parameters: { type: 'object', properties: { number: { type: 'integer' } }, required: ['number'] },
  strict: false,
}
const task = 'Count to 20 with the tool'
const client = (apiKey = engine.token): OpenAI => new OpenAI({ apiKey, baseURL: engine.url, maxRetries: 0 })

type Create = Omit<Parameters<ResponsesWS['send']>[0] & { type: 'response.create' }, 'type'>

function open(apiKey?: string): { socket: ResponsesWS; ask(fields: Create): Promise<Response> } {
  const socket = new ResponsesWS(client(apiKey))
  onTestFinished(() => socket.close())
  return {
    socket,
    ask: (fields) =>
      new Promise((resolve, reject) => {
        const done = ({ response }: { response: Response }): void => {
          socket.off('error', reject)
          resolve(response)
        }
        socket.once('response.completed', done)
        socket.once('error', reject)
        socket.send({ type: 'response.create', model, store: false, ...fields })
      }),
  }
}

const run = (response: Pick<Response, 'output'>): ResponseInputItem[] =>
  response.output
    .filter((item) => item.type === 'function_call')
    .map(({ call_id, arguments: args }) => ({
      type: 'function_call_output',
      call_id,
      output: `ok ${(JSON.parse(args) as { number: number }).number}`,
    }))

const textOf = ({ output }: Pick<Response, 'output'>): string =>
  output
    .flatMap((item) => (item.type === 'message' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : ''))
    .join('')

describe("openai's ResponsesWS, unchanged", () => {
  it('[N50] a loop of 20 calls on a warmed socket, each turn sending its own items alone', async () => {
    const { socket, ask } = open()
    const sent: number[] = []
    const send = socket.send.bind(socket)
    socket.send = (event) => {
      sent.push(JSON.stringify(event).length)
      send(event)
    }
    const warm = await ask({ generate: false, tools: [tick] })
    expect(warm.output).toEqual([])
    let response = await ask({ previous_response_id: warm.id, input: task, tools: [tick] })
    let calls = 0
    for (let outputs = run(response); outputs.length > 0; outputs = run(response)) {
      calls += outputs.length
      response = await ask({ previous_response_id: response.id, input: outputs, tools: [tick] })
    }
    expect(calls).toBe(20)
    expect(textOf(response)).toMatch(/20 times.*ok 20/)
    expect(Math.max(...sent.slice(2)) - Math.min(...sent.slice(2))).toBeLessThan(40)
    expect(response.usage!.input_tokens_details.cached_tokens).toBeGreaterThan(200)
  })

  it('[N50] a compaction and a continuation from it', async () => {
    const { ask } = open()
    const first = await ask({ input: 'Count to 2 with the tool', tools: [tick] })
    const history: ResponseInputItem[] = [
      { role: 'user', content: 'Count to 2 with the tool' },
      ...toResponseInputItems(first.output),
      ...run(first),
    ]
    const compacted = await client().responses.compact({ model, input: history })
    expect(compacted.object).toBe('response.compaction')
    expect(compacted.output.map(({ type }) => type)).toEqual(['message', 'compaction'])
    const on = await ask({ previous_response_id: null, input: toResponseInputItems(compacted.output), tools: [tick] })
    expect(on.output[0]).toMatchObject({ type: 'function_call', arguments: '{"number":2}' })
    const end = await ask({ previous_response_id: on.id, input: run(on), tools: [tick] })
    expect(textOf(end)).toMatch(/2 times.*ok 2/)
  })

  it('[N50] a refusal is an error that the next request survives', async () => {
    const { ask } = open()
    await expect(ask({ input: 'x', previous_response_id: 'resp_gone' })).rejects.toMatchObject({
      error: { error: { code: 'previous_response_not_found' } },
    })
    expect(textOf(await ask({ input: 'What is 6 times 7?' }))).toContain('42')
  })

  it('[N50] two lanes at once', async () => {
    const { socket } = open()
    const events: ResponsesServerEvent[] = []
    const done = new Promise<void>((resolve) => {
      socket.on('event', (event) => {
        events.push(event)
        if (events.filter(({ type }) => type === 'response.completed').length === 2) resolve()
      })
    })
    for (const [stream_id, input] of [
      ['left', 'What is 2 plus 3?'],
      ['right', 'What is 4 plus 5?'],
    ] as const)
      socket.send({ type: 'response.create', model, store: false, stream_id, input })
    await done
    const ended = events.flatMap((event) => (event.type === 'response.completed' ? [event] : []))
    const said = new Map(ended.map((event) => [event.stream_id, textOf(event.response)]))
    expect(said.get('left')).toContain('5')
    expect(said.get('right')).toContain('9')
  })
})

describe("openai's HTTP client, unchanged", () => {
  it('[N50] a loop of 20 calls with the whole history each time', async () => {
    const history: ResponseInputItem[] = [{ role: 'user', content: task }]
    let calls = 0
    for (;;) {
      const response = await client().responses.create({ model, store: false, input: history, tools: [tick] })
      const outputs = run(response)
      if (outputs.length === 0) {
        expect(response.output_text).toMatch(/20 times.*ok 20/)
        break
      }
      calls += outputs.length
      history.push(...toResponseInputItems(response.output), ...outputs)
    }
    expect(calls).toBe(20)
  })

  it('[N50] a stored chain by id, streamed, read back and deleted', async () => {
    const { responses } = client()
    const stream = responses.stream({ model, input: 'Count to 1 with the tool', tools: [tick] })
    const first = await stream.finalResponse()
    expect(first.output[0]).toMatchObject({ type: 'function_call', name: 'tick' })
    const last = await responses.create({ model, previous_response_id: first.id, input: run(first), tools: [tick] })
    expect(last.output_text).toMatch(/ok 1/)
    const read = await responses.retrieve(last.id)
    expect(read.output_text).toBe(last.output_text)
    await responses.delete(last.id)
    await expect(responses.retrieve(last.id)).rejects.toMatchObject({ status: 404 })
  })

  it('[N50] a wrong key and an unknown previous response have the errors of the client', async () => {
    await expect(client('wrong').responses.create({ model, input: 'x' })).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    )
    await expect(
      client().responses.create({ model, input: 'x', previous_response_id: 'resp_gone' }),
    ).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found' })
  })
})
