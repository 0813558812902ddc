// The tools of a server as tools of ours. All that the server says about them is text from elsewhere; what they do is unknown,
// so each call asks, unless the person believes the server's word that a tool only reads.
import { plainWords } from '../../../core/agent/plain.ts'
import { offeredName } from '../../../core/agent/tool-name.ts'
import type { McpServer } from '../../../core/settings.ts'
import { OutcomeUnknown, ToolError, type Tool, type ToolOutput } from '../tool.ts'
import type { ServerTool } from './listed-tool.ts'
import type { ToolServer } from './server.ts'

/** A tool, and what it was switched on as. */
export interface SwitchedTool {
  tool: Tool
  /** Changes with the server and with what it says of the tool: what was switched on is not what it has become. */
  key: string
}

/** @param taken names that are given away; these are added to it */
export function toolsOf(server: ToolServer, taken: Set<string>): SwitchedTool[] {
  return server.tools().flatMap((offered) => {
    const name = offeredName(server.settings.name, offered.name, taken)
    if (name === null) return []
    taken.add(name)
    return [{ tool: toolOf(server, offered, name), key: `${name}@${offered.digest}` }]
  })
}

function toolOf(server: ToolServer, offered: ServerTool, name: string): Tool {
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
      describe: `Using ${own} of ${from}`,
      settle: () =>
        Promise.resolve({
          question: `Let the server ${from} do “${own}” with these arguments?`,
          facts: [
            { name: 'Server', value: whereOf(server.settings) },
            { name: 'Tool', value: offered.name },
          ],
          identity: null,
          run: (signal: AbortSignal) => run(server, offered, { given, onlyReads }, signal),
        }),
    }),
  }
}

async function run(
  server: ToolServer,
  offered: ServerTool,
  { given, onlyReads }: { given: Record<string, unknown>; onlyReads: boolean },
  signal: AbortSignal,
): Promise<ToolOutput> {
  const { name } = server.settings
  const untrusted = `the server ${name}`
  const answer = await server.call(offered.name, given, signal)
  switch (answer?.type) {
    case undefined:
      throw new ToolError(`The server ${name} is not running. It is being started again; try once more in a moment.`)
    case 'result':
      if (answer.isError) throw new ToolError(`The server ${name} reports an error.`, { text: answer.text, untrusted })
      return { text: answer.text, untrusted }
    case 'refused':
      throw new ToolError(`The server ${name} refused.`, { text: answer.message, untrusted })
    case 'lost':
      if (onlyReads) throw new ToolError(`The server ${name} stopped in the middle. It is being started again.`)
      throw new OutcomeUnknown(
        `The server ${name} stopped in the middle, so it is not known whether this was done. It is being started again.`,
      )
  }
}

function whereOf(settings: McpServer): string {
  return settings.kind === 'http' ? settings.url : [settings.command, ...settings.args].join(' ')
}
