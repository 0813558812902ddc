import { describe, expect, it } from 'vitest'
import { receivedOf } from '../../support/holding.ts'
import { createModelledLine } from '../../support/modelled-line.ts'
import { spokenTurns } from '../../support/spoken-turns.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

describe('a wall clock that is set', () => {
  it.each([-2 * hourMs, -1 * minuteMs, 2 * hourMs])(
    '[V63] by %i ms while the person speaks at 58:00 does not keep the session from being handed over before its end',
    async (jumpMs) => {
      const line = createModelledLine({ mode: 'manual' })
      const service = await line.live()
      await line.session.say('Stay awake.')
      // The key keeps the line from resting.
      await line.pass(5_000)
      for (let at = 0; at < 10; at++) {
        await line.pass(5 * minuteMs)
        await line.session.say(`Still here ${at}.`)
        await line.pass(5_000)
      }
      await line.pass(54 * minuteMs - line.clock.monotonicMs())
      line.session.press()
      await line.pass(58 * minuteMs - line.clock.monotonicMs())
      line.clock.jump(jumpMs)
      await line.pass(60 * minuteMs - 1_000 - line.clock.monotonicMs())
      expect(line.service.sessions.length).toBeGreaterThanOrEqual(2)
      expect(line.service.session().number).toBeGreaterThan(service.number)
      expect(line.session.phase().type).not.toBe('waiting')
      const said = await line.speak('Over the hour.', 2_000)
      line.session.release()
      await line.pass(4_000)
      expect(receivedOf(line.service, said).at(-1)?.frames).toEqual(said.frames)
      expect(line.turns().at(-2)).toMatchObject({ text: 'Over the hour.' })
      await line.stop()
    },
  )

  it.each([2 * hourMs, -2 * hourMs])(
    '[V63] by %i ms at once: one hand-over within the hour, not two and not none',
    async (jumpMs) => {
      const line = createModelledLine()
      await line.live()
      await line.turn('Hello.')
      await line.quiet(3_000)
      line.clock.jump(jumpMs)
      await line.pass(30 * minuteMs)
      expect(line.service.sessions).toHaveLength(1)
      await line.pass(29 * minuteMs)
      expect(line.service.sessions).toHaveLength(2)
      expect(line.session.phase().type).toBe('live')
      await line.stop()
    },
  )

  it('[V63] back while the next session is being restored does not end that', async () => {
    const line = createModelledLine({ before: spokenTurns(20), habits: { ackFirstMs: 1_000 } })
    await line.live()
    await line.pass(55 * minuteMs - line.clock.monotonicMs())
    await line.until('it is handed over', () => line.session.phase().type === 'handing-over', 10_000)
    line.clock.jump(-2 * hourMs)
    await line.pass(10_000)
    expect(line.service.session().number).toBe(2)
    expect(line.session.phase().type).toBe('live')
    await line.stop()
  })
})

/** Live, with a hand-over that begins by itself after two minutes. */
const shortSession = { sessionMs: 7 * minuteMs }

describe('a hand-over with a slow service', () => {
  it.each([
    ['whose first acknowledgement takes 4 s', { ackFirstMs: 4_000 }],
    ['that acknowledges each 100 ms', { ackEveryMs: 100 }],
    ['whose packets take a second', { latencyMs: 500 }],
  ])('[V62] %s: the microphone is heard by one of the two within 1 s, and nothing is lost', async (_, slow) => {
    const line = createModelledLine({ before: spokenTurns(30), habits: { ...shortSession } })
    const first = await line.live()
    await line.turn('Hello.')
    await line.quiet(3_000)
    Object.assign(line.service.habits, slow)
    await line.pass(2 * minuteMs - line.clock.monotonicMs() - 500)
    for (let at = 0; at < 100 && line.session.phase().type !== 'handing-over'; at++) await line.quiet(100)
    expect(line.session.phase().type).toBe('handing-over')
    await line.quiet(400)
    const begin = await line.speak('Is anybody', 1_000)
    const { latencyMs } = line.service.habits
    await line.pass(latencyMs)
    const heardSoFar = new Set(line.service.sessions.flatMap(({ heard }) => heard))
    expect(begin.frames.filter((frame) => !heardSoFar.has(frame) && frame <= (begin.frames[0] ?? 0))).toEqual([])
    const rest = await line.speak('listening?', 1_000)
    await line.quiet(10_000)
    const said = { words: '', frames: [...begin.frames, ...rest.frames] }
    const whole = receivedOf(line.service, said).flatMap(({ frames }) => frames)
    expect(new Set(whole)).toEqual(new Set(said.frames))
    expect(line.turns().some(({ text }) => text.includes('listening?'))).toBe(true)
    expect(first.line.delivered.length).toBeGreaterThan(0)
    await line.stop()
  })

  it('[V62] that never becomes ready costs nothing of what is said meanwhile', async () => {
    const line = createModelledLine({ habits: { ...shortSession } })
    await line.live()
    await line.turn('Hello.')
    await line.quiet(3_000)
    line.service.habits.tamper = (event, { number }) =>
      number > 1 && event.type === 'session.updated' ? [] : [{ event }]
    await line.pass(2 * minuteMs - line.clock.monotonicMs() - 500)
    for (let at = 0; at < 100 && line.session.phase().type !== 'handing-over'; at++) await line.quiet(100)
    const said = await line.turn('All of this.', 2_000)
    await line.quiet(8_000)
    expect(receivedOf(line.service, said).map(({ frames }) => frames)).toEqual([said.frames])
    expect(line.turns().at(-2)).toMatchObject({ text: 'All of this.' })
    await line.stop()
  })

  it('[V62] by key, with the key pressed as it begins: the turn is whole and answered', async () => {
    const line = createModelledLine({ mode: 'manual', before: spokenTurns(30), habits: { ...shortSession } })
    await line.live()
    await line.pressTurn('Hello.')
    await line.pass(3_000)
    line.service.habits.ackFirstMs = 4_000
    await line.until('it is handed over', () => line.session.phase().type === 'handing-over', 3 * minuteMs)
    const said = await line.pressTurn('All of this.', 2_000)
    await line.pass(1_000)
    expect(receivedOf(line.service, said).flatMap(({ frames }) => frames)).toEqual(said.frames)
    await line.pass(8_000)
    expect(receivedOf(line.service, said)).toHaveLength(1)
    expect(line.turns().at(-2)).toMatchObject({ text: 'All of this.' })
    await line.stop()
  })
})
