import { afterAll, describe, expect, it } from 'vitest'
import { dialects } from '../../support/dialects/all.ts'
import { rows, type Dialect, type Row } from '../../support/dialects/dialect.ts'
import { createModelledLine, type ModelledLine } from '../../support/modelled-line.ts'
import { functionName } from '../../support/service/functions.ts'
import type { Question } from '../../support/service/habits.ts'

/** Words of the person, each followed by words of the voice: nobody is left without an answer. */
function isAnswered(line: ModelledLine, words: string): boolean {
  const turns = line.turns()
  const at = turns.findIndex((turn) => turn.role === 'user' && turn.text.includes(words))
  return at !== -1 && turns.slice(at + 1).some(({ role, text }) => role === 'assistant' && text !== '')
}

async function answered(line: ModelledLine, words: string): Promise<void> {
  await line.until(`“${words}” is answered`, () => isAnswered(line, words) && line.session.isQuiet(), 25_000)
  const asked = line.turns().filter((turn) => turn.role === 'user' && turn.text.includes(words))
  expect(asked, 'one turn for what was said once').toHaveLength(1)
}

const contract: Record<Row, (line: ModelledLine) => Promise<void>> = {
  async connect() {},
  async 'voice turn'(line) {
    await line.turn('Good morning.')
    await answered(line, 'Good morning.')
  },
  async 'key turn'(line) {
    for (const words of ['By the key.', 'And once more.']) {
      await line.pressTurn(words)
      await answered(line, words)
    }
    expect(
      line.turns().filter(({ role }) => role === 'assistant'),
      'an answer each',
    ).toHaveLength(2)
  },
  async 'typed turn'(line) {
    await line.session.say('In writing.')
    await answered(line, 'In writing.')
  },
  async 'barge-in'(line) {
    line.service.habits.answer = ({ number }: Question) => ({ audioMs: number === 1 ? 20_000 : 1_000 })
    await line.turn('Tell me everything.')
    await line.until('the voice speaks', () => line.turns().some(({ role }) => role === 'assistant'))
    await line.pass(1_500)
    await line.turn('Stop, something else.')
    await answered(line, 'Stop, something else.')
    const cut = line.turns().find(({ role }) => role === 'assistant')
    expect(cut?.state.type, 'the first answer is cut').toBe('cut')
  },
  async 'tool call'(line) {
    line.service.habits.answer = ({ number }: Question) =>
      number === 1 ? { calls: [{ name: functionName, arguments: '{"minutes":5}' }] } : {}
    await line.session.say('Set a timer.')
    await line.until('the function runs', () => line.functions.running() > 0)
    line.functions.finish('Five minutes.')
    await answered(line, 'Set a timer.')
  },
  async 'cut and restore'(line) {
    await line.session.say('Remember the blue one.')
    await answered(line, 'Remember the blue one.')
    line.service.session().line.reset()
    await line.nextLive(120_000)
    expect(holds(line, 'Remember the blue one.'), 'the next session has it').toBe(true)
    await line.session.say('Which one?')
    await answered(line, 'Which one?')
  },
  async 'hand-over'(line) {
    await line.session.say('Before the hour is over.')
    await answered(line, 'Before the hour is over.')
    const { number } = line.service.session()
    await line.pass(handOverSessionMs)
    await line.until('a later session is live', () => line.session.phase().type === 'live', 60_000)
    expect(line.service.session().number).toBeGreaterThan(number)
    expect(holds(line, 'Before the hour is over.'), 'the next session has it').toBe(true)
    await line.session.say('And after it.')
    await answered(line, 'And after it.')
  },
}

const handOverSessionMs = 7 * 60_000

function holds(line: ModelledLine, words: string): boolean {
  return line.service.session().items.some((item) => item.words.includes(words))
}

/** Every sentence that the person was told. */
function sentences(line: ModelledLine): string[] {
  const causes = line.heard('phase').flatMap((phase) => (phase.type === 'waiting' ? [phase.cause] : []))
  return [
    ...line.notices().map(({ message }) => message),
    ...line.heard('fatal').map(({ message }) => message),
    ...causes,
  ]
}

async function run(dialect: Dialect, row: Row): Promise<string> {
  const sessionMs = row === 'hand-over' ? handOverSessionMs : 60 * 60_000
  const line = createModelledLine({
    mode: row === 'key turn' ? 'manual' : 'semantic',
    config: dialect.config,
    habits: { ...dialect.habits(), sessionMs },
  })
  const cannot = dialect.cannot?.[row]
  try {
    if (cannot) {
      const told = (): string | undefined => sentences(line).find((sentence) => cannot.test(sentence))
      line.session.start()
      await line.until(
        'it is live, or said why not',
        () => line.session.phase().type === 'live' || told() !== undefined,
      )
      if (told() === undefined) await contract[row](line).catch(() => undefined)
      return told() ?? expect.fail(`Nothing like ${String(cannot)} was told, only: ${sentences(line).join(' | ')}`)
    }
    await line.live()
    await contract[row](line)
    return 'ok'
  } catch (error) {
    throw new Error(`${(error as Error).message}\ntold: ${sentences(line).join(' | ')}`, { cause: error })
  } finally {
    await line.stop()
  }
}

const table = new Map<string, string>()

describe.each(dialects)('$name', (dialect) => {
  it.each(rows)('[V220] %s: passes, or ends in the sentence that says what can’t be done', async (row) => {
    table.set(`${dialect.name} ${row}`, 'fails')
    table.set(`${dialect.name} ${row}`, await run(dialect, row))
  })
})

afterAll(() => {
  const cell = (name: string, row: Row): string => table.get(`${name} ${row}`) ?? '–'
  const lines = dialects.map(({ name }) => `| ${[name, ...rows.map((row) => cell(name, row))].join(' | ')} |`)
  console.log([`| server | ${rows.join(' | ')} |`, `| --- |${' --- |'.repeat(rows.length)}`, ...lines].join('\n'))
})
