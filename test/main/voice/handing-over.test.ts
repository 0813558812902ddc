import { describe, expect, it } from 'vitest'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const minute = 60_000

const items = (service: ScriptedConnection): unknown[] =>
  service
    .all('conversation.item.create')
    .map(({ item }) => [item.id, JSON.stringify(item).match(/"text":"(.*?)"/)?.[1]])

describe('the hand-over', () => {
  async function at55Minutes(line: VoiceLine): Promise<ScriptedConnection> {
    const first = await line.live()
    first.hearTurn('u1', null, 'My dog is called Bruno.')
    await line.record.stored('words-heard')
    await line.pass(first, 55 * minute - 5_000, 1_000)
    expect(line.server.attempts()).toBe(1)
    return first
  }

  it('[V10] at 55 minutes the next session is restored beside the live one, every frame goes to exactly one, the old one is closed with 1000', async () => {
    const line = await createVoiceLine({ script: { withholdUpdated: (n) => n === 2 } })
    const first = await at55Minutes(line)
    let frame = 0
    const speak = (frames: number): void => {
      for (const end = frame + frames; frame < end; frame++) line.session.hear(numberedFrame(frame))
    }
    speak(50)
    await line.pass(first, 5_500)
    speak(50)
    const second = await line.server.connection()
    await second.next('session.update')
    expect(line.session.phase().type).toBe('handing-over')
    speak(50)
    await first.settled()
    const live = line.told('phase', ({ type }) => type === 'live')
    second.send({ type: 'session.updated', session: { id: 'next' } })
    await live
    speak(50)
    expect(await first.closed).toMatchObject({ code: 1000 })
    await second.settled()
    expect(items(second)).toEqual([['u1', 'My dog is called Bruno.']])
    expect(second.frames().length).toBeGreaterThanOrEqual(100)
    expect([...first.frames(), ...second.frames()]).toEqual(Array.from({ length: 200 }, (_, at) => at))
  })

  it('[V11] speech during the hand-over stays with the live session, whole, and the hand-over is put off', async () => {
    const line = await createVoiceLine({ script: { withholdUpdated: (n) => n === 2 } })
    const first = await at55Minutes(line)
    await line.pass(first, 5_500)
    const second = await line.server.connection()
    await second.next('session.update')
    for (let frame = 0; frame < 20; frame++) line.session.hear(numberedFrame(frame))
    first.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'u2' })
    await first.settled()
    for (let frame = 20; frame < 40; frame++) line.session.hear(numberedFrame(frame))
    const back = line.told('phase', ({ type }) => type === 'live')
    second.send({ type: 'session.updated', session: { id: 'next' } })
    expect(await back).toMatchObject({ type: 'live', socket: 1 })
    await second.closed
    await first.settled()
    expect(first.frames()).toEqual(Array.from({ length: 40 }, (_, at) => at))

    first.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 800, item_id: 'u2' })
    first.send({ type: 'input_audio_buffer.committed', item_id: 'u2', previous_item_id: 'u1' })
    first.transcribe('u2', 'She is six.')
    await line.record.stored('words-heard', ({ turn }) => turn === 'u2')
    await line.pass(first, 31_000, 1_000)
    const third = await line.server.connection()
    await first.closed
    await third.settled()
    expect(items(third)).toEqual([
      ['u1', 'My dog is called Bruno.'],
      ['u2', 'She is six.'],
    ])
  })

  it('[V11] a next session that misses what was said meanwhile is not used', async () => {
    const line = await createVoiceLine({ script: { mute: (n) => n === 2 } })
    const first = await at55Minutes(line)
    first.hearTurn('u2', 'u1', null)
    await line.pass(first, 5_500)
    const second = await line.server.connection()
    second.send({ type: 'session.created', session: { id: 'next' } })
    await second.next('session.update')
    second.send({ type: 'session.updated', session: { id: 'next' } })
    const { item } = await second.next('conversation.item.create')
    first.transcribe('u2', 'She is six.')
    await line.record.stored('words-heard', ({ turn }) => turn === 'u2')
    second.send({ type: 'conversation.item.done', previous_item_id: null, item: { ...item } })
    await second.closed
    expect(line.session.phase()).toMatchObject({ type: 'live', socket: 1 })
  })
})
