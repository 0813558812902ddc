import { describe, expect, it } from 'vitest'
import { createVoiceLine, numberedFrame, type VoiceLine } from '../../support/voice-line.ts'

describe('the talk key', () => {
  const manual = { config: { mode: 'manual' } } as const
  const hold = (line: VoiceLine, frames: number, from = 1): void => {
    for (let frame = 0; frame < frames; frame++) line.session.hear(numberedFrame(from + frame))
  }

  it('[T6] a press sends what was said just before and while it was held, then commits and asks', async () => {
    const line = await createVoiceLine(manual)
    const service = await line.live()
    hold(line, 30)
    line.session.press()
    hold(line, 10, 31)
    expect(line.session.release()).toBe('committed')
    await service.next('input_audio_buffer.clear')
    await service.next('input_audio_buffer.commit')
    await service.next('response.create')
    // 300 ms before the press and 200 ms while it was held.
    expect(service.frames()).toEqual(Array.from({ length: 25 }, (_, at) => 16 + at))
  })

  it('[A17] after the microphone rested, nothing from before is sent with the press', async () => {
    const line = await createVoiceLine(manual)
    const service = await line.live()
    hold(line, 30)
    line.clock.pass(1_500)
    line.session.press()
    hold(line, 10, 31)
    line.session.release()
    await service.next('input_audio_buffer.commit')
    expect(service.frames()).toEqual(Array.from({ length: 10 }, (_, at) => 31 + at))
  })

  it('[T6] a press interrupts the voice and cancels its response', async () => {
    const line = await createVoiceLine(manual)
    const service = await line.live()
    const answer = { response: 'r1', item: 'a1' }
    service.beginAnswer({ ...answer, previous: null })
    service.speak(answer, 'One two three', 3_000)
    await service.settled()
    line.clock.pass(1_000)
    line.session.press()
    await service.next('response.cancel')
    await service.next('conversation.item.truncate')
    expect(line.session.isQuiet()).toBe(false)
  })

  it('[T7] a tap of less than 100 ms commits nothing and asks nothing', async () => {
    const line = await createVoiceLine(manual)
    const service = await line.live()
    line.session.press()
    hold(line, 4)
    expect(line.session.release()).toBe('too-short')
    await service.settled()
    expect(service.received.map(({ type }) => type).filter((type) => /commit|create/.test(type))).toEqual([])
    expect(service.received.at(-1)?.type).toBe('input_audio_buffer.clear')
  })

  it('[T7] a repeated press is one press, a release without one is none', async () => {
    const line = await createVoiceLine(manual)
    const service = await line.live()
    expect(line.session.release()).toBeNull()
    line.session.press()
    line.session.press()
    hold(line, 5)
    expect(line.session.release()).toBe('committed')
    await service.next('input_audio_buffer.commit')
    await service.settled()
    expect(service.all('input_audio_buffer.clear')).toHaveLength(1)
  })

  it('[T8] turns spoken by key while the line is away are kept apart and sent in order, however often the key is pressed', async () => {
    const line = await createVoiceLine({ ...manual, script: { refuse: (n) => (n === 1 ? { status: 503 } : null) } })
    const waits = line.told('phase', ({ type }) => type === 'waiting')
    line.session.start()
    await waits
    for (const from of [100, 200]) {
      line.session.press()
      hold(line, 6, from)
      expect(line.session.release()).toBe('committed')
    }
    line.session.press()
    const service = await line.server.connection()
    await service.next('input_audio_buffer.commit')
    await service.next('input_audio_buffer.commit')
    await service.settled()
    const turns = service.received.map(({ type }) => type).filter((type) => type.startsWith('input_audio_buffer'))
    const turn = ['clear', ...Array.from({ length: 6 }, () => 'append'), 'commit']
    expect(turns.map((type) => type.slice(19))).toEqual([...turn, ...turn, 'clear'])
    expect(service.frames()).toEqual([100, 101, 102, 103, 104, 105, 200, 201, 202, 203, 204, 205])
  })

  it('[T8] a line that breaks while the key is held gets the turn whole on the next one', async () => {
    const line = await createVoiceLine({ ...manual, chance: () => 0 })
    const first = await line.live()
    line.session.press()
    hold(line, 10)
    await first.settled()
    expect(first.frames()).toHaveLength(10)
    const lost = line.told('phase', ({ type }) => type === 'waiting')
    first.terminate()
    await lost
    hold(line, 5, 11)
    line.clock.pass(0)
    const second = await line.server.connection()
    hold(line, 5, 16)
    expect(line.session.release()).toBe('committed')
    await second.next('input_audio_buffer.commit')
    await second.next('response.create')
    expect(second.frames()).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  })

  it('[T9] the way turns end is changed on the live session, and on one that was being opened', async () => {
    const line = await createVoiceLine()
    const service = await line.live()
    service.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'u1' })
    await service.settled()
    expect(line.session.isQuiet()).toBe(false)
    await service.next('session.update')
    line.session.setTurnMode('manual', 'auto')
    const update = await service.next('session.update')
    expect(update.session).toEqual({ type: 'realtime', audio: { input: { turn_detection: null } } })
    // By hand the service tells no end of speech.
    expect(line.session.isQuiet()).toBe(true)
  })

  it('[T9] a mode that changes while the session is being opened reaches it', async () => {
    const line = await createVoiceLine({ script: { withholdUpdated: () => true } })
    line.session.start()
    const service = await line.server.connection()
    await service.next('session.update')
    line.session.setTurnMode('manual', 'auto')
    service.send({ type: 'session.updated', session: { id: 's' } })
    expect((await service.next('session.update')).session).toMatchObject({
      audio: { input: { turn_detection: null } },
    })
  })
})
