/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import { typesOf } from '../../support/realtime-client.ts'
import { manualText, startScriptedEngine } from '../../support/scripted-engine.ts'

describe('session.update', () => {
  it('[R8] answers with the whole merged session and leaves what was not named', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    const tools = [{ type: 'function', name: 'look', description: 'Looks.', parameters: { type: 'object' } }]
    client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.', tools } })
    const first = (await client.next('session.updated')).session
    expect(first).toMatchObject({ id: client.events[0]!.session.id, instructions: 'Be brief.', tools })
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: {
          input: { turn_detection: { type: 'semantic_vad', interrupt_response: false } },
          output: { speed: 1.2 },
        },
      },
    })
    const second = (await client.next('session.updated')).session
    expect(second).toEqual({
      ...first,
      audio: {
        input: {
          ...first.audio.input,
          turn_detection: {
            type: 'semantic_vad',
            eagerness: 'auto',
            create_response: true,
            interrupt_response: false,
          },
        },
        output: { ...first.audio.output, speed: 1.2 },
      },
    })
  })

  it.each([
    ['no type', { instructions: 'x' }, 'session.type', 'invalid_value'],
    ['a wrong type', { type: 'realtim' }, 'session.type', 'invalid_value'],
    [
      'a wrong turn detection',
      { type: 'realtime', audio: { input: { turn_detection: { type: 'guess' } } } },
      'session.audio.input.turn_detection.type',
      'invalid_value',
    ],
    [
      'a threshold beyond 1',
      { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', threshold: 2 } } } },
      'session.audio.input.turn_detection.threshold',
      'invalid_value',
    ],
    [
      'a speed beyond 1.5',
      { type: 'realtime', audio: { output: { speed: 3 } } },
      'session.audio.output.speed',
      'invalid_value',
    ],
    ['a beta field', { type: 'realtime', modalities: ['text'] }, 'session.modalities', 'unknown_parameter'],
    [
      'telephone audio, which the engine has not got',
      { type: 'realtime', audio: { input: { format: { type: 'audio/pcmu' } } } },
      'session.audio.input.format.type',
      'invalid_value',
    ],
    ['another model', { type: 'realtime', model: 'gpt-realtime' }, 'session.model', 'invalid_value'],
    [
      'a tool without a name',
      { type: 'realtime', tools: [{ type: 'function' }] },
      'session.tools[0].name',
      'invalid_value',
    ],
  ])('[R8] %s is refused by its dotted name and changes nothing', async (_, session, param, code) => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send({ type: 'session.update', event_id: 'mine', session: { instructions: 'not this', ...session } })
    expect((await client.next('error')).error).toMatchObject({ code, param, event_id: 'mine' })
    client.send({ type: 'session.update', session: { type: 'realtime' } })
    const events = await client.until('session.updated')
    expect(typesOf(events)).toEqual(['session.updated'])
    expect(events[0]!.session).toEqual(client.events[0]!.session)
  })

  it('[R10] the voice stays once the conversation holds audio', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    const voice = (name: string) => ({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { voice: name } } },
    })
    client.send(voice('marin'))
    expect((await client.next('session.updated')).session.audio.output.voice).toBe('marin')
    client.send({ type: 'response.create' })
    await client.next('response.done')
    client.send(voice('cedar'))
    expect((await client.next('error')).error.code).toBe('cannot_update_voice')
    client.send(voice('marin'))
    await client.next('session.updated')
    expect(engine.speech.spoken[0]!.voice).toBe('marin')
  })
})

describe('the envelope', () => {
  it('[R9] an unknown type, broken JSON and a binary frame are told, and the session serves on', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send({ type: 'session.hello', event_id: 'e1' })
    expect((await client.next('error')).error).toMatchObject({ code: 'invalid_value', param: 'type', event_id: 'e1' })
    client.raw('{"type":')
    expect((await client.next('error')).error).toMatchObject({ code: 'invalid_json', event_id: null })
    client.raw(Buffer.from([1, 2, 3]))
    expect((await client.next('error')).error.code).toBe('invalid_event')
    client.raw(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    expect((await client.next('error')).error.code).toBe('invalid_json')
    client.raw(`{"type":"session.update","session":{"type":"realtime","prompt":${'['.repeat(100)}${']'.repeat(100)}}}`)
    expect((await client.next('error')).error.code).toBe('invalid_json')
    client.send(manualText)
    await client.next('session.updated')
  })

  it('[R9] every event carries an id of its own', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send({ type: 'response.create' })
    await client.next('rate_limits.updated')
    const ids = client.events.map(({ event_id }) => event_id as string)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.startsWith('event_'))).toBe(true)
  })
})
