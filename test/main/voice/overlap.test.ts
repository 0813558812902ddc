import { describe, expect, it } from 'vitest'
import { createDrivenFloor } from '../../support/driven-floor.ts'
import { createVoiceLine, type VoiceLine } from '../../support/voice-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'

const answer = { response: 'r1', item: 'a1' }
const words = 'One two three four five six seven eight nine ten'

/** The voice has said 1,000 ms of a 3,000 ms answer, which the service goes on with. */
async function inMidAnswer() {
  const floor = createDrivenFloor()
  const line = await createVoiceLine({ floor })
  const service = await line.live()
  service.hearTurn('u1', null, 'Count.')
  service.beginAnswer({ ...answer, previous: 'u1' })
  service.speak(answer, words, 3_000)
  await service.settled()
  line.clock.pass(1_000)
  return { floor, line, service }
}

const begins = (service: ScriptedConnection, item: string): void =>
  service.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: item })

/** Somebody said “mm-hm” over the answer, and the service has made a turn of it. */
async function passedOver({ floor, line, service }: Awaited<ReturnType<typeof inMidAnswer>>): Promise<void> {
  begins(service, 'u2')
  await service.settled()
  floor.decide('kept')
  service.send({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 1, item_id: 'u2' })
  service.endAnswer(answer, words)
  service.takeTurn('u2')
  await service.settled()
  line.clock.pass(100)
}

const fateOf = (line: VoiceLine, turn: string): string | undefined =>
  line.record.conversation().turns.find(({ id }) => id === turn)?.fate

describe('words over the voice that are judged beside the player', () => {
  it('[A243] do not make the service break off, and what is sent of an interruption is a cancel and what was played', async () => {
    const { floor, line, service } = await inMidAnswer()
    const [session] = service.all('session.update')
    expect(session).toMatchObject({
      session: { audio: { input: { turn_detection: { interrupt_response: false, create_response: true } } } },
    })
    begins(service, 'u2')
    await service.settled()
    expect(floor.told).toEqual(['listen', 'service'])
    expect(service.all('conversation.item.truncate')).toEqual([])
    floor.decide('ended')
    const truncate = await service.next('conversation.item.truncate')
    expect(truncate.audio_end_ms).toBeGreaterThan(900)
    expect(truncate.audio_end_ms).toBeLessThanOrEqual(1_000)
    expect(service.all('response.cancel')).toHaveLength(1)
    service.endAnswer(answer, words, 'cancelled')
    await service.settled()
    line.clock.pass(100)
    expect(line.record.conversation().turns.find(({ id }) => id === 'a1')?.state.type).toBe('cut')
  })

  it('[A244] a back-channel leaves the answer as it was, and what the service begins for it is not heard', async () => {
    const talk = await inMidAnswer()
    const { line, service } = talk
    await passedOver(talk)
    const own = { response: 'r2', item: 'a2' }
    service.beginAnswer({ ...own, previous: 'u2' })
    service.speak(own, 'You are welcome.', 500)
    expect(await service.next('response.cancel')).toMatchObject({ response_id: 'r2' })
    service.endAnswer(own, 'You are', 'cancelled')
    service.transcribe('u2', 'Mm-hm.')
    await service.settled()
    line.clock.pass(3_000)
    await service.settled()
    expect(line.record.conversation().turns.find(({ id }) => id === 'a1')).toMatchObject({
      playedMs: 3_000,
      state: { type: 'final' },
    })
    expect(fateOf(line, 'u2')).toBe('withdrawn')
    expect(service.all('response.create')).toEqual([])
    expect(service.all('conversation.item.truncate')).toEqual([])
    expect(line.session.isQuiet()).toBe(true)
  })

  it('[A245] what was passed over is answered after all when its words say something', async () => {
    const talk = await inMidAnswer()
    const { line, service } = talk
    await passedOver(talk)
    const unwanted = { response: 'r2', item: 'a2' }
    service.beginAnswer({ ...unwanted, previous: 'u2' })
    await service.next('response.cancel')
    service.endAnswer(unwanted, '', 'cancelled')
    service.transcribe('u2', 'Stop.')
    const truncate = await service.next('conversation.item.truncate')
    expect(truncate.item_id).toBe('a1')
    await service.next('response.create')
    const own = { response: 'r3', item: 'a3' }
    service.beginAnswer({ ...own, previous: 'u2' })
    service.speak(own, 'I stop.', 200)
    service.endAnswer(own, 'I stop.')
    await service.settled()
    line.clock.pass(1_000)
    await service.settled()
    expect(fateOf(line, 'u2')).toBe('answered')
  })

  it('[A239] where nobody judges any more, the service’s word ends the voice', async () => {
    const { floor, service } = await inMidAnswer()
    floor.fail()
    begins(service, 'u2')
    const truncate = await service.next('conversation.item.truncate')
    expect(truncate.item_id).toBe('a1')
    expect(service.all('response.cancel')).toHaveLength(1)
  })

  it('[A233] the key is told, and in hold-to-talk nobody listens for words over the voice', async () => {
    const { floor, line } = await inMidAnswer()
    line.session.setTurnMode('manual', 'auto')
    line.session.press()
    line.session.release()
    expect(floor.told).toEqual(['listen', 'rest', 'key down', 'key up'])
  })
})
