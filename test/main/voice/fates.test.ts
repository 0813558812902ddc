import { describe, expect, it } from 'vitest'
import { held, receivedOf } from '../../support/holding.ts'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Answer, Question } from '../../support/service/habits.ts'

const asksFor = (question: Question, words: string): boolean => question.open.some((item) => item.words.includes(words))
const setsTimer: Partial<Answer> = { calls: [{ name: functionName, arguments: '{"minutes":5}' }] }
/** How often the service was asked about these words. */
const askedAbout = (line: ModelledLine, words: string): number =>
  line.service.responses.filter(({ open }) => open.some((item) => item.words.includes(words))).length

describe('a turn that was answered', () => {
  it.each([
    ['is 20 s late', 20_000],
    ['never comes', null],
    ['fails', 'failed' as const],
  ])(
    '[T11] and whose transcript %s is not asked again when the line is cut: its timer is set once',
    async (_, late) => {
      const line = createModelledLine({
        habits: { transcriptMs: late, answer: (question) => (asksFor(question, 'timer') ? setsTimer : {}) },
      })
      const service = await line.live()
      const first = await line.turn('Set a timer.')
      await line.until('the function runs', () => line.functions.running() === 1)
      line.functions.finish()
      await line.quiet(3_000)
      expect(line.service.responses).toHaveLength(2)
      service.line.reset()
      await line.quiet(5_000)
      expect(line.service.session().heard).toEqual([])
      expect(line.service.responses).toHaveLength(2)
      expect(line.functions.ran).toHaveLength(1)
      expect(line.turns()).toMatchObject([{ role: 'user', text: '', state: { type: 'failed' } }, { role: 'assistant' }])
      expect(receivedOf(line.service, first).map(({ session }) => session)).toEqual([1])
      await line.stop()
    },
  )

  it('[T11] and whose words never came leaves the next turn its own sound alone when that is cut', async () => {
    const line = createModelledLine({ habits: { transcriptMs: null } })
    const service = await line.live()
    const first = await line.turn('The first one.')
    await line.quiet(2_500)
    line.service.habits.transcriptMs = 200
    const begin = await line.speak('The second', 400)
    service.line.reset()
    const rest = await line.speak('one.', 400)
    await line.quiet(4_000)
    const { heard, turns } = line.service.session()
    expect(heard).toEqual([...begin.frames, ...rest.frames])
    expect(turns).toHaveLength(1)
    expect(receivedOf(line.service, first).map(({ session }) => session)).toEqual([1])
    await line.stop()
  })

  it('[T11] by key and whose words never came is not asked again either', async () => {
    const line = createModelledLine({ mode: 'manual', habits: { transcriptMs: null } })
    const service = await line.live()
    const first = await line.pressTurn('By key.')
    await line.pass(3_000)
    service.line.reset()
    await line.pass(3_000)
    await line.pressTurn('By key again.')
    await line.pass(3_000)
    expect(receivedOf(line.service, first).map(({ session }) => session)).toEqual([1])
    expect(askedAbout(line, 'By key.')).toBe(1)
    await line.stop()
  })

  it('[T11] is not asked again by the person’s key either', async () => {
    const line = createModelledLine({ habits: { transcriptMs: null } })
    await line.live()
    await line.turn('Once is enough.')
    await line.quiet(3_000)
    line.session.retry()
    await line.pass(3_000)
    expect(line.service.responses).toHaveLength(1)
    await line.stop()
  })

  it('[T11] and half heard when the line broke is not asked again', async () => {
    const line = createModelledLine({ habits: { answer: () => ({ audioMs: 8_000, everyMs: 150 }) } })
    const service = await line.live()
    await line.turn('Tell me all.')
    await line.quiet(2_000)
    service.line.reset()
    await line.quiet(10_000)
    expect(askedAbout(line, 'Tell me all.')).toBe(1)
    await line.stop()
  })
})

describe('a turn that was not answered', () => {
  it.each([
    ['its words came', (line: ModelledLine) => line.turns().some(({ text }) => text === 'Is it raining?'), 100],
    ['it was taken', (line: ModelledLine) => line.service.turns.length === 1, 1_500],
    ['the answer was begun', (line: ModelledLine) => line.service.responses.length === 1, 100],
  ])('[T12] by voice as the line is lost when %s is answered on the next line', async (_, isThen, transcriptMs) => {
    const habits = { transcriptMs, latencyMs: 40, answer: () => ({ thinkMs: 600, everyMs: 600 }) }
    const line = createModelledLine({ habits })
    const service = await line.live()
    await line.speak('Is it raining?')
    for (let at = 0; at < 200 && !isThen(line); at++) await line.quiet(20)
    await line.pass(60)
    service.line.reset()
    line.service.habits.transcriptMs = 100
    await line.quiet(6_000)
    const { number } = line.service.session()
    const answers = line.service.responses.filter(({ session }) => session.number === number)
    expect(number).toBe(2)
    expect(answers.map(({ status }) => status)).toEqual(['completed'])
    expect(answers[0]?.open.map(({ words }) => words)).toEqual(['Is it raining?'])
    expect(line.turns().map(({ role, text }) => [role, text === 'Is it raining?'])).toEqual([
      ['user', true],
      ['assistant', false],
    ])
    await line.stop()
  })

  it('[T12] typed, as the line is lost before it is answered, is answered on the next line', async () => {
    const line = createModelledLine({ habits: { answer: () => ({ thinkMs: 1_000 }) } })
    const service = await line.live()
    await line.session.say('Is it snowing?')
    await line.pass(200)
    service.line.reset()
    await line.pass(5_000)
    expect(line.service.responses.map(({ open, status }) => [open.map(({ words }) => words), status])).toEqual([
      [['Is it snowing?'], 'completed'],
    ])
    await line.stop()
  })

  it('[T12] by the outputs of a tool, as the line is lost before it is asked to go on, is told on the next line', async () => {
    const line = createModelledLine({
      habits: { answer: (question) => (asksFor(question, 'timer') ? setsTimer : { thinkMs: 800 }) },
    })
    const service = await line.live()
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    line.functions.finish('Five minutes.')
    await line.quiet(300)
    service.line.reset()
    await line.quiet(5_000)
    const last = line.service.responses.at(-1)
    expect(last).toMatchObject({ status: 'completed', open: [{ output: 'Five minutes.' }] })
    expect(last?.session.number).toBe(2)
    expect(line.functions.ran).toHaveLength(1)
    await line.stop()
  })

  it('[T12] is told, and answered by one key when its answer failed three lines in a row', async () => {
    const line = createModelledLine({
      habits: { answer: () => ({ audioMs: 0, end: { type: 'failed', code: 'server_error', message: 'No.' } }) },
    })
    await line.live()
    await line.turn('Say something.')
    await line.quiet(2_000)
    expect(line.notices()).toHaveLength(1)
    line.service.habits.answer = () => ({})
    line.session.retry()
    await line.quiet(4_000)
    expect(line.service.responses.at(-1)).toMatchObject({ status: 'completed', open: [{ words: 'Say something.' }] })
    expect(line.turns().map(({ text }) => text)).toEqual([
      'Say something.',
      line.service.responses.at(-1)?.answer.words,
    ])
    await line.stop()
  })
})

const noAnswer: Partial<Answer> = { audioMs: 0, end: { type: 'failed', code: 'server_error', message: 'No.' } }

/** A failed answer whose end is told late, when the next turn has been taken. */
function lateFailure(opts: { mode?: 'semantic' | 'manual'; twice?: boolean } = {}): ModelledLine {
  const line = createModelledLine({ mode: opts.mode ?? 'semantic' })
  line.service.habits.answer = ({ number }) => (number === 2 ? noAnswer : {})
  line.service.habits.tamper = (event) => {
    const { status } = (event['response'] ?? {}) as { status?: string }
    if (event.type !== 'response.done' || status !== 'failed') return [{ event }]
    return opts.twice === true ? [{ event }, { event, afterMs: 500 }] : [{ event, afterMs: 2_500 }]
  }
  return line
}

describe('an answer that fails', () => {
  it('[T14] after the next turn was taken offers its own turn again; the next one stands, here and there', async () => {
    const line = lateFailure()
    const service = await line.live()
    await line.turn('First.')
    await line.quiet(2_000)
    await line.turn('Second.')
    await line.turn('Third.')
    await line.quiet(5_000)
    expect(line.isOffered('Second.')).toBe(true)
    expect(line.turns().map(({ text }) => text)).toContain('Third.')
    expect(service.items.map(({ words }) => words)).toContain('Third.')
    expect(held(service, line.turns())).toEqual(line.desired())
    await line.stop()
  })

  it('[T14] by key after the next press was taken offers its own turn again; the next one stands', async () => {
    const line = createModelledLine({ mode: 'manual' })
    line.service.habits.answer = ({ number }) => (number === 1 ? noAnswer : {})
    line.service.habits.tamper = (event) => {
      const { status } = (event['response'] ?? {}) as { status?: string }
      return event.type === 'response.done' && status === 'failed' ? [{ event, afterMs: 1_200 }] : [{ event }]
    }
    const service = await line.live()
    await line.pressTurn('First.')
    await line.pass(200)
    await line.pressTurn('Second.')
    await line.pass(5_000)
    expect(line.turns().map(({ text }) => text)).toContain('Second.')
    expect(service.items.map(({ words }) => words)).toContain('Second.')
    expect(held(service, line.turns())).toEqual(line.desired())
    await line.stop()
  })

  it('[T14] after its tool has run leaves what was done, here and there', async () => {
    const line = createModelledLine()
    line.service.habits.answer = ({ number }) => (number === 1 ? setsTimer : number === 2 ? noAnswer : {})
    const service = await line.live()
    await line.turn('Set a timer.')
    await line.until('the function runs', () => line.functions.running() === 1)
    line.functions.finish()
    await line.quiet(3_000)
    expect(line.notices()).toHaveLength(1)
    expect(line.record.conversation().tools).toHaveLength(1)
    expect(line.turns().map(({ text }) => text)).toEqual(['Set a timer.'])
    expect(held(service, line.turns())).toEqual(line.desired())
    line.session.retry()
    await line.quiet(3_000)
    expect(line.functions.ran).toHaveLength(1)
    expect(line.service.responses.at(-1)).toMatchObject({ status: 'completed', open: [{ output: 'Done.' }] })
    await line.stop()
  })

  it('[T14] after words were typed takes away nothing of them', async () => {
    const line = createModelledLine()
    line.service.habits.answer = ({ number }) =>
      number === 1 ? { ...noAnswer, thinkMs: 900 } : { thinkMs: 400, audioMs: 2_000 }
    const service = await line.live()
    await line.session.say('First.')
    await line.pass(860)
    await line.session.say('Second.')
    await line.pass(6_000)
    expect(line.turns().map(({ text }) => text)).toContain('Second.')
    expect(service.items.map(({ words }) => words)).toContain('Second.')
    await line.stop()
  })

  it('[T14] and is told twice undoes one exchange and costs once', async () => {
    const line = lateFailure({ twice: true })
    const service = await line.live()
    await line.turn('First.')
    await line.quiet(2_000)
    await line.turn('Second.')
    await line.quiet(3_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['First.', 'Answer 1.'])
    expect(line.record.changes.filter(({ type }) => type === 'rolled-back')).toHaveLength(1)
    expect(line.record.conversation().usage.outputAudioTokens).toBe(2 + 4)
    expect(service.items.map(({ words }) => words)).toEqual(['First.', 'Answer 1.'])
    await line.stop()
  })

  it('[T14] by key, with the end told twice and a turn between the two, leaves that turn', async () => {
    const line = createModelledLine({ mode: 'manual' })
    line.service.habits.answer = ({ number }) => (number === 1 ? noAnswer : {})
    line.service.habits.tamper = (event) => {
      const { status } = (event['response'] ?? {}) as { status?: string }
      if (event.type !== 'response.done' || status !== 'failed') return [{ event }]
      return [{ event }, { event, afterMs: 3_000 }]
    }
    await line.live()
    await line.pressTurn('First.')
    await line.pass(800)
    await line.pressTurn('Second.')
    await line.pass(5_000)
    expect(line.turns().map(({ text }) => text)).toEqual(['Second.', 'Answer 2.'])
    await line.stop()
  })
})
