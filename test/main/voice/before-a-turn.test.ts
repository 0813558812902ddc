// What was said by key, between its end and the moment the service has made a turn of it; and what was undone, asked again.
import { describe, expect, it } from 'vitest'
import { voicePolicy } from '../../../src/core/connection/policy.ts'
import { createVoiceSession } from '../../../src/main/voice/session.ts'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Answer, Question } from '../../support/service/habits.ts'

const personsWords = (line: ModelledLine): string[] =>
  line.turns().flatMap(({ role, text }) => (role === 'user' ? [text] : []))

/** A function for a timer, a word for anything else, a failure where all fails. */
const timerOr =
  (isFailing: () => boolean) =>
  ({ open }: Question): Partial<Answer> => {
    if (isFailing()) return { audioMs: 0, end: { type: 'failed', code: 'server_error', message: 'No.' } }
    return open.some(({ words }) => words === 'A timer.')
      ? { calls: [{ name: functionName, arguments: '{}' }] }
      : { words: 'Done.' }
  }

async function pressed(line: ModelledLine): Promise<void> {
  await line.live()
  await line.pressTurn('Before.')
  await line.pass(5_000)
  await line.pressTurn('Now.')
}

describe('what was said by key and is no turn yet', () => {
  it('[T40] is not answered when the person wants silence', async () => {
    const line = createModelledLine({ mode: 'manual', habits: { latencyMs: 120 } })
    await pressed(line)
    await line.session.hush()
    await line.pass(10_000)
    expect(personsWords(line)).toEqual(['Before.', 'Now.'])
    expect(line.turns().find(({ text }) => text === 'Now.')).toMatchObject({ fate: 'withdrawn' })
    expect(line.service.session().all('response.create')).toHaveLength(2)
    expect(line.session.isQuiet()).toBe(true)
    await line.stop()
  })

  it('[T40] becomes none when it is taken back, and the exchange before it stands', async () => {
    const line = createModelledLine({ mode: 'manual', habits: { latencyMs: 120 } })
    await pressed(line)
    const back = line.session.takeBack()
    await line.pass(10_000)
    expect(await back).toBe(true)
    expect(personsWords(line)).toEqual(['Before.'])
    expect(line.service.session().items).toHaveLength(2)
    await line.stop()
  })

  it('[T41] stands before words that are typed behind it, also when it was taken back', async () => {
    const line = createModelledLine({ mode: 'manual', habits: { latencyMs: 120 } })
    await line.live()
    await line.pressTurn('First.')
    await line.session.hush()
    void line.session.say('Second.')
    await line.pass(10_000)
    expect(personsWords(line)).toEqual(['First.', 'Second.'])
    await line.stop()
  })

  it('[T42] is not given to a second session, which would answer it, too', async () => {
    const policy = {
      ...voicePolicy,
      settledAfterMs: 3_000,
      handOverBeforeEndMs: 9_000,
      handOverLatestBeforeEndMs: 4_000,
    }
    const line = createModelledLine({
      mode: 'manual',
      habits: { latencyMs: 120, sessionMs: 20_000 },
      create: (opts) => createVoiceSession({ ...opts, policy }),
    })
    await line.live()
    line.session.press()
    await line.speak('Once.', 300)
    // In the last minutes it is handed over whatever goes on.
    await line.until('the next session is opened', () => line.service.sessions.length === 2)
    await line.pass(450)
    line.session.release()
    await line.pass(3_000)
    expect(personsWords(line)).toEqual(['Once.'])
    expect(line.service.responses).toHaveLength(1)
    await line.stop()
  })
})

describe('turns that were undone together', () => {
  it('[T43] are asked again together, and no function runs twice for one without words', async () => {
    let failing = false
    const line = createModelledLine({
      habits: {
        transcriptMs: 'failed',
        answer: timerOr(() => failing),
      },
    })
    await line.live()
    await line.turn('A timer.')
    failing = true
    void line.session.say('And this.')
    await line.pass(2_000)
    expect(line.turns()).toEqual([])
    failing = false
    line.session.retry()
    await line.pass(3_000)
    line.functions.finish()
    await line.pass(10_000)
    expect(line.functions.ran).toHaveLength(1)
    expect(personsWords(line)).toEqual(['', 'And this.'])
    expect(line.service.turns).toHaveLength(1)
    await line.stop()
  })
})

describe('a line with sound of which nothing is known', () => {
  it('[V81] is found dead within 5 s, also when the microphone rests', async () => {
    const line = createModelledLine()
    const first = await line.live()
    await line.turn('Before.')
    await line.pass(5_000)
    first.line.vanish()
    await line.speak('Lost?', 300)
    await line.nextLive(7_000)
    await line.quiet(600)
    await line.pass(10_000)
    expect(personsWords(line)).toEqual(['Before.', 'Lost?'])
    await line.stop()
  })
})

describe('what was given again', () => {
  it('[V82] has its place, a call, too, and what comes behind it stands behind it', async () => {
    let failing = false
    const line = createModelledLine({
      habits: {
        transcriptMs: 1_500,
        answer: timerOr(() => failing),
      },
    })
    await line.live()
    await line.turn('A timer.')
    await line.pass(3_000)
    failing = true
    await line.turn('And this.')
    failing = false
    void line.session.putBack()
    await line.pass(20)
    void line.session.say('Third.')
    await line.pass(5_000)
    line.functions.finish()
    await line.pass(10_000)
    const words = line.service.session().items.map(({ type, words: said }) => (type === 'message' ? said : type))
    expect(words.slice(0, 4)).toEqual(['A timer.', 'function_call', 'function_call_output', 'And this.'])
    await line.stop()
  })
})
