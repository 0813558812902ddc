// What a response.create, or the body of POST /responses, asks for, checked field by field. A field that the published
// API does not know is refused, and so is one that the engine can't honour.
import { z } from 'zod'
import { refusalOf } from '../realtime/issue.ts'
import { readInput, isRefusal, type Given } from './input.ts'
import { refuse, refusedFields, type Refusal } from './refusals.ts'

const functionTool = z.object({
  type: z.literal('function'),
  name: z.string().regex(/^[\w-]{1,128}$/),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  strict: z.boolean().nullish(),
})
export type WireTool = z.infer<typeof functionTool>

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.object({ type: z.literal('function'), name: z.string().min(1) }),
])

/** The service takes nothing smaller. */
const leastThreshold = 1_000
const leastOutputTokens = 16

const ignored = z.unknown().optional()
const fields = z.strictObject({
  type: z.literal('response.create').optional(),
  stream_id: z.string().optional(),
  generate: z.boolean().optional(),
  model: z.string().nullish(),
  input: z.unknown().optional(),
  instructions: z.string().nullish(),
  previous_response_id: z.string().min(1).nullish(),
  store: z.boolean().nullish(),
  tools: z.array(functionTool).max(128).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_output_tokens: z.int().min(leastOutputTokens).nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
    .nullish(),
  context_management: z
    .array(z.strictObject({ type: z.literal('compaction'), compact_threshold: z.int().min(leastThreshold).nullish() }))
    .max(1)
    .nullish(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  text: z.object({ format: z.object({ type: z.literal('text') }).optional(), verbosity: ignored }).nullish(),
  background: z.literal(false).nullish(),
  conversation: z.null().optional(),
  prompt: z.null().optional(),
  access_programs: ignored,
  image: ignored,
  include: ignored,
  max_tool_calls: ignored,
  moderation: ignored,
  prompt_cache_key: ignored,
  prompt_cache_options: ignored,
  prompt_cache_retention: ignored,
  reasoning: ignored,
  safety_identifier: ignored,
  service_tier: ignored,
  stream_options: ignored,
  top_logprobs: ignored,
  user: ignored,
})

export interface CreateRequest {
  model: string
  input: Given[]
  instructions: string | null
  previous: string | null
  store: boolean
  tools: WireTool[]
  toolChoice: z.infer<typeof toolChoice>
  parallelCalls: boolean
  maxOutputTokens: number | null
  metadata: Record<string, string>
  /** Compact before answering when the context holds more tokens than this. */
  compactFrom: number | null
  truncation: 'auto' | 'disabled'
  temperature: number | null
  topP: number | null
  stream: boolean
  /** False only prepares the connection: no model output. */
  generate: boolean
}

/** Named as the service names its own, so that a client need not change. */
const servedModel = /^(?:gpt-|o\d)/

/** @param ownModel what the engine calls its mind */
export function readRequest(value: unknown, ownModel: string): CreateRequest | Refusal {
  const checked = fields.safeParse(value, { reportInput: true })
  if (!checked.success) return refusedFields(refusalOf(checked.error))
  const given = checked.data
  if (!given.model) return refuse.missing('model')
  if (given.model !== ownModel && !servedModel.test(given.model)) return refuse.model(given.model.slice(0, 100))
  const previous = given.previous_response_id ?? null
  const generate = given.generate ?? true
  if (given.input === undefined && previous === null && generate) return refuse.missing('input')
  const input = given.input === undefined ? [] : readInput(given.input)
  if (isRefusal(input)) return input
  return {
    model: given.model,
    input,
    instructions: given.instructions ?? null,
    previous,
    store: given.store ?? true,
    tools: given.tools ?? [],
    toolChoice: given.tool_choice ?? 'auto',
    parallelCalls: given.parallel_tool_calls ?? true,
    maxOutputTokens: given.max_output_tokens ?? null,
    metadata: given.metadata ?? {},
    compactFrom: given.context_management?.[0]?.compact_threshold ?? null,
    truncation: given.truncation ?? 'disabled',
    temperature: given.temperature ?? null,
    topP: given.top_p ?? null,
    stream: given.stream ?? false,
    generate,
  }
}

/** The previous response that even a request which can't be read refers to: its failure evicts that one, too. */
export function previousIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('previous_response_id' in value)) return null
  return typeof value.previous_response_id === 'string' ? value.previous_response_id : null
}
