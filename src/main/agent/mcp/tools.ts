// The tools of a server as tools of ours. All that the server says about them is text from elsewhere; what they do is unknown,
// so each call asks, unless the person believes the server's word that a tool only reads.
import { plainWords } from '../../../core/agent/plain.ts'
import type { LeftOut } from '../../../core/agent/tool-server.ts'
import { offeredName } from '../../../core/agent/tool-name.ts'
import { wording } from '../../../core/language/wording.ts'
import type { McpServer } from '../../../core/settings.ts'
import { OutcomeUnknown, ToolError, type Tool, type ToolOutput } from '../tool.ts'
import { readCall } from './answer.ts'
import type { ServerQuestion } from './connection.ts'
import { ownQuestions, type Askable } from './questions.ts'
import type { ToolServer } from './server.ts'

/** A tool, and what it was switched on as. */
export interface SwitchedTool {
  tool: Tool
  /** Changes with the server and with what it says of the tool: what was switched on is not what it has become. */
  key: string
}

/** @param taken names that are given away; these are added to it */
export function toolsOf(server: ToolServer, taken: Set<string>): { tools: SwitchedTool[]; leftOut: LeftOut[] } {
  const leftOut = [...server.leftOut()]
  const own = server.tools().map((offered): Askable => ({
    ...offered,
    question: (given) => ({ method: 'tools/call', params: { name: offered.name, arguments: given }, read: readCall }),
  }))
  const tools = [...own, ...ownQuestions(server.settings, server.has())].flatMap((offered) => {
    const name = offeredName(server.settings.name, offered.name)
    if (taken.has(name)) {
      leftOut.push({ name: plainWords(offered.name, 60), why: 'its name comes to the same as another tool’s' })
      return []
    }
    taken.add(name)
    return [{ tool: toolOf(server, offered, name), key: `${name}@${offered.digest}` }]
  })
  return { tools, leftOut }
}

function toolOf(server: ToolServer, offered: Askable, name: string): Tool {
  const { name: from, trustsHints } = server.settings
  const onlyReads = trustsHints && offered.saysItOnlyReads
  const own = plainWords(offered.name, 60)
  return {
    name,
    from,
    description: `${offered.description} (as the server ${from} says of it)`,
    risk: onlyReads ? 'reads' : 'sends',
    asks: onlyReads ? 'after-untrusted' : 'always',
    parameters: offered.inputSchema,
    prepare: (given) => ({
      arguments: given,
      describe: wording('step.usingOf', { name: own, place: from }),
      settle: () =>
        Promise.resolve({
          question: wording('ask.server', { name: from, words: own }),
          facts: [
            { name: 'Server', value: whereOf(server.settings) },
            { name: 'Tool', value: offered.name },
          ],
          identity: null,
          run: (signal: AbortSignal) => run(server, offered.question(given), onlyReads, signal),
        }),
    }),
  }
}

async function run(
  server: ToolServer,
  question: ServerQuestion,
  onlyReads: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  const { name } = server.settings
  const untrusted = `the server ${name}`
  const answer = await server.ask(question, signal)
  switch (answer?.type) {
    case undefined:
      throw new ToolError(awayWords(server))
    case 'result':
      if (answer.isError) throw new ToolError(`The server ${name} reports an error.`, { text: answer.text, untrusted })
      return { text: answer.text, untrusted }
    case 'refused':
      throw new ToolError(`The server ${name} refused.`, { text: answer.message, untrusted })
    case 'unreadable': {
      const what = `The server ${name} answered something that can’t be read`
      if (onlyReads) throw new ToolError(`${what}.`)
      throw new OutcomeUnknown(`${what}, so it is not known whether this was done.`)
    }
    case 'lost':
      if (onlyReads) throw new ToolError(`The server ${name} stopped in the middle. It is being started again.`)
      throw new OutcomeUnknown(
        `The server ${name} stopped in the middle, so it is not known whether this was done. It is being started again.`,
      )
  }
}

/** What the model, and through it the person, is told of one that can't be asked now. */
function awayWords(server: ToolServer): string {
  const { name } = server.settings
  switch (server.state()) {
    case 'failed':
      return `The server ${name} is not running and is not started again by itself. It can be restarted under Tools.`
    case 'sign-in':
      return `The server ${name} wants to know who the person is: they can sign in under Tools.`
    default:
      return `The server ${name} is not running. It is being started again; try once more in a moment.`
  }
}

function whereOf(settings: McpServer): string {
  return settings.kind === 'http' ? settings.url : [settings.command, ...settings.args].join(' ')
}
