// A tool as a server lists it, cut down to what is used and looked at once: however much a server says, what is kept is bounded.
import { createHash } from 'node:crypto'
import { isShallow } from '../../../core/agent/arguments.ts'
import { serverLimits } from '../../../core/agent/limits.ts'
import { plainWords } from '../../../core/agent/plain.ts'
import type { McpServer } from '../../../core/settings.ts'

export interface ServerTool {
  name: string
  /** Plain words, cut. */
  description: string
  inputSchema: unknown
  /** What the server says of itself; believed only if the person says so. */
  saysItOnlyReads: boolean
  /** Of the server and of all that it says of the tool: what was switched on is not what it has become. */
  digest: string
  /** What was kept of it, in characters. */
  size: number
}

export interface OfferedTool {
  name: string
  description?: string | undefined
  inputSchema: unknown
  annotations?: { readOnlyHint?: boolean | undefined } | undefined
}

/** Null for one that can't be used: a name or a schema beyond the limits. */
export function listedTool(server: McpServer, offered: OfferedTool): ServerTool | null {
  const { name, description = '', inputSchema, annotations } = offered
  if (name.length > serverLimits.nameCharacters || !isUsable(inputSchema)) return null
  const saysItOnlyReads = annotations?.readOnlyHint === true
  const where = server.kind === 'stdio' ? [server.command, server.args] : [server.url]
  const digest = createHash('sha256')
    .update(JSON.stringify([where, description, inputSchema, saysItOnlyReads]))
    .digest('hex')
    .slice(0, 16)
  // Far more than is shown is not looked through.
  const plain = plainWords(
    description.slice(0, 4 * serverLimits.descriptionCharacters),
    serverLimits.descriptionCharacters,
  )
  const size = name.length + plain.length + JSON.stringify(inputSchema).length
  return { name, description: plain, inputSchema, saysItOnlyReads, digest, size }
}

function isUsable(schema: unknown): boolean {
  return (
    typeof schema === 'object' &&
    schema !== null &&
    'type' in schema &&
    schema.type === 'object' &&
    isShallow(schema) &&
    JSON.stringify(schema).length <= serverLimits.schemaCharacters
  )
}

export interface Shelf {
  tools: ServerTool[]
  /** False when there was more than is kept. */
  isWhole: boolean
}

/** Adds a page to what was listed before it. `isWhole` false: nothing more is to be asked for. */
export function addPage({ tools }: Shelf, page: readonly (ServerTool | null)[]): Shelf {
  const kept = [...tools]
  let size = kept.reduce((sum, tool) => sum + tool.size, 0)
  for (const tool of page) {
    if (tool === null) continue
    size += tool.size
    if (kept.length >= serverLimits.tools || size > serverLimits.listedCharacters)
      return { tools: kept, isWhole: false }
    kept.push(tool)
  }
  return { tools: kept, isWhole: true }
}
