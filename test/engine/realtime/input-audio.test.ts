/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access, typescript/no-unsafe-argument -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import { createEngineClock } from '../../support/engine-clock.ts'
import { typesOf } from '../../support/realtime-client.ts'
import { manualText, startScriptedEngine } from '../../support/scripted-engine.ts'
import { silenceFor, voiceFor } from '../../support/scripted-speech.ts'

const transcribing = {
  type: 'session.update',
  session: { type: 'realtime', audio: { input: { transcription: { model: 'gpt-4o-mini-transcribe' } } } },
} as const

describe('the input buffer', () => {
  it('[R11] an append has no answer; clear does, and the next commit counts from nothing', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    await client.next('session.updated')
    client.append(voiceFor(500))
    expect(typesOf(await client.fence())).toEqual([])
    client.send({ type: 'input_audio_buffer.clear' })
    await client.next('input_audio_buffer.cleared')
    client.append(voiceFor(40))
    client.send({ type: 'input_audio_buffer.commit' })
    expect((await client.next('error')).error.message).toContain('only has 40.00ms')
  })

  it('[R12] a commit below 100 ms is refused by name, and a good one works afterwards', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    await client.next('session.updated')
    client.append(voiceFor(50))
    client.send({ type: 'input_audio_buffer.commit', event_id: 'too early' })
    const [refused] = await client.until('error')
    expect(refused!.error).toMatchObject({
      code: 'input_audio_buffer_commit_empty',
      event_id: 'too early',
      message:
        'Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has 50.00ms of audio.',
    })
    client.append(voiceFor(50))
    client.send({ type: 'input_audio_buffer.commit' })
    expect(typesOf(await client.until('conversation.item.done'))).toEqual([
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
    ])
  })

  it('[R13] a commit makes an item and no response; transcription follows at its own time', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    client.send(transcribing)
    await client.until('session.updated')
    await client.until('session.updated')
    let read: () => void = () => undefined
    engine.speech.reading = new Promise((resolve) => (read = resolve))
    client.append(voiceFor(1_000))
    client.send({ type: 'input_audio_buffer.commit' })
    const [committed, added, done] = await client.until('conversation.item.done')
    expect(committed).toMatchObject({ type: 'input_audio_buffer.committed', previous_item_id: null })
    expect(added).toMatchObject({ type: 'conversation.item.added', previous_item_id: null })
    expect(done!.item).toMatchObject({
      id: committed!.item_id,
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    })
    expect(typesOf(await client.fence())).toEqual([])
    read()
    const told = await client.until('conversation.item.input_audio_transcription.completed')
    const deltas = told.slice(0, -1)
    expect(deltas.every(({ type }) => type.endsWith('transcription.delta'))).toBe(true)
    expect(deltas.map(({ delta }) => delta as string).join('')).toBe('what time is it')
    expect(told.at(-1)).toMatchObject({
      item_id: committed!.item_id,
      content_index: 0,
      transcript: 'what time is it',
      usage: { type: 'tokens', input_tokens: 10, input_token_details: { audio_tokens: 10, text_tokens: 0 } },
    })
    client.send({ type: 'conversation.item.retrieve', item_id: committed!.item_id })
    const { item } = await client.next('conversation.item.retrieved')
    expect(item.content[0].transcript).toBe('what time is it')
    expect(Buffer.from(item.content[0].audio, 'base64').length).toBe(48_000)
  })

  it('[R13] recognition that fails is told as such and the turn is answered without words', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    client.send(transcribing)
    engine.speech.deaf = true
    client.append(voiceFor(200))
    client.send({ type: 'input_audio_buffer.commit' })
    const failed = await client.next('conversation.item.input_audio_transcription.failed')
    expect(failed.error.code).toBe('transcription_failed')
    client.send({ type: 'response.create' })
    expect((await client.next('response.done')).response.status).toBe('completed')
    expect(engine.mind.asks[0]!.memos).toEqual([{ type: 'message', role: 'user', text: '' }])
  })

  it('[R11] bytes that are no base64 are refused; an odd byte waits for its other half', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    client.send({ type: 'input_audio_buffer.append', audio: 'not base64!' })
    expect((await client.next('error')).error).toMatchObject({ code: 'invalid_value', param: 'audio' })
    const bytes = Buffer.from(voiceFor(100).buffer)
    client.send({ type: 'input_audio_buffer.append', audio: bytes.subarray(0, 1_001).toString('base64') })
    client.send({ type: 'input_audio_buffer.append', audio: bytes.subarray(1_001).toString('base64') })
    client.send({ type: 'input_audio_buffer.commit' })
    const { item } = await client.next('conversation.item.done')
    client.send({ type: 'conversation.item.retrieve', item_id: item.id })
    const { item: whole } = await client.next('conversation.item.retrieved')
    expect(Buffer.from(whole.content[0].audio, 'base64').equals(bytes)).toBe(true)
  })
})

describe('turns the engine finds', () => {
  it('[R14] speech goes started, stopped, committed, item, response, all under one item id', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.append(silenceFor(1_000))
    client.append(voiceFor(800))
    client.append(silenceFor(300))
    const events = await client.until('rate_limits.updated')
    const order = typesOf(events).filter((type) => !type.endsWith('.delta'))
    expect(order.slice(0, 6)).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
    ])
    const [started, stopped, committed, added] = events
    expect(started!.audio_start_ms).toBe(700)
    expect(stopped!.audio_end_ms).toBe(2_000)
    expect(new Set([started!.item_id, stopped!.item_id, committed!.item_id, added!.item.id]).size).toBe(1)
    expect(engine.mind.asks[0]!.memos).toEqual([{ type: 'message', role: 'user', text: 'what time is it' }])
  })

  it('[R14] with create_response off a turn becomes an item and nothing more', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { turn_detection: { type: 'server_vad', create_response: false, silence_duration_ms: 500 } } },
      },
    })
    client.append(voiceFor(400))
    client.append(silenceFor(600))
    const stopped = (await client.until('conversation.item.done')).find(({ type }) => type.endsWith('speech_stopped'))
    expect(stopped!.audio_end_ms).toBe(900)
    expect(typesOf(await client.fence())).toEqual([])
  })

  it('[R15] silence after an answer, longer than idle_timeout_ms, is committed and answered', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = await engine.join()
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5_000 } } },
      },
    })
    client.append(voiceFor(400))
    client.append(silenceFor(300))
    await client.until('rate_limits.updated')
    const playbackMs = 'It is nine.'.length * 50
    clock.move(playbackMs)
    client.append(silenceFor(5_000))
    await client.fence()
    clock.move(4_999)
    expect(typesOf(await client.fence())).toEqual([])
    clock.move(1)
    const events = await client.until('response.created')
    expect(typesOf(events)).toEqual([
      'input_audio_buffer.timeout_triggered',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
    ])
    expect(events[0]).toMatchObject({ audio_start_ms: 700, audio_end_ms: 5_700 })
  })

  it('[R15] speech calls the timeout off', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock })
    const client = await engine.join()
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5_000 } } },
      },
    })
    client.append(voiceFor(400))
    client.append(silenceFor(300))
    await client.until('rate_limits.updated')
    client.append(voiceFor(400))
    await client.next('input_audio_buffer.speech_started')
    clock.move(20_000)
    expect(typesOf(await client.fence())).toEqual([])
  })
})
