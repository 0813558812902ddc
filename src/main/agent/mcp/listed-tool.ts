// A tool as a server lists it, cut down to what is used and looked at once: however much a server says, what is kept is bounded.
// One that can't be used is left out and named, and takes no other with it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isShallow } from '../../../core/agent/arguments.ts'
import { serverLimits } from '../../../core/agent/limits.ts'
import { modelSchema } from '../../../core/agent/model-schema.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import type { LeftOut } from '../../../core/agent/tool-server.ts'
import type { McpServer } from '../../../core/settings.ts'

export interface ServerTool {
  name: string
  /** Plain words, cut. */
  description: string
  /** As models take it. */
  inputSchema: unknown
  /** What the server says of itself; believed only if the person says so. */
  saysItOnlyReads: boolean
  /** Of the server and of all that it says of the tool: what was switched on is not what it has become. */
  digest: string
  /** What was kept of it, in characters. */
  size: number
}

/** Whatever is not as it should be besides the name and the schema is as good as not said. */
const offeredSchema = z.object({
  name: z.unknown().optional(),
  description: z.string().catch(''),
  inputSchema: z.unknown().optional(),
  annotations: z.object({ readOnlyHint: z.unknown().optional() }).nullish().catch(null),
})

export type ListedTool = { type: 'kept'; tool: ServerTool } | { type: 'left-out'; leftOut: LeftOut }

export function listedTool(server: McpServer, given: unknown): ListedTool {
  const offered = offeredSchema.safeParse(given)
  if (!offered.success) return leftOut('a tool', 'it is no description of a tool')
  const { name, description, inputSchema, annotations } = offered.data
  if (typeof name !== 'string' || name.trim() === '') return leftOut('a tool', 'it has no name')
  if (name.length > serverLimits.nameCharacters) return leftOut(name, 'its name is too long')
  if (/\p{C}/u.test(name)) return leftOut(name, 'its name has characters that can’t be seen')
  // What is deeper breaks whoever writes it down.
  if (!isShallow(inputSchema, serverLimits.schemaDepth)) return leftOut(name, 'its schema is nested too deeply')
  const schema = modelSchema(inputSchema)
  if (schema.type === 'refused') return leftOut(name, schema.why)
  const saysItOnlyReads = annotations?.readOnlyHint === true
  const digest = digestOf(server, [description, inputSchema, saysItOnlyReads])
  // Far more than is shown is not looked through.
  const plain = plainWords(
    description.slice(0, 4 * serverLimits.descriptionCharacters),
    serverLimits.descriptionCharacters,
  )
  const size = name.length + plain.length + JSON.stringify(schema.schema).length
  const tool = { name, description: plain, inputSchema: schema.schema, saysItOnlyReads, digest, size }
  return { type: 'kept', tool }
}

/** Of where the server is, and of what it says there. */
export function digestOf(server: McpServer, said: readonly unknown[]): string {
  const where = server.kind === 'stdio' ? [server.command, server.args] : [server.url]
  return createHash('sha256')
    .update(JSON.stringify([where, ...said]))
    .digest('hex')
    .slice(0, 16)
}

function leftOut(name: string, why: string): ListedTool {
  return { type: 'left-out', leftOut: { name: plainWords(name.slice(0, 400), 60), why } }
}

export interface ListedTools {
  tools: ServerTool[]
  leftOut: LeftOut[]
  /** False when there was more than is kept. */
  isWhole: boolean
}

export const emptyListing: ListedTools = { tools: [], leftOut: [], isWhole: true }

/** Adds a page to what was listed before it. `isWhole` false: nothing more is to be asked for. */
export function addPage(before: ListedTools, page: readonly ListedTool[]): ListedTools {
  const tools = [...before.tools]
  const without = [...before.leftOut]
  const leave = (one: LeftOut): void => {
    if (without.length < serverLimits.leftOut) without.push(one)
  }
  const names = new Set(tools.map(({ name }) => name))
  let size = tools.reduce((sum, tool) => sum + tool.size, 0)
  for (const listed of page) {
    if (listed.type === 'left-out') {
      leave(listed.leftOut)
      continue
    }
    const { tool } = listed
    if (names.has(tool.name)) {
      leave({ name: plainWords(tool.name, 60), why: 'another tool of the server has the same name' })
      continue
    }
    size += tool.size
    if (tools.length >= serverLimits.tools || size > serverLimits.listedCharacters)
      return { tools, leftOut: without, isWhole: false }
    names.add(tool.name)
    tools.push(tool)
  }
  return { tools, leftOut: without, isWhole: true }
}
