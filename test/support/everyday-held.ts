// Holds the everyday conversations (everyday.ts) against the engine without a model, in writing over the Realtime protocol
// with the tools that Parley gives its voice; and their table. What must come of them is the caller's to say.
import { systemClock } from '../../src/engine/clock.ts'
import { createMind } from '../../src/engine/mind/mind.ts'
import { startEmbeddedAgent } from './embedded-agent.ts'
import { everyday, type Kind, type Line } from './everyday.ts'
import { connect } from './realtime-client.ts'
import { seededRandom } from './seeded-random.ts'

export interface Row {
  line: Line
  /** Which one, from 0. */
  conversation: number
  answer: string
  /** Of the tools that were called for it. */
  calls: string[]
  tookMs: number
}

const tool = (name: string, required: string[] = []): object => ({
  type: 'function',
  name,
  description: name,
  parameters: { type: 'object', properties: { task: { type: 'string' } }, required },
})
const tools = [tool('ask_agent', ['task']), tool('task_status'), tool('cancel_task')]

/** One after the other, so that each takes its own time only. */
export async function holdEveryday(): Promise<Row[]> {
  const rows: Row[] = []
  for (const [conversation, lines] of everyday.entries()) rows.push(...(await hold(lines, conversation)))
  return rows
}

async function hold(lines: readonly Line[], conversation: number): Promise<Row[]> {
  const mind = createMind({ dataDir: null, clock: systemClock, random: seededRandom(1), localModel: null })
  const engine = await startEmbeddedAgent({ mind })
  const client = connect(engine.url)
  const rows: Row[] = []
  try {
    client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'], tools } })
    for (const line of lines) {
      const content = [{ type: 'input_text', text: line[0] }]
      client.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } })
      const askedMs = performance.now()
      client.send({ type: 'response.create' })
      const { response } = (await client.next('response.done')) as unknown as { response: { output: Output[] } }
      const calls = response.output.flatMap((item) => (item.type === 'function_call' ? [item.name ?? ''] : []))
      const answer = response.output.flatMap(({ content: parts = [] }) => parts.map(({ text }) => text)).join('')
      rows.push({ line, conversation, answer, calls, tookMs: performance.now() - askedMs })
    }
  } finally {
    client.close()
    await engine.close()
    await mind.close()
  }
  return rows
}

interface Output {
  type: string
  name?: string
  content?: { text: string }[]
}

/** Whether the answer is as it was meant, with no task made of the words. */
export const isAsMeant = ({ line, answer, calls }: Row): boolean => calls.length === 0 && line[2].test(answer)

/** A sentence that counts them. */
export function countOf(rows: readonly Row[]): string {
  const count = (kind: Kind): number => rows.filter((row) => row.line[1] === kind && isAsMeant(row)).length
  const tasks = rows.filter(({ calls }) => calls.length > 0).length
  const longestMs = Math.max(...rows.map(({ tookMs }) => tookMs))
  return (
    `${rows.length} questions: ${count('answered')} answered, ${count('followed up')} followed up, ${count('declined')} declined; ` +
    `${rows.filter((row) => !isAsMeant(row)).length} otherwise than meant; ${tasks} tasks made of one; the longest took ${(longestMs / 1_000).toFixed(3)} s.`
  )
}
