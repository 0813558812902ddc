// Sixty everyday questions to the engine without a model, asked in writing over the Realtime protocol with the tools that
// Parley gives its voice. `PARLEY_TABLE=1` prints the table.
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMind } from '../../../src/engine/mind/mind.ts'
import { connect } from '../../support/realtime-client.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { startEmbeddedAgent } from '../../support/embedded-agent.ts'
import { systemClock } from '../../../src/engine/clock.ts'
import { everyday, type Kind, type Line } from './everyday.ts'

const tool = (name: string, required: string[] = []): object => ({
  type: 'function',
  name,
  description: name,
  parameters: { type: 'object', properties: { task: { type: 'string' } }, required },
})
const tools = [tool('ask_agent', ['task']), tool('task_status'), tool('cancel_task')]
/** What anybody waits for an answer without wondering; one takes some milliseconds. */
const longestMs = 3_000

interface Row {
  line: Line
  answer: string
  calls: string[]
  tookMs: number
}

async function hold(lines: readonly Line[]): Promise<Row[]> {
  const mind = createMind({ dataDir: null, clock: systemClock, random: seededRandom(1), localModel: null })
  onTestFinished(() => mind.close())
  const engine = await startEmbeddedAgent({ mind })
  onTestFinished(() => engine.close())
  const client = connect(engine.url)
  client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'], tools } })
  const rows: Row[] = []
  for (const line of lines) {
    const content = [{ type: 'input_text', text: line[0] }]
    client.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } })
    const askedMs = performance.now()
    client.send({ type: 'response.create' })
    const { response } = (await client.next('response.done')) as unknown as { response: { output: Output[] } }
    const calls = response.output.flatMap((item) => (item.type === 'function_call' ? [item.name ?? ''] : []))
    const answer = response.output.flatMap(({ content: parts = [] }) => parts.map(({ text }) => text)).join('')
    rows.push({ line, answer, calls, tookMs: performance.now() - askedMs })
  }
  client.close()
  return rows
}

interface Output {
  type: string
  name?: string
  content?: { text: string }[]
}

describe('everyday questions without a model', () => {
  it('[M17] each is answered, followed up or honestly declined, at once, and no task is made of one', async () => {
    const rows: Row[] = []
    // One after the other, so that each takes its own time only.
    for (const lines of everyday) rows.push(...(await hold(lines)))
    expect(rows).toHaveLength(60)
    if (process.env['PARLEY_TABLE'] !== undefined) console.log(tableOf(rows))
    for (const { line, answer, calls } of rows) {
      expect(calls, line[0]).toEqual([])
      expect(answer, line[0]).toMatch(line[2])
    }
    expect(Math.max(...rows.map(({ tookMs }) => tookMs))).toBeLessThan(longestMs)
    // The way to a model is told once a day: in two of the conversations something was declined that a model can do.
    expect(rows.filter(({ answer }) => /Connect a key|Verbinde einen|Conecta una/.test(answer)).length).toBe(2)
  })
})

function tableOf(rows: readonly Row[]): string {
  const count = (kind: Kind): number => rows.filter(({ line }) => line[1] === kind).length
  const longest = Math.max(...rows.map(({ tookMs }) => tookMs))
  return [
    ...rows.map(
      ({ line, answer, tookMs }) =>
        `${line[1].padEnd(11)} ${tookMs.toFixed(0).padStart(4)} ms  ${line[0]}  →  ${answer}`,
    ),
    `answered ${count('answered')}, followed up ${count('followed up')}, declined ${count('declined')}; tasks ${rows.filter(({ calls }) => calls.length > 0).length}; longest ${longest.toFixed(0)} ms`,
  ].join('\n')
}
