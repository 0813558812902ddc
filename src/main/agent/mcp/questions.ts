// What a server has besides tools, asked for as if it were tools: its resources (texts and files that it holds) and its prompts
// (texts that it has written for a model). They come from the server as its tools do, so the same rules hold.
import { z } from 'zod'
import type { McpServer } from '../../../core/settings.ts'
import { readContents, readPrompt, readPrompts, readResources, type Said } from './answer.ts'
import type { McpConnection, ServerQuestion } from './connection.ts'
import { digestOf, type ServerTool } from './listed-tool.ts'

/** One thing that a server can be asked for, a tool of its own or one of these. */
export interface Askable extends Omit<ServerTool, 'size'> {
  question(given: Record<string, unknown>): ServerQuestion
}

interface OwnQuestion {
  name: string
  of: keyof McpConnection['has']
  method: string
  description: string
  schema: z.ZodType
  read: (result: unknown) => Said | null
}

const cursor = z.object({ cursor: z.string().optional() })

const questions: readonly OwnQuestion[] = [
  {
    name: 'list_resources',
    of: 'resources',
    method: 'resources/list',
    description: 'Lists the texts and files that this server holds, one line each: address, name, description.',
    schema: cursor,
    read: readResources,
  },
  {
    name: 'list_resource_templates',
    of: 'resources',
    method: 'resources/templates/list',
    description: 'Lists patterns of addresses that this server can read, with places in braces to be filled in.',
    schema: cursor,
    read: readResources,
  },
  {
    name: 'read_resource',
    of: 'resources',
    method: 'resources/read',
    description: 'Reads one text that this server holds, by its address.',
    schema: z.object({ uri: z.string() }),
    read: readContents,
  },
  {
    name: 'list_prompts',
    of: 'prompts',
    method: 'prompts/list',
    description: 'Lists the prompts that this server offers, one line each: name, arguments, description.',
    schema: cursor,
    read: readPrompts,
  },
  {
    name: 'get_prompt',
    of: 'prompts',
    method: 'prompts/get',
    description: 'Gets the text of one of this server’s prompts, by its name.',
    schema: z.object({ name: z.string(), arguments: z.record(z.string(), z.string()).optional() }),
    read: readPrompt,
  },
]

export function ownQuestions(server: McpServer, has: McpConnection['has']): Askable[] {
  return questions
    .filter(({ of }) => has[of])
    .map(({ name, method, description, schema, read }) => {
      const { $schema: _, ...inputSchema } = z.toJSONSchema(schema, { io: 'input' })
      return {
        name,
        description,
        inputSchema,
        // The protocol says so, not the server; it is believed no more than a tool's own word.
        saysItOnlyReads: true,
        digest: digestOf(server, [method]),
        question: (params) => ({ method, params, read }),
      }
    })
}
