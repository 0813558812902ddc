/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineProcess, type EngineProcess } from '../../support/engine-process.ts'
import { connect, typesOf, type RealtimeClient } from '../../support/realtime-client.ts'
import { say } from '../../support/say.ts'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngineProcess()
})
afterAll(() => engine.stop())

async function join(session: Record<string, unknown>): Promise<RealtimeClient> {
  const client = connect(engine.url)
  await client.next('session.created')
  client.send({ type: 'session.update', session: { type: 'realtime', ...session } })
  await client.next('session.updated')
  return client
}

const inPieces = (client: RealtimeClient, samples: Int16Array): void => {
  for (let at = 0; at < samples.length; at += 2_400) client.append(samples.slice(at, at + 2_400))
}

describe('the real engine', () => {
  it('[R43] hears a spoken sum by its own turn detection and answers it aloud', async () => {
    const client = await join({
      audio: {
        input: { turn_detection: { type: 'semantic_vad' }, transcription: { model: 'gpt-4o-mini-transcribe' } },
      },
    })
    inPieces(client, await say('What is seven plus five?', { voice: 'festival-slt' }))
    inPieces(client, new Int16Array(24_000 * 3))
    const events = await client.until('response.done')
    const order = typesOf(events).filter((type) => !type.endsWith('.delta'))
    expect(order.indexOf('input_audio_buffer.speech_started')).toBeLessThan(order.indexOf('response.created'))
    const { response } = events.at(-1)!
    expect(response.status).toBe('completed')
    expect(response.output[0].content[0].transcript).toMatch(/twelve|12/i)
    expect(response.usage.output_token_details.audio_tokens).toBeGreaterThan(10)
    const heard = client.events.find(({ type }) => type.endsWith('input_audio_transcription.completed'))
    expect(heard!.transcript).toMatch(/(seven|7).*(five|5)/i)
    client.close()
  })

  it('[R43] hears a held key: commit, then response.create', async () => {
    const client = await join({ output_modalities: ['text'], audio: { input: { turn_detection: null } } })
    inPieces(client, await say('What is two times nine?', { voice: 'festival-slt' }))
    client.send({ type: 'input_audio_buffer.commit' })
    await client.next('conversation.item.done')
    client.send({ type: 'response.create' })
    const { response } = await client.next('response.done')
    expect(response.output[0].content[0].text).toMatch(/eighteen|18/i)
    client.close()
  })

  it('[R6] expires when its clock is moved by the parent', async () => {
    const client = await join({})
    engine.moveClock(61 * 60_000)
    expect((await client.next('error')).error.code).toBe('session_expired')
    expect((await client.closed).code).toBe(1_001)
  })

  it('[R41] ends when its parent goes', async () => {
    const other = await startEngineProcess()
    const ended = once(other.child, 'exit')
    other.child.disconnect()
    await ended
    expect(other.child.connected).toBe(false)
  })
})
