import { describe, expect, it } from 'vitest'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'

const told = { name: 'reminder', arguments: '{}', output: 'The tea is ready.', aloud: true }

async function withRunningTool(mode: 'semantic' | 'manual', latencyMs = 10): Promise<ModelledLine> {
  const line = createModelledLine({
    mode,
    habits: {
      latencyMs,
      answer: ({ number }) => (number === 1 ? { calls: [{ name: functionName, arguments: '{}' }] } : {}),
    },
  })
  await line.live()
  if (mode === 'manual') await line.pressTurn('Set a timer.')
  else await line.turn('Set a timer.')
  await line.until('the function runs', () => line.functions.running() === 1)
  await line.pass(500)
  return line
}

const asked = (line: ModelledLine): number => line.service.session().all('response.create').length
const holdsOutput = (line: ModelledLine, output: string): boolean =>
  line.service.session().items.some((item) => item.output === output)

/** Asked about once, when the person had said all of it, together with what they said. */
function expectOneAnswer(line: ModelledLine, words: string, output: string): void {
  const since = line.service.responses.filter(({ open }) => open.some((item) => item.output === output))
  expect(since.filter(({ status }) => status === 'completed')).toHaveLength(1)
  expect(since.at(-1)?.open.map((item) => item.words)).toContain(words)
}

describe('while the person has the floor', () => {
  it('[T13] by voice, a tool’s output is given at once and the voice waits', async () => {
    const line = await withRunningTool('semantic')
    const before = asked(line)
    await line.speak('By the way,', 400)
    line.functions.finish('It is set.')
    await line.speak('how are you?', 800)
    expect(asked(line)).toBe(before)
    expect(holdsOutput(line, 'It is set.')).toBe(true)
    expect(line.service.responses).toHaveLength(1)
    await line.quiet(5_000)
    expectOneAnswer(line, 'By the way, how are you?', 'It is set.')
    expect(line.session.isQuiet()).toBe(true)
    await line.stop()
  })

  it('[T13] by key, a tool’s output is given at once and the voice waits', async () => {
    const line = await withRunningTool('manual')
    const before = asked(line)
    line.session.press()
    await line.speak('By the way,', 400)
    line.functions.finish('It is set.')
    await line.speak('how are you?', 800)
    expect(asked(line)).toBe(before)
    expect(holdsOutput(line, 'It is set.')).toBe(true)
    expect(line.speaker.health().queuedMs).toBe(0)
    line.session.release()
    await line.pass(4_000)
    expectOneAnswer(line, 'By the way, how are you?', 'It is set.')
    await line.stop()
  })

  it('[T13] by key and without a frame yet, the voice waits for what was done; a tap lets it go on', async () => {
    const line = await withRunningTool('manual')
    const before = asked(line)
    line.session.press()
    line.functions.finish('It is set.')
    await line.pass(3_000)
    expect(asked(line)).toBe(before)
    line.session.release()
    await line.pass(3_000)
    expect(line.service.responses.at(-1)).toMatchObject({ status: 'completed', open: [{ output: 'It is set.' }] })
    await line.stop()
  })

  it.each(['semantic', 'manual'] as const)(
    '[T13] (%s) a reminder is known at once and told when they are done',
    async (mode) => {
      const line = createModelledLine({ mode })
      await line.live()
      if (mode === 'manual') line.session.press()
      await line.speak('I was going to', 400)
      line.functions.come(told)
      await line.speak('ask you something.', 600)
      expect(asked(line)).toBe(0)
      expect(holdsOutput(line, told.output)).toBe(true)
      if (mode === 'manual') line.session.release()
      await line.quiet(8_000)
      const toldBy = line.service.responses.filter(({ items }) => items.some(({ output }) => output === told.output))
      expect(toldBy.length).toBeGreaterThanOrEqual(1)
      expect(line.turns()[0]?.text).toBe('I was going to ask you something.')
      expect(line.session.isQuiet()).toBe(true)
      await line.stop()
    },
  )

  it('[T13] two tools that end while they speak are asked about once', async () => {
    const line = createModelledLine()
    line.service.habits.answer = ({ number }) =>
      number === 1
        ? {
            calls: [
              { name: functionName, arguments: '{"a":1}' },
              { name: functionName, arguments: '{"b":2}' },
            ],
          }
        : {}
    await line.live()
    await line.turn('Two timers.')
    await line.until('both run', () => line.functions.running() === 2)
    const before = asked(line)
    await line.speak('And', 300)
    line.functions.finish('One.')
    await line.speak('also', 300)
    line.functions.finish('Two.')
    await line.speak('this.', 600)
    expect(asked(line)).toBe(before)
    await line.quiet(5_000)
    expect(line.service.responses.filter(({ status }) => status === 'completed')).toHaveLength(2)
    expect(line.service.responses.at(-1)?.open.flatMap(({ output }) => (output === '' ? [] : [output]))).toEqual([
      'One.',
      'Two.',
    ])
    await line.stop()
  })

  it('[T13] a tool that ends between two lines is asked about when they have done on the next one', async () => {
    const line = await withRunningTool('semantic')
    const next = line.service.session()
    next.line.reset()
    await line.speak('While the line', 300)
    line.functions.finish('It is set.')
    await line.speak('was away.', 900)
    expect(line.service.responses).toHaveLength(1)
    await line.quiet(5_000)
    expect(line.service.session().all('response.create').length).toBeLessThanOrEqual(1)
    expectOneAnswer(line, 'While the line was away.', 'It is set.')
    await line.stop()
  })

  it('[T13] nobody speaks: the output is asked about at once', async () => {
    const line = await withRunningTool('semantic')
    line.functions.finish('It is set.')
    await line.pass(300)
    expect(line.service.responses).toHaveLength(2)
    await line.stop()
  })
})
