// What Parley sends on a Responses socket. Instructions and tools go with every request, since a server does not carry them
// over; nothing is stored there.
import type { Effort } from '../realtime/commands.ts'
import type { Picture } from '../pictures/picture.ts'
import type { FunctionTool } from '../realtime/events.ts'
import { planTurn, type Chain } from './chain.ts'
import { userMessage, type Item } from './item.ts'

export interface AgentConfig {
  model: string
  instructions: string
  /** When a turn took in this many tokens, what lies before it is compacted. */
  compactAtTokens: number
  /** What is null or absent is not sent: it is left to the service. */
  effort?: Effort | null
  /** Requests with the same key are sent to where what they share is cached. */
  cacheKey?: string | null
  /** The service itself may search the web. */
  webSearch?: boolean
}

export interface CreateRequest {
  type: 'response.create'
  model: string
  store: false
  previous_response_id: string | null
  instructions: string
  input: readonly Item[]
  tools: readonly object[]
  parallel_tool_calls: true
  reasoning?: { effort: Effort }
  prompt_cache_key?: string
  /** Without an answer, only so that the server knows what comes with the next request. */
  generate?: false
  context_management?: readonly { type: 'compaction'; compact_threshold: number }[]
  stream_id?: string
}

/** The service closes a socket at 16 MiB in one frame. */
export const largestRequestBytes = 15 * 1024 * 1024

export function createRequest(
  chain: Chain,
  place: string | null,
  config: AgentConfig,
  tools: readonly FunctionTool[],
  managesContext: boolean,
): CreateRequest {
  const { previous, input } = planTurn(chain, place)
  const request = requestOf(config, tools, previous, input)
  if (!managesContext) return request
  return { ...request, context_management: [{ type: 'compaction', compact_threshold: config.compactAtTokens }] }
}

export function warmRequest(config: AgentConfig, tools: readonly FunctionTool[]): CreateRequest {
  return { ...requestOf(config, tools, null, []), generate: false }
}

function requestOf(
  { model, instructions, effort = null, cacheKey = null, webSearch = false }: AgentConfig,
  tools: readonly FunctionTool[],
  previous: string | null,
  input: readonly Item[],
): CreateRequest {
  return {
    type: 'response.create',
    model,
    store: false,
    previous_response_id: previous,
    instructions,
    input,
    tools: [...tools.map(wireTool), ...(webSearch ? [{ type: 'web_search' }] : [])],
    parallel_tool_calls: true,
    ...(effort === null ? {} : { reasoning: { effort } }),
    ...(cacheKey === null ? {} : { prompt_cache_key: cacheKey }),
  }
}

/** Not `strict`: that mode forbids optional arguments, which the tools of others have. */
function wireTool({ name, description, parameters }: FunctionTool): object {
  return { type: 'function', name, description: description ?? '', parameters: parameters ?? {}, strict: false }
}

/** The first message of a task. What was said before is quoted as data, and what stands in a picture is no more. */
export function taskMessage(request: string, context: string, pictures: readonly Picture[] = []): Item {
  const told = context.trim() === '' ? '' : `\n\nWhat was said before, for your understanding only:\n${context.trim()}`
  return userMessage(`${request}${told}`, pictures)
}

export const goOn: Item = userMessage(
  'Go on with the task from where it stands. What has an output above was done and must not be done twice.',
)
