/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts'
import { tokenForTests } from '../support/realtime-client.ts'
import { say } from '../support/say.ts'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngineProcess()
})
afterAll(() => engine.stop())

type Tools = NonNullable<ConstructorParameters<typeof RealtimeAgent>[0]['tools']>

interface Opened {
  session: RealtimeSession
  seen: Record<string, unknown>[]
  // oxlint-disable-next-line typescript/no-explicit-any -- the wire has no type until it is asserted
  next: (type: string) => Promise<Record<string, any>>
  connected: Promise<void>
}

function begin(apiKey: string, how: { tools?: Tools; config?: object } = {}): Opened {
  const transport = new OpenAIRealtimeWebSocket({
    url: `${engine.url.replace('http', 'ws')}/realtime?model=gpt-realtime`,
    model: 'gpt-realtime',
  })
  const agent = new RealtimeAgent({ name: 'Referee', instructions: 'Be brief.', tools: how.tools ?? [] })
  const session = new RealtimeSession(agent, { transport, model: 'gpt-realtime', config: how.config ?? {} })
  const seen: Record<string, unknown>[] = []
  const waits: { type: string; resolve: (event: Record<string, unknown>) => void }[] = []
  session.on('error', () => undefined)
  session.transport.on('*', (event: Record<string, unknown>) => {
    seen.push(event)
    for (const wait of waits.splice(0)) {
      if (wait.type === event['type']) wait.resolve(event)
      else waits.push(wait)
    }
  })
  const next = (type: string): Promise<Record<string, unknown>> =>
    new Promise((resolve) => waits.push({ type, resolve }))
  return { session, seen, next, connected: session.connect({ apiKey }) }
}

async function open(how: { tools?: Tools; config?: object } = {}): Promise<Opened> {
  const opened = begin(tokenForTests, how)
  const updated = opened.next('session.updated')
  await opened.connected
  await updated
  return opened
}

const bufferOf = (samples: Int16Array): ArrayBuffer => new Int16Array(samples).buffer

describe('@openai/agents-realtime over its WebSocket transport, unchanged', () => {
  it('[R42] a voice turn with its own session defaults', async () => {
    const { session, next } = await open()
    let soundBytes = 0
    session.on('audio', ({ data }) => void (soundBytes += data.byteLength))
    const stopped = new Promise((resolve) => session.once('audio_stopped', resolve))
    const done = next('response.done')
    session.sendAudio(bufferOf(await say('What is seven plus five?', { voice: 'festival-slt' })))
    session.sendAudio(bufferOf(new Int16Array(24_000 * 3)))
    expect((await done)['response'].output[0].content[0].transcript).toMatch(/twelve|12/i)
    await stopped
    expect(soundBytes).toBeGreaterThan(10_000)
    session.close()
  })

  it('[R42] a text turn, kept in the session history', async () => {
    const { session, next } = await open({ config: { outputModalities: ['text'] } })
    const done = next('response.done')
    session.sendMessage('What is 6 times 7?')
    await done
    const texts = session.history.map((item) =>
      item.type === 'message' ? item.content.map((part) => ('text' in part ? part.text : '')).join('') : '',
    )
    expect(texts[0]).toBe('What is 6 times 7?')
    expect(texts[1]).toMatch(/42|forty.two/i)
    session.close()
  })

  it('[R42] a function call run by the client, answered from its result', async () => {
    const asked: string[] = []
    const weather = tool({
      name: 'get_weather',
      description: 'Tells the weather in a city.',
      parameters: z.object({ city: z.string() }),
      execute: async ({ city }) => {
        asked.push(city)
        return `Rain in ${city}, twelve degrees.`
      },
    })
    const { session, seen, next } = await open({ tools: [weather], config: { outputModalities: ['text'] } })
    const answered = next('response.output_text.done')
    session.sendMessage('What is the weather in Paris?')
    expect((await answered)['text']).toMatch(/rain/i)
    expect(asked).toEqual(['Paris'])
    expect(seen.filter(({ type }) => type === 'error')).toEqual([])
    session.close()
  })

  it('[R42] an interruption by voice truncates what the client had not played', async () => {
    const { session, next } = await open()
    const sounding = next('response.output_audio.delta')
    session.sendMessage(`Repeat after me: ${'a long walk by the river, '.repeat(12)}`)
    const { item_id } = await sounding
    const interrupted = new Promise((resolve) => session.once('audio_interrupted', resolve))
    const truncated = next('conversation.item.truncated')
    session.sendAudio(bufferOf(await say('Stop, please stop now.', { voice: 'festival-slt' })))
    await interrupted
    expect((await truncated)['item_id']).toBe(item_id)
    session.close()
  })

  it('[R42] a wrong key ends the session', async () => {
    const { session, seen, connected } = begin('sk-wrong')
    const gone = new Promise<void>((resolve) =>
      session.transport.on('connection_change', (status) => {
        if (status === 'disconnected') resolve()
      }),
    )
    await connected.catch(() => undefined)
    await gone
    expect(seen.map(({ type }) => type)).toEqual(['error'])
    expect(seen[0]).toMatchObject({ error: { code: 'invalid_api_key' } })
  })
})
