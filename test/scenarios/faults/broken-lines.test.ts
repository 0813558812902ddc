// Lines that break: what the person said and heard survives, and the next session is there in time.
import { describe, expect, it } from 'vitest'
import type { OpenSocket } from '../../../src/main/ports.ts'
import { openWebSocket } from '../../../src/main/net/socket.ts'
import { createFaultLine, faultSeeds, type FaultLine } from '../../support/fault-line.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { numberedFrame } from '../../support/voice-line.ts'

const answer = { response: 'r1', item: 'a1' }
const day = 24 * 60 * 60_000

const isLive = (line: FaultLine): boolean => line.view().type === 'live'

/** What was said before it is given to the next session. */
const given = (service: ScriptedConnection): (string | undefined)[] =>
  service.all('conversation.item.create').map(({ item }) => JSON.stringify(item).match(/"text":"(.*?)"/)?.[1])

describe.each(faultSeeds)('a line that breaks, seed %i', (seed) => {
  it('[F2] a black hole in mid-answer is found within 5 s and the next session live within 7; what was heard is kept and marked', async () => {
    const line = await createFaultLine({ seed })
    const first = await line.live()
    first.hearTurn('u1', null, 'Count.')
    first.beginAnswer({ ...answer, previous: 'u1' })
    first.speak(answer, 'One two three', 2_000)
    await line.travel(Math.floor(seededRandom(seed)() * 3_000))
    line.proxy.swallow()
    line.proxy.flow()
    const foundMs = await line.until('the hole is found', () => !isLive(line), 5_000)
    const backMs = await line.until('the next session is live', () => isLive(line), 7_000 - foundMs)
    expect(foundMs + backMs).toBeLessThanOrEqual(7_000)
    const second = await line.server.connection()
    // Without the mark where the next session is faster than the rest of the sound.
    expect(given(second)).toEqual(['Count.', expect.stringMatching(/^One two three( —)?$/)])
    await line.until('it is played', () => line.record.changes.some(({ type }) => type === 'played'), 3_000)
    expect(await line.record.stored('played')).toMatchObject({ heard: 'One two three', cut: true, playedMs: 2_000 })
  })

  it('[F3] a reset in mid-utterance: after up to ten seconds without a network the next session hears it whole', async () => {
    const line = await createFaultLine({ seed })
    const first = await line.live()
    let spoken = 0
    const speak = async (frames: number): Promise<void> => {
      for (let frame = 0; frame < frames; frame++) {
        line.session.hear(numberedFrame(spoken++))
        await line.travel(20, 20)
      }
    }
    await speak(50)
    first.send({ type: 'input_audio_buffer.speech_started', audio_start_ms: 300, item_id: 'u1' })
    await line.travel(50)
    line.proxy.refuse(true)
    line.proxy.reset()
    await speak(50 + Math.floor(seededRandom(seed)() * 350))
    expect(isLive(line)).toBe(false)
    line.proxy.refuse(false)
    line.session.retry()
    await line.until('the next session is live', () => isLive(line), 2_000)
    await speak(10)
    const second = await line.server.connection()
    await line.travel(200)
    expect(second.frames()).toEqual(Array.from({ length: spoken - 15 }, (_, at) => at + 15))
    expect(line.session.health().droppedFrames).toBe(0)
  })

  it('[F2] an end without a close frame is answered by the next attempt within 250 ms', async () => {
    const line = await createFaultLine({ seed })
    await line.live()
    line.proxy.halfClose()
    await line.until('the end is seen', () => line.view().type === 'waiting', 100)
    const view = line.view()
    expect(view.type === 'waiting' && view.untilMs - line.clock.nowMs()).toBeLessThanOrEqual(250)
    await line.until('the next session is live', () => isLive(line), 1_000)
  })

  it('[F4] a handshake that is never answered is given up after 5 s and tried again', async () => {
    const line = await createFaultLine({ seed })
    line.proxy.swallow()
    line.session.start()
    await line.until('it is given up', () => line.view().type === 'waiting', 5_100)
    line.proxy.flow()
    await line.until('the next session is live', () => isLive(line), 1_000)
    expect(line.proxy.taken()).toBe(2)
  })

  it('[F4] a session that is never configured is given up after 5 s, and no sound was sent to it', async () => {
    const line = await createFaultLine({ seed, script: { withholdUpdated: (n) => n === 1 } })
    line.session.start()
    for (let frame = 0; frame < 100; frame++) line.session.hear(numberedFrame(frame))
    const first = await line.server.connection()
    await line.until('it is given up', () => line.view().type === 'waiting', 5_100)
    await line.until('the next session is live', () => isLive(line), 1_000)
    expect(first.frames()).toEqual([])
    const second = await line.server.connection()
    await line.travel(100)
    expect(second.frames()).toEqual(Array.from({ length: 100 }, (_, at) => at))
  })

  it('[F5] names that are not found and then are: the network’s return cuts the wait, live within 2 s', async () => {
    let found = false
    const openSocket: OpenSocket = (request, events) => {
      if (found) return openWebSocket(request, events)
      setImmediate(() => events.closed({ code: 1006, reason: '', cause: 'ENOTFOUND' }))
      const nothing = (): void => undefined
      return { send: () => false, bufferedBytes: () => 0, ping: nothing, close: nothing, terminate: nothing }
    }
    const line = await createFaultLine({ seed, openSocket })
    line.session.start()
    await line.travel(20_000)
    expect(line.view()).toMatchObject({ type: 'waiting', cause: 'ENOTFOUND' })
    found = true
    line.session.retry()
    expect(await line.until('live', () => isLive(line), 2_000)).toBeLessThanOrEqual(2_000)
  })

  it('[F5] two hours of sleep: live within 2 s after the network is back, and the conversation goes on', async () => {
    const line = await createFaultLine({ seed })
    const first = await line.live()
    first.hearTurn('u1', null, 'Good night.')
    await line.record.stored('words-heard')
    await line.travel(1_000)
    line.proxy.swallow()
    line.clock.jump(2 * 60 * 60_000)
    line.proxy.flow()
    line.session.prove()
    await line.until('the old line is given up', () => !isLive(line), 2_000)
    const usedMs = await line.until('the next session is live', () => isLive(line), 1_000)
    expect(usedMs).toBeLessThanOrEqual(1_000)
    expect(given(await line.server.connection())).toEqual(['Good night.'])
  })

  it('[F6] a wall clock set a day forward or back ends nothing and puts nothing out of order', async () => {
    for (const jump of [day, -day]) {
      const line = await createFaultLine({ seed })
      const first = await line.live()
      first.hearTurn('u1', null, 'Before.')
      await line.travel(100)
      line.clock.jump(jump)
      await line.travel(30_000)
      first.hearTurn('u2', 'u1', 'After.')
      await line.record.stored('words-heard', ({ turn }) => turn === 'u2')
      expect(line.record.conversation().turns.map(({ text }) => text)).toEqual(['Before.', 'After.'])
      expect(line.heard('phase').map(({ type }) => type)).not.toContain('waiting')
      line.proxy.reset()
      await line.until('the loss is seen', () => !isLive(line), 100)
      expect(await line.until('live again', () => isLive(line), 1_000)).toBeLessThanOrEqual(1_000)
    }
  })
})
