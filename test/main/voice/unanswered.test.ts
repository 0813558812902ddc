import { describe, expect, it } from 'vitest'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const answer = { response: 'r1', item: 'a1' }

function fail(service: ScriptedConnection): void {
  const error = { type: 'server_error', code: 'server_error', message: 'No.' }
  const ended = { id: 'r1', object: 'realtime.response', status: 'failed', conversation_id: 'conv', output: [] }
  service.send({ type: 'response.created', response: { ...ended, status: 'in_progress' } })
  service.send({ type: 'response.done', response: { ...ended, status_details: { type: 'failed', error } } })
}

async function saySomething(line: VoiceLine, service: ScriptedConnection): Promise<void> {
  line.session.press()
  for (let frame = 1; frame <= 20; frame++) line.session.hear(numberedFrame(frame))
  line.session.release()
  await service.next('response.create')
  service.send({ type: 'input_audio_buffer.committed', item_id: 'u1', previous_item_id: null })
  await service.settled()
}

describe('a turn that nobody answered', () => {
  it('[V19] keeps its sound: one key sends it again, whole, as a turn of its own', async () => {
    const line = await createVoiceLine({ config: { mode: 'manual' }, chance: () => 0 })
    const first = await line.live()
    await saySomething(line, first)
    const failed = line.told('unanswered', (turn) => turn === 'u1')
    fail(first)
    await failed
    const lost = line.told('phase', ({ type }) => type === 'waiting')
    first.transcribe('u1', '')
    await first.settled()
    first.terminate()
    await lost
    line.clock.pass(0)
    const second = await line.server.connection()
    await line.told('phase', ({ type }) => type === 'live')
    await second.settled()
    expect(second.frames()).toEqual([])
    const mended = line.told('unanswered', (turn) => turn === null)
    line.session.retry()
    await mended
    await second.next('input_audio_buffer.commit')
    await second.next('response.create')
    expect(second.frames()).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  })

  it('[V19] typed words that were not answered are asked again without being said twice', async () => {
    const line = await createVoiceLine({ chance: () => 0 })
    const service = await line.live()
    await line.session.say('What is the time?')
    await service.next('response.create')
    const failed = line.told('unanswered', (turn) => turn !== null)
    fail(service)
    await failed
    await service.settled()
    line.session.retry()
    await service.next('response.create')
    expect(line.record.conversation().turns.map(({ text }) => text)).toEqual(['What is the time?'])
  })

  it('[V19] an answer ends it: there is nothing to ask again', async () => {
    const line = await createVoiceLine({ config: { mode: 'manual' }, chance: () => 0 })
    const service = await line.live()
    await saySomething(line, service)
    service.beginAnswer({ ...answer, previous: 'u1' })
    service.endAnswer(answer, 'Yes.')
    await service.settled()
    line.session.retry()
    await service.settled()
    expect(service.all('response.create')).toHaveLength(1)
    expect(line.heard('phase').at(-1)).toMatchObject({ type: 'live', socket: 1 })
  })
})
