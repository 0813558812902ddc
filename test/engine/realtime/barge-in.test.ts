/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access, typescript/no-unsafe-argument -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import { createEngineClock } from '../../support/engine-clock.ts'
import { typesOf, type RealtimeClient, type Wired } from '../../support/realtime-client.ts'
import { startScriptedEngine, type ScriptedEngine } from '../../support/scripted-engine.ts'
import { saying } from '../../support/scripted-mind.ts'
import { msPerLetter, silenceFor, voiceFor } from '../../support/scripted-speech.ts'

const long = 'word '.repeat(60)

/** A client in the middle of a long spoken answer that the pacing holds back. */
async function beingAnswered(session: Record<string, unknown> = {}): Promise<{
  engine: ScriptedEngine
  client: RealtimeClient
  item: string
}> {
  const engine = await startScriptedEngine({ clock: createEngineClock(), answer: saying(long) })
  const client = await engine.join()
  client.send({ type: 'session.update', session: { type: 'realtime', ...session } })
  await client.next('session.updated')
  client.send({ type: 'response.create' })
  const { item_id } = await client.next('response.output_audio.delta')
  return { engine, client, item: item_id as string }
}

const doneOf = (events: Wired[]): Wired => events.find(({ type }) => type === 'response.done')!

describe('barge-in', () => {
  it('[R22] speech cancels the response as turn_detected and nothing of it follows', async () => {
    const { engine, client, item } = await beingAnswered()
    engine.mind.answer = saying('Yes?')
    client.append(voiceFor(300))
    await client.next('input_audio_buffer.speech_started')
    const events = await client.until('rate_limits.updated')
    expect(doneOf(events).response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
      output: [{ id: item, status: 'incomplete' }],
    })
    client.append(silenceFor(400))
    const later = await client.until('response.done')
    expect(later.filter((event) => event.item_id === item)).toEqual([])
    expect(doneOf(later).response.status).toBe('completed')
  })

  it('[R23] with interrupt_response off the response runs on and the new turn gets none', async () => {
    const turn_detection = { type: 'server_vad', interrupt_response: false }
    const { client } = await beingAnswered({ audio: { input: { turn_detection } } })
    client.append(voiceFor(300))
    client.append(silenceFor(400))
    const events = [...(await client.until('input_audio_buffer.committed')), ...(await client.fence())]
    expect(typesOf(events)).not.toContain('response.done')
    expect(typesOf(events)).not.toContain('response.created')
    expect(typesOf(events).slice(-2)).toEqual(['conversation.item.added', 'conversation.item.done'])
  })

  it('[R24] when the response is done but still playing, truncate alone is the barge-in', async () => {
    const engine = await startScriptedEngine({ clock: createEngineClock(), answer: saying('one two three four five') })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    const { item_id } = await client.next('response.output_audio.delta')
    await client.next('rate_limits.updated')
    client.append(voiceFor(300))
    expect(typesOf(await client.until('input_audio_buffer.speech_started'))).toEqual([
      'input_audio_buffer.speech_started',
    ])
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 400 })
    expect(await client.next('conversation.item.truncated')).toMatchObject({ item_id, audio_end_ms: 400 })
  })

  it('[R25] truncation takes the transcript off the wire and leaves the mind what was heard', async () => {
    const text = 'one two three four five'
    const engine = await startScriptedEngine({ answer: saying(text) })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    const { item_id } = await client.next('response.output_audio.delta')
    await client.next('rate_limits.updated')
    const lengthMs = text.length * msPerLetter
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: lengthMs + 1 })
    expect((await client.next('error')).error.message).toBe(
      `Audio content of ${lengthMs}ms is already shorter than ${lengthMs + 1}ms`,
    )
    client.send({ type: 'conversation.item.truncate', item_id, content_index: 0, audio_end_ms: 8 * msPerLetter })
    await client.next('conversation.item.truncated')
    client.send({ type: 'conversation.item.retrieve', item_id })
    const { item } = await client.next('conversation.item.retrieved')
    expect(item.content[0].transcript).toBeUndefined()
    expect(Buffer.from(item.content[0].audio, 'base64').length).toBe(8 * msPerLetter * 48)
    client.send({ type: 'response.create' })
    await client.next('response.done')
    expect(engine.mind.asks[1]!.memos).toEqual([{ type: 'message', role: 'assistant', text: 'one two' }])
  })

  it('[R25] only spoken messages of the model can be truncated', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    for (const [id, role, type] of [
      ['u1', 'user', 'input_text'],
      ['a1', 'assistant', 'output_text'],
    ]) {
      client.send({
        type: 'conversation.item.create',
        item: { id, type: 'message', role, content: [{ type, text: 'hi' }] },
      })
      client.send({ type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: 0 })
      expect((await client.next('error')).error).toMatchObject({
        code: null,
        message: 'Only model output audio messages can be truncated',
      })
    }
  })

  it('[R25] truncation in the middle of the stream is answered and the session serves on', async () => {
    const { client, item } = await beingAnswered()
    client.send({ type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: 100 })
    await client.next('conversation.item.truncated')
    client.send({ type: 'response.cancel' })
    expect((await client.next('conversation.item.done')).item.content[0]).toEqual({ type: 'output_audio' })
    await client.next('response.done')
  })
})

describe('announcements', () => {
  it('[R36] wait until nobody speaks and nothing plays, then come on the session that asked', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const asker = await engine.join()
    const newest = await engine.join()
    for (const client of [asker, newest]) {
      client.send({ type: 'session.update', session: { type: 'realtime' } })
      await client.next('session.updated')
    }
    asker.append(voiceFor(300))
    await asker.next('input_audio_buffer.speech_started')
    clock.move(10_000)
    expect(engine.mind.announce({ session: asker.events[0]!.session.id as string, text: 'Tea is ready.' })).toBe(true)
    expect(typesOf(await asker.fence())).toEqual([])
    asker.append(silenceFor(400))
    await asker.until('rate_limits.updated')
    clock.move('It is nine.'.length * msPerLetter - 1)
    expect(typesOf(await asker.fence())).toEqual([])
    clock.move(5_000)
    expect((await asker.next('response.done')).response.output[0].content[0].transcript).toBe('Tea is ready.')
    expect(typesOf(await newest.fence())).toEqual([])
  })

  it('[R36] of a session that is gone come on the newest one; with none the mind keeps them', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    expect(engine.mind.announce({ session: 'sess_gone', text: 'Too early.' })).toBe(false)
    const client = await engine.join()
    client.send({ type: 'session.update', session: { type: 'realtime' } })
    await client.next('session.updated')
    expect(engine.mind.announce({ session: 'sess_gone', text: 'Tea is ready.' })).toBe(true)
    expect(typesOf(await client.fence())).toEqual([])
    clock.move(5_000)
    expect((await client.next('response.done')).response.output[0].content[0].transcript).toBe('Tea is ready.')
  })

  it('[R36] one that a session could not finish is said by the next', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const first = await engine.join()
    first.send({ type: 'session.update', session: { type: 'realtime' } })
    await first.next('session.updated')
    clock.move(5_000)
    engine.mind.announce({ session: 'any', text: long })
    await first.next('response.output_audio.delta')
    const second = await engine.join()
    second.send({ type: 'session.update', session: { type: 'realtime' } })
    await second.next('session.updated')
    clock.move(5_000)
    first.socket.terminate()
    expect((await second.next('response.output_audio_transcript.delta')).delta).toContain('word')
  })
})
