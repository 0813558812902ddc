import { describe, expect, it } from 'vitest'
import { createVoiceLine, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const answer = { response: 'r1', item: 'a1' }
const words = 'One two three four five six seven eight nine ten'

/** The voice has said 1,000 ms of a 3,000 ms answer. */
async function inMidAnswer(line: VoiceLine): Promise<ScriptedConnection> {
  const service = await line.live()
  service.hearTurn('u1', null, 'Count.')
  service.beginAnswer({ ...answer, previous: 'u1' })
  service.speak(answer, words, 3_000)
  await service.settled()
  line.clock.pass(1_000)
  return service
}

describe('a spoken turn', () => {
  it('[V3] is recorded on both sides with what was heard, and answered once', async () => {
    const line = await createVoiceLine()
    const service = await inMidAnswer(line)
    service.endAnswer(answer, words)
    await service.settled()
    line.clock.pass(3_000)
    expect(await line.record.stored('played')).toEqual({
      type: 'played',
      turn: 'a1',
      playedMs: 3_000,
      heard: words,
      cut: false,
    })
    expect(line.record.conversation().turns.map(({ id, text, state }) => [id, text, state.type])).toEqual([
      ['u1', 'Count.', 'final'],
      ['a1', words, 'final'],
    ])
    expect(line.session.isQuiet()).toBe(true)
    expect(service.all('response.create')).toEqual([])
  })

  it('[T1] speech over the voice truncates at what was played and drops what still arrives', async () => {
    const line = await createVoiceLine()
    const service = await inMidAnswer(line)
    service.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'u2' })
    service.speak(answer, ' eleven', 500)
    service.endAnswer(answer, `${words} eleven`, 'cancelled')
    const truncate = await service.next('conversation.item.truncate')
    expect(truncate).toMatchObject({ item_id: 'a1', content_index: 0 })
    expect(Number.isInteger(truncate.audio_end_ms)).toBe(true)
    expect(truncate.audio_end_ms).toBeGreaterThan(900)
    expect(truncate.audio_end_ms).toBeLessThanOrEqual(1_000)
    // The service cancels by itself when it detects speech.
    expect(service.all('response.cancel')).toEqual([])
    await service.settled()
    line.clock.pass(5_000)
    expect(line.speaker.health().queuedMs).toBe(0)
    const turn = line.record.conversation().turns.find(({ id }) => id === 'a1')
    expect(turn?.state).toEqual({ type: 'cut', heard: 'One two three', playedMs: truncate.audio_end_ms })
    expect(line.heard('speaking')).toEqual([true, false])
  })

  it('[T2] hush cancels first and truncates then, and what waited to be asked is given up', async () => {
    const line = await createVoiceLine()
    const service = await inMidAnswer(line)
    await line.session.hush()
    await service.settled()
    const sent = service.received.map(({ type }) => type).filter((type) => /cancel|truncate/.test(type))
    expect(sent).toEqual(['response.cancel', 'conversation.item.truncate'])
    service.endAnswer(answer, words, 'cancelled')
    await service.settled()
    expect(service.all('response.create')).toEqual([])
  })

  it('[T2] an interruption before the service says that it began cancels the response as soon as it does', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    await line.session.say('Tell me everything.')
    await service.next('response.create')
    await line.session.hush()
    service.beginAnswer({ ...answer, previous: 'u_1' })
    service.speak(answer, words, 2_000)
    expect(await service.next('response.cancel')).toMatchObject({ response_id: 'r1' })
    await service.settled()
    expect(line.speaker.health().queuedMs).toBe(0)
    service.endAnswer(answer, words, 'cancelled')
    expect(await line.record.stored('played')).toMatchObject({ turn: 'a1', playedMs: 0, heard: '', cut: true })
  })

  it('[V4] typed words interrupt, take their place behind what was said, and are answered', async () => {
    const line = await createVoiceLine()
    const service = await inMidAnswer(line)
    await line.session.say('Stop. What is the time?')
    await service.settled()
    const sent = service.received.map(({ type }) => type).filter((type) => !type.startsWith('session'))
    expect(sent).toEqual(['response.cancel', 'conversation.item.truncate', 'conversation.item.create'])
    service.endAnswer(answer, words, 'cancelled')
    await service.next('response.create')
    expect(line.record.conversation().turns.map(({ text, via }) => [via, text])).toEqual([
      ['voice', 'Count.'],
      ['voice', words],
      ['text', 'Stop. What is the time?'],
    ])
  })

  it('[T3] one response is in flight: a refusal because of another one is asked again when that one is done', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    await line.session.say('Hello.')
    const create = await service.next('response.create')
    const error = { type: 'invalid_request_error', code: 'conversation_already_has_active_response', message: 'Busy' }
    service.send({ type: 'error', error: { ...error, event_id: create.event_id } })
    await service.settled()
    expect(service.all('response.create')).toHaveLength(1)
    service.beginAnswer({ ...answer, previous: 'u_1' })
    service.endAnswer(answer, 'Before.')
    const again = await service.next('response.create')
    expect(again.event_id).not.toBe(create.event_id)
    expect(service.all('response.create')).toHaveLength(2)
  })

  it.each([
    ['silence', []],
    ['silence after the response began', [{ type: 'response.created', response: { id: 'r0', status: 'in_progress' } }]],
  ])('[T4] %s leaves nobody waiting for longer than 30 s', async (_, events) => {
    const line = await createVoiceLine()
    const service = await line.live()
    await line.session.say('First.')
    await service.next('response.create')
    for (const event of events) service.send(event)
    await service.settled()
    await line.pass(service, 24_000)
    expect(line.session.isQuiet()).toBe(false)
    await line.pass(service, 4_000)
    expect(line.session.isQuiet()).toBe(true)
    expect(line.heard('notice')).toHaveLength(1)
    await line.session.say('Second.')
    await service.next('response.create')
  })

  it('[T4] a refusal without its name is laid at the door of the one request that is under way, and told at once', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    await line.session.say('First.')
    await service.next('response.create')
    const told = line.told('notice')
    service.send({ type: 'error', error: { type: 'x', code: null, message: '', event_id: null } })
    expect((await told).message).toContain('refused to answer')
    await line.record.stored('rolled-back')
    expect(line.session.isQuiet()).toBe(true)
    expect(line.record.conversation().draft).toBe('First.')
    await line.session.say('Second.')
    await service.next('response.create')
  })

  it('[T4] an answer that stops in the middle is closed with what came, and the voice is told to stop', async () => {
    const line = await createVoiceLine()
    const service = await inMidAnswer(line)
    await line.pass(service, 26_000)
    expect(await service.next('response.cancel')).toMatchObject({ response_id: 'r1' })
    expect(line.session.isQuiet()).toBe(true)
    expect(line.record.conversation().turns[1]).toMatchObject({
      text: words,
      playedMs: 3_000,
      state: { type: 'final' },
    })
  })

  it('[T5] a transcript that comes after the answer is done finds its turn, in its place', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    service.hearTurn('u1', null, null)
    service.beginAnswer({ ...answer, previous: 'u1' })
    service.endAnswer(answer, 'Hello.')
    service.hearTurn('u2', 'a1', 'Second.')
    service.transcribe('u1', 'First.')
    await line.record.stored('words-heard', ({ turn }) => turn === 'u1')
    expect(line.record.conversation().turns.map(({ text }) => text)).toEqual(['First.', 'Hello.', 'Second.'])
  })

  it('[T5] a service that never names the turn before gets its turns in the order in which they began', async () => {
    const before = [
      { type: 'turn-started', turn: 'u0', role: 'user', via: 'voice', after: null },
      { type: 'words-lost', turn: 'u0', reason: 'noise' },
    ] as const
    const line = await createVoiceLine({ before })
    const service = await line.live()
    for (const item of ['u1', 'u2']) {
      service.send({ type: 'input_audio_buffer.committed', item_id: item })
      service.transcribe(item, item)
    }
    await line.record.stored('words-heard', ({ turn }) => turn === 'u2')
    expect(line.record.conversation().turns.map(({ id }) => id)).toEqual(['u0', 'u1', 'u2'])
  })

  it('[V5] damaged sound is told and left out, the answer goes on', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    service.beginAnswer({ ...answer, previous: null })
    service.send({ type: 'response.output_audio.delta', response_id: 'r1', item_id: 'a1', delta: 'no base64!' })
    service.speak(answer, 'Hello.', 200)
    await service.settled()
    expect(line.heard('notice')).toHaveLength(1)
    expect(line.speaker.health().queuedMs).toBe(200)
  })

  it('[V5] a speaker that does not say what it played keeps nobody from being answered', async () => {
    const line = await createVoiceLine()
    const service = await inMidAnswer(line)
    line.speaker.hang()
    const said = line.session.say('Stop.')
    expect(await service.next('response.cancel')).toBeDefined()
    service.endAnswer(answer, words, 'cancelled')
    await service.settled()
    line.clock.pass(1_000)
    await said
    await service.next('response.create')
    expect(line.heard('notice')).toHaveLength(1)
  })
})
