// A real tool server from npm, started as its makers start it, with its tools as a mind is given them.
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { onTestFinished } from 'vitest'
import type { WorkingTool } from './task-runner.ts'

const packages = fileURLToPath(new URL('../../node_modules/@modelcontextprotocol', import.meta.url))

/** Ends with the test that calls it. */
export async function startToolServer(
  name: 'server-everything' | 'server-filesystem',
  args: string[] = [],
): Promise<WorkingTool[]> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [`${packages}/${name}/dist/index.js`, ...args],
    stderr: 'ignore',
  })
  const client = new Client({ name: 'parley-test', version: '1' })
  onTestFinished(() => client.close())
  await client.connect(transport)
  const { tools } = await client.listTools()
  return tools.map((tool) => ({
    name: tool.name,
    description: tool.description ?? '',
    parameters: tool.inputSchema,
    async run(given) {
      const { content } = await client.callTool({ name: tool.name, arguments: given })
      return (content as { type: string; text?: string }[]).map(({ text }) => text ?? '').join('\n')
    },
  }))
}
