// A process that works at a task until it kills itself, at a named point in the life of a named call.
import { appendFileSync, fdatasyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { systemClock } from '../../src/main/clock.ts'
import { createAgent } from '../../src/main/agent/agent.ts'
import { createCallLedger } from '../../src/main/agent/ledger.ts'
import { defineTool } from '../../src/main/agent/tool.ts'
import { createToolbox } from '../../src/main/agent/toolbox.ts'
import { agentRequest } from '../../src/main/net/endpoint.ts'
import { openWebSocket } from '../../src/main/net/socket.ts'
import { openConversations } from '../../src/main/store/conversations.ts'
import { diskFiles } from '../../src/main/store/files.ts'
import { wording } from '../../src/core/language/wording.ts'

const [, , folder = '', url = '', point = '', at = ''] = process.argv

/** At once, as a power cut: nothing that is still in this process is written. */
function dieAt(here: string, call: string): void {
  if (here === point && call.endsWith(`.${at}`)) process.kill(process.pid, 'SIGKILL')
}

const store = await openConversations({ folder, clock: systemClock, random: Math.random })
const record = await store.open('one')
const ledger = createCallLedger(record)
let running = ''
const file = openSync(join(folder, 'effects'), 'a')
const append = defineTool({
  name: 'append',
  description: 'Appends a line.',
  risk: 'changes',
  asks: 'never',
  schema: z.object({ line: z.string() }),
  describe: ({ line }) => wording('step.using', { name: line }),
  run({ line }) {
    running = line.replace('line ', 'call_')
    dieAt('intent', `.${running}`)
    appendFileSync(file, `${line}\n`)
    fdatasyncSync(file)
    dieAt('executed', `.${running}`)
    return Promise.resolve({ text: `appended ${line}`, untrusted: null })
  },
})
const watched = {
  ...ledger,
  async asked(call: Parameters<typeof ledger.asked>[0]) {
    await ledger.asked(call)
    dieAt('asked', call.call)
  },
  async ended(call: string, outcome: Parameters<typeof ledger.ended>[1]) {
    await ledger.ended(call, outcome)
    dieAt('ended', call)
  },
}
let issued = 0
const newId = (prefix: string): string => `${prefix}_${++issued}`
const agent = createAgent({
  clock: systemClock,
  random: Math.random,
  openSocket: openWebSocket,
  fetch,
  request: () => Promise.resolve(agentRequest({ baseUrl: url, key: 'key' })),
  record,
  toolbox: createToolbox({
    clock: systemClock,
    ledger: watched,
    newId,
    tools: () => [append],
    hasReadUntrusted: false,
  }),
  ledger: watched,
  files: diskFiles,
  folder: join(folder, 'tasks'),
  config: () => ({ model: 'test', instructions: 'Do what is asked.', compactAtTokens: 100_000 }),
  newId,
})
agent.begin({ request: 'Append lines.', context: '' })
