import { describe, expect, it } from 'vitest'
import { expectSame } from '../../support/holding.ts'
import { longAnswer, midAnswer, words } from '../../support/mid-answer.ts'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'

/** What was heard of the newest answer: a beginning of it. */
function expectCut(line: ModelledLine): void {
  const turn = line.turns().findLast(({ role, text }) => role === 'assistant' && text.startsWith('One'))
  expect(turn?.state.type).toBe('cut')
  const heard = turn?.state.type === 'cut' ? turn.state.heard : words
  expect(words.startsWith(heard)).toBe(true)
  expect(heard.length).toBeLessThan(words.length)
}

describe('what was not heard', () => {
  it('[H20] of an answer that is spoken over is gone from the session', async () => {
    const line = await midAnswer()
    await line.turn('Stop.')
    await line.quiet(4_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer whose line was cut in its middle is gone from the next session when it has played out', async () => {
    const line = await midAnswer({ ...longAnswer, everyMs: 150 })
    line.service.session().line.reset()
    await line.quiet(9_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is spoken over after its line was cut is gone from the next session', async () => {
    const line = await midAnswer()
    line.service.session().line.reset()
    await line.nextLive()
    await line.turn('Stop.')
    await line.quiet(4_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is hushed after its line was cut is gone from the next session', async () => {
    const line = await midAnswer()
    line.service.session().line.reset()
    await line.nextLive()
    await line.session.hush()
    await line.quiet(3_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is typed over after its line was cut is gone from the next session', async () => {
    const line = await midAnswer()
    line.service.session().line.reset()
    await line.nextLive()
    await line.session.say('Stop, I type.')
    await line.quiet(4_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it('[H20] of an answer that is pressed over while the line is away is not given to the next session', async () => {
    const line = createModelledLine({
      mode: 'manual',
      habits: { answer: ({ number }) => (number === 1 ? longAnswer : {}) },
    })
    await line.live()
    await line.pressTurn('Count.')
    await line.pass(1_500)
    line.service.refuse({ code: 1006, reason: '' })
    line.service.session().line.reset()
    await line.pass(300)
    await line.pressTurn('Stop.')
    line.service.refuse(null)
    line.session.retry()
    await line.pass(8_000)
    expectCut(line)
    expectSame(line)
    await line.stop()
  })

  it.each([
    ['still being generated', 50],
    ['generated long ago', 5],
  ])(
    '[H20] of an answer, %s, that is spoken over after a forced hand-over is gone from the next session',
    async (_, everyMs) => {
      const minuteMs = 60_000
      const line = createModelledLine({
        mode: 'manual',
        habits: {
          sessionMs: 7 * minuteMs,
          answer: ({ number }) => (number === 2 ? { ...longAnswer, audioMs: 30_000, everyMs } : {}),
        },
      })
      await line.live()
      await line.session.say('Hello.')
      await line.pass(5_000)
      // The key is held until the hand-over can't wait any more.
      await line.pass(2 * minuteMs - line.clock.monotonicMs() - 3_000)
      line.session.press()
      await line.pass(5.5 * minuteMs - line.clock.monotonicMs() - 2_000)
      await line.speak('Count.')
      line.session.release()
      await line.until(
        'another session carries it',
        () => line.service.sessions.length > 1 && line.session.phase().type === 'live',
        60_000,
      )
      await line.pass(2_000)
      expect(line.speaker.health().queuedMs).toBeGreaterThan(0)
      await line.pressTurn('Stop.')
      await line.pass(8_000)
      expectCut(line)
      expectSame(line)
      await line.stop()
    },
  )

  it('[H20] of an answer that was spoken over before a sound of it leaves no item', async () => {
    const line = createModelledLine({
      habits: { answer: ({ number }) => (number === 1 ? { words, everyMs: 900 } : {}) },
    })
    await line.live()
    await line.turn('Count.')
    await line.quiet(200)
    await line.turn('No, wait.')
    await line.quiet(4_000)
    expect(line.service.session().items.filter(({ type, words: text }) => type === 'message' && text === '')).toEqual(
      [],
    )
    expectSame(line)
    await line.stop()
  })

  /** What the session held, and was asked about, when its last answer began. */
  function askedLast(line: ModelledLine): { voice: string[]; open: string[] } {
    const { items, open } = line.service.responses.at(-1)!
    const voice = items.filter(({ role, truncatedMs }) => role === 'assistant' && truncatedMs === null)
    return { voice: voice.map(({ words: text }) => text), open: open.map(({ words: text }) => text) }
  }

  /** That an answer has begun has just been told, and nothing of its sound has come yet. */
  async function justBegun(line: ModelledLine, answers: number): Promise<void> {
    while (line.service.responses.length < answers) await line.quiet(20)
    await line.quiet(80)
  }

  it.each([
    ['typed over, whose end was told', 'completed', 'type'],
    ['typed over, whose end never came', 'silent', 'type'],
    ['spoken over, whose end was told', 'completed', 'speak'],
    ['spoken over, whose end never came', 'silent', 'speak'],
  ] as const)('[T52] of an answer, %s, is gone from the session before that is asked again', async (_, end, how) => {
    const line = createModelledLine({
      habits: {
        latencyMs: 60,
        answer: ({ number }) => (number <= 2 ? { words, audioMs: 400, everyMs: 100, end: { type: end } } : {}),
      },
    })
    await line.live()
    // When words are typed just before the client is told of speech, the service hears that before it begins to answer.
    line.clock.after(how === 'type' ? 0 : 60, () => void line.session.say('One?'))
    if (how === 'speak') await line.speak('Two?', 200)
    await justBegun(line, 1)
    if (how === 'type') void line.session.say('Two?')
    await justBegun(line, 2)
    void line.session.say('Three?')
    await line.quiet(60_000)
    expect(askedLast(line)).toEqual({ voice: [], open: ['One?', 'Two?', 'Three?'] })
    expectSame(line)
    await line.stop()
  })
})
