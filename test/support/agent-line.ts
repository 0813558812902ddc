// An agent as the app joins it: real sockets to a scripted service, the real toolbox with one tool that has an effect (a line in a
// file), a real ledger and real task logs in a folder.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { poolFigures } from '../../src/core/agent/policy.ts'
import type { TaskView } from '../../src/core/agent/task.ts'
import { systemClock } from '../../src/main/clock.ts'
import { createAgent, type AgentOpts, type RunningAgent } from '../../src/main/agent/agent.ts'
import { createCallLedger } from '../../src/main/agent/ledger.ts'
import { defineTool, type Tool } from '../../src/main/agent/tool.ts'
import { createToolbox } from '../../src/main/agent/toolbox.ts'
import { agentRequest } from '../../src/main/net/endpoint.ts'
import { openWebSocket } from '../../src/main/net/socket.ts'
import type { ConversationRecord } from '../../src/main/ports.ts'
import { diskFiles } from '../../src/main/store/files.ts'
import { createMemoryRecord, type MemoryRecord } from './memory-record.ts'
import { createScriptedResponses, type Script, type ScriptedResponses } from './scripted-responses.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { wording } from '../../src/core/language/wording.ts'

export interface AgentLine {
  agent: RunningAgent
  server: ScriptedResponses
  record: MemoryRecord
  /** Lines that the tool wrote, oldest first. */
  effects(): string[]
  /** Begins a task and waits for its end. */
  run(request: string): Promise<TaskView>
  /** Resolves when the task has ended. */
  ended(task: string): Promise<TaskView>
}

/** Appends a line to a file and is free to: what is tested is that it happens once. */
export function appendingTool(file: string): Tool {
  return defineTool({
    name: 'append',
    description: 'Appends a line.',
    risk: 'changes',
    asks: 'never',
    schema: z.object({ line: z.string() }),
    describe: ({ line }) => wording('step.using', { name: line }),
    run({ line }) {
      appendFileSync(file, `${line}\n`)
      return Promise.resolve({ text: `appended ${line}`, untrusted: null })
    },
  })
}

export function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}

let issued = 0
export const newTestId = (prefix: string): string => `${prefix}_${(++issued).toString(16)}`

export type AgentParts = Partial<AgentOpts> & { tools?: readonly Tool[] }

/** Without a server of its own: what joins an agent to one at `url`. */
export function joinAgent(
  url: string,
  folder: string,
  record: ConversationRecord,
  parts: AgentParts = {},
): RunningAgent {
  const ledger = createCallLedger(record)
  const clock = parts.clock ?? systemClock
  const tools = parts.tools ?? [appendingTool(join(folder, 'effects'))]
  return createAgent({
    clock,
    // Every wait is short, and none is nothing.
    random: () => 0.1,
    openSocket: openWebSocket,
    fetch,
    request: () => Promise.resolve(agentRequest({ baseUrl: url, key: 'key' })),
    record,
    toolbox: createToolbox({ clock, ledger, newId: newTestId, tools: () => tools, hasReadUntrusted: false }),
    ledger,
    files: diskFiles,
    folder: join(folder, 'tasks'),
    config: () => ({ model: 'test', instructions: 'Do what is asked.', compactAtTokens: 100_000 }),
    newId: newTestId,
    figures: { ...poolFigures, connectWithinMs: 5_000 },
    ...parts,
  })
}

/** Call it inside a test; it is closed when the test has ended. */
export async function startAgentLine(script: Script, parts: AgentParts = {}): Promise<AgentLine> {
  const folder = temporaryFolder()
  const server = await createScriptedResponses(script)
  const record = createMemoryRecord()
  const agent = joinAgent(server.url, folder, parts.record ?? record, parts)
  onTestFinished(async () => {
    await agent.stop()
    await server.close()
  })
  return {
    agent,
    server,
    record,
    effects: () => linesOf(join(folder, 'effects')),
    run: (request) => whenEnded(agent, agent.begin({ request, context: '' })),
    ended: (task) => whenEnded(agent, task),
  }
}

export function whenEnded(agent: RunningAgent, task: string): Promise<TaskView> {
  return whenTask(agent, task, ({ endedMs }) => endedMs !== null)
}

export function whenTask(agent: RunningAgent, task: string, is: (view: TaskView) => boolean): Promise<TaskView> {
  const now = agent.tasks().find(({ id }) => id === task)
  if (now && is(now)) return Promise.resolve(now)
  return new Promise((resolve) => {
    const undo = agent.onTask((view) => {
      if (view.id !== task || !is(view)) return
      undo()
      resolve(view)
    })
  })
}
