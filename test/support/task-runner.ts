// Gives a mind a task and tools that work, and does every call it asks for until it answers, as a client of a chain does.
import { createMind } from '../../src/engine/mind/mind.ts'
import type { Memo, Mind, MindTool, Thought } from '../../src/engine/ports.ts'
import { createStillClock } from './still-clock.ts'

export interface WorkingTool extends MindTool {
  run(args: Record<string, unknown>): string | Promise<string>
}

export interface TaskRun {
  answer: string
  /** The answer says why it was not done. */
  isRefused: boolean
  /** `name {"arguments":…}`, in order; calls of one response are joined by ` + `. */
  calls: string[]
  memos: Memo[]
}

export const workingTool = (
  name: string,
  description: string,
  properties: Record<string, unknown>,
  run: WorkingTool['run'],
  required: string[] = Object.keys(properties),
): WorkingTool => ({ name, description, parameters: { type: 'object', properties, required }, run })

const mostRounds = 60

export async function runTask(
  request: string,
  tools: readonly WorkingTool[],
  mind: Mind = createMind({
    dataDir: null,
    clock: createStillClock(Date.UTC(2026, 10, 22, 18, 2)),
    random: () => 0,
    timeZone: 'UTC',
    localModel: null,
  }),
  memos: Memo[] = [],
): Promise<TaskRun> {
  memos.push({ type: 'message', role: 'user', text: request })
  const calls: string[] = []
  for (let round = 0; round < mostRounds; round++) {
    const thoughts: Thought[] = []
    const ask = { session: 's', memos: [...memos], instructions: '', tools, toolChoice: 'auto' as const }
    for await (const thought of mind.work({ ...ask, signal: new AbortController().signal })) thoughts.push(thought)
    const asked = thoughts.filter((thought) => thought.type === 'call')
    if (asked.length === 0) {
      const answer = thoughts.map((thought) => (thought.type === 'call' ? '' : thought.text)).join('')
      memos.push({ type: 'message', role: 'assistant', text: answer })
      return { answer, calls, memos, isRefused: thoughts.some(({ type }) => type === 'refusal') }
    }
    calls.push(asked.map(({ name, arguments: args }) => `${name} ${args}`).join(' + '))
    for (const [at, call] of asked.entries()) {
      const callId = `c${round}_${at}`
      memos.push({ type: 'call', callId, name: call.name, arguments: call.arguments })
      const tool = tools.find(({ name }) => name === call.name)
      const output = tool ? await tool.run(JSON.parse(call.arguments) as Record<string, unknown>) : 'unknown tool'
      memos.push({ type: 'result', callId, output })
    }
  }
  throw new Error(`No answer after ${mostRounds} rounds: ${calls.slice(-3).join('; ')}`)
}
