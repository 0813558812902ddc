import { describe, expect, it } from 'vitest'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const answer = { response: 'r1', item: 'a1' }
const minute = 60_000

/** Ends the line from the service's side and resolves with the next connection, live. */
async function breakLine(line: VoiceLine, end: () => void): Promise<ScriptedConnection> {
  const lost = line.told('phase', ({ type }) => type === 'waiting' || type === 'opening')
  end()
  await lost
  line.clock.pass(0)
  const next = await line.server.connection()
  await line.told('phase', ({ type }) => type === 'live')
  return next
}

const items = (service: ScriptedConnection): unknown[] =>
  service
    .all('conversation.item.create')
    .map(({ item }) => [item.id, JSON.stringify(item).match(/"text":"(.*?)"/)?.[1]])

describe('a line that breaks', () => {
  it('[V6] in mid-answer: what came is recorded and played, and the next session is given it', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    first.hearTurn('u1', null, 'Count.')
    first.beginAnswer({ ...answer, previous: 'u1' })
    first.speak(answer, 'One two three', 2_000)
    await first.settled()
    line.clock.pass(500)
    const second = await breakLine(line, () => first.terminate())
    expect(items(second)).toEqual([
      ['u1', 'Count.'],
      ['a1', 'One two three'],
    ])
    line.clock.pass(5_000)
    const played = await line.record.stored('played')
    expect(played).toEqual({ type: 'played', turn: 'a1', playedMs: 2_000, heard: 'One two three', cut: true })
    // Half an answer is not asked for again.
    await second.settled()
    expect(second.all('response.create')).toEqual([])
    // The conversation goes on.
    second.hearTurn('u2', 'a1', 'And then?')
    await line.record.stored('words-heard', ({ turn }) => turn === 'u2')
  })

  it('[V6] in mid-answer, with words that ran ahead of their sound: only what sounded counts as heard', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    const words = 'One two three four five six seven eight nine ten eleven twelve'
    first.beginAnswer({ ...answer, previous: null })
    first.speak(answer, words, 1_000)
    await first.settled()
    await breakLine(line, () => first.terminate())
    line.clock.pass(5_000)
    const played = await line.record.stored('played')
    expect(played).toMatchObject({ playedMs: 1_000, heard: 'One two three four', cut: true })
  })

  it('[V6] after the whole answer came: it is heard to its end and not marked as cut', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    first.beginAnswer({ ...answer, previous: null })
    first.speak(answer, 'One two three.', 2_000)
    first.endAnswer(answer, 'One two three.')
    await first.settled()
    await breakLine(line, () => first.terminate())
    line.clock.pass(5_000)
    expect(await line.record.stored('played')).toMatchObject({ playedMs: 2_000, cut: false })
  })

  it('[V6] an answer of the line before is not truncated on the new one', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    first.beginAnswer({ ...answer, previous: null })
    first.speak(answer, 'One two three', 2_000)
    await first.settled()
    const second = await breakLine(line, () => first.terminate())
    line.clock.pass(500)
    await line.session.hush()
    await second.settled()
    expect(second.all('conversation.item.truncate')).toEqual([])
    expect(await line.record.stored('played')).toMatchObject({ turn: 'a1', cut: true, playedMs: 500 })
  })

  it('[V7] before the answer sounded: the next session is asked for it', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    await line.session.say('What is the time?')
    await first.next('response.create')
    const second = await breakLine(line, () => first.terminate())
    expect(items(second)).toEqual([['u_1', 'What is the time?']])
    await second.next('response.create')
    expect(second.all('conversation.item.create')).toHaveLength(1)
  })

  it('[V7] words typed while it is away are answered after it came back', async () => {
    const line = await createVoiceLine({ script: { refuse: (n) => (n === 1 ? { status: 503 } : null) } })
    const waits = line.told('phase', ({ type }) => type === 'waiting')
    line.session.start()
    await waits
    // Typing is a trigger: it does not wait for the next attempt.
    await line.session.say('Are you there?')
    const service = await line.server.connection()
    await service.next('response.create')
    expect(items(service)).toEqual([['u_1', 'Are you there?']])
  })

  it('[V7] words typed when the session was given its items already reach it too', async () => {
    const line = await createVoiceLine({
      before: [
        { type: 'turn-started', turn: 'u0', role: 'user', via: 'text', after: null },
        { type: 'words-heard', turn: 'u0', text: 'Hello.' },
      ],
      script: { mute: () => true },
    })
    line.session.start()
    const service = await line.server.connection()
    service.send({ type: 'session.created', session: { id: 's' } })
    await service.next('session.update')
    service.send({ type: 'session.updated', session: { id: 's' } })
    const { item } = await service.next('conversation.item.create')
    await line.session.say('One more thing.')
    service.send({ type: 'conversation.item.done', previous_item_id: null, item: { ...item } })
    await service.next('response.create')
    expect(items(service)).toEqual([
      ['u0', 'Hello.'],
      ['u_1', 'One more thing.'],
    ])
  })

  it('[V8] in mid-utterance: the next session hears it whole, from where the service heard it begin', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    for (let frame = 0; frame < 50; frame++) line.session.hear(numberedFrame(frame))
    first.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 300, item_id: 'u1' })
    await first.settled()
    expect(first.frames()).toHaveLength(50)
    const lost = line.told('phase', ({ type }) => type === 'waiting')
    first.terminate()
    await lost
    for (let frame = 50; frame < 60; frame++) line.session.hear(numberedFrame(frame))
    line.clock.pass(0)
    const second = await line.server.connection()
    await second.next('input_audio_buffer.append')
    await second.settled()
    expect(second.frames()).toEqual(Array.from({ length: 45 }, (_, at) => at + 15))
  })

  it('[V8] before the words were understood: they are heard again, as one turn', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    for (let frame = 0; frame < 20; frame++) line.session.hear(numberedFrame(frame))
    await first.settled()
    first.hearTurn('u1', null, null)
    await first.settled()
    const second = await breakLine(line, () => first.terminate())
    await second.next('input_audio_buffer.append')
    await second.settled()
    expect(second.frames()).toHaveLength(20)
    second.hearTurn('u2', null, 'My words.')
    await line.record.stored('words-heard')
    expect(line.record.conversation().turns.map(({ id, text }) => [id, text])).toEqual([['u2', 'My words.']])
    // What is understood is not sent a third time.
    const third = await breakLine(line, () => second.terminate())
    await third.settled()
    expect(third.frames()).toEqual([])
  })

  it('[C6] an expired session is replaced at once, whether or not the service closes it', async () => {
    const line = await createVoiceLine()
    const first = await line.live()
    await line.pass(first, minute, 1_000)
    const error = { type: 'invalid_request_error', code: 'session_expired', message: 'Too old', event_id: null }
    const second = await breakLine(line, () => {
      first.send({ type: 'error', error })
      first.close(1001, 'Too old')
    })
    await line.pass(second, minute, 1_000)
    const third = await breakLine(line, () => second.send({ type: 'error', error }))
    expect(third.number).toBe(3)
    expect(line.heard('notice')).toEqual([])
    expect(line.heard('phase').filter(({ type }) => type === 'waiting')).toEqual([])
  })

  it('[C11] that goes dead in mid-answer is given up within 5 s and replaced', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    first.beginAnswer({ ...answer, previous: null })
    first.speak(answer, 'One', 9_000)
    await first.settled()
    first.pause()
    line.clock.pass(5_000)
    expect((await line.server.connection()).number).toBe(2)
  })

  it('[C8] late events of an old socket change nothing', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const first = await line.live()
    first.pause()
    line.clock.pass(40_000)
    expect(line.session.phase().type).toBe('opening')
    const second = await line.server.connection()
    await second.next('session.update')
    await second.settled()
    const changes = line.record.changes.length
    first.hearTurn('u1', null, 'Too late.')
    await second.settled()
    expect(line.record.changes.slice(changes).filter(({ type }) => type !== 'session-opened')).toEqual([])
  })

  it('[V9] a session that cannot be stored goes on, and the person is told', async () => {
    const line = await createVoiceLine()
    line.record.append = () => Promise.reject(new Error('The disk is full.'))
    const told = line.told('notice', ({ message }) => message === 'The disk is full.')
    const service = await line.live()
    service.hearTurn('u1', null, 'Hello.')
    await told
    expect(line.session.phase().type).toBe('live')
  })
})
