// What a response.create may ask for, checked and joined with the session it is asked on.
import { z } from 'zod'
import type { Ask, MindTool } from '../ports.ts'
import { refuse, type Refusal } from './errors.ts'
import { refusalOf } from './issue.ts'
import { parseItem, type ParsedItem } from './item-input.ts'
import type { Items } from './conversation.ts'
import type { SessionConfig } from './session-config.ts'
import { audioFormat, functionTool, maxOutputTokens, outputModalities, toolChoice, voice } from './session-schema.ts'
import type { Modality } from './response-writer.ts'
import type { Item } from './wire.ts'

const responseParams = z.strictObject({
  conversation: z.enum(['auto', 'none']).nullish(),
  input: z.array(z.unknown()).nullish(),
  instructions: z.string().nullish(),
  output_modalities: outputModalities.nullish(),
  audio: z
    .strictObject({
      output: z.strictObject({ format: audioFormat.optional(), voice: voice.optional() }).optional(),
    })
    .nullish(),
  tools: z.array(functionTool).max(128).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  reasoning: z.unknown().optional(),
  max_output_tokens: maxOutputTokens.nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
    .nullish(),
  prompt: z.unknown().optional(),
})

const reference = z.object({ type: z.literal('item_reference'), id: z.string() })

export interface ResponsePlan {
  outOfBand: boolean
  /** The items it is made from; null means the conversation as it is when the response starts. */
  input: ParsedItem[] | null
  modality: Modality
  voice: string
  maxOutputTokens: number | 'inf'
  metadata: Record<string, string> | null
  instructions: string
  tools: MindTool[]
  toolChoice: Ask['toolChoice']
}

/** @param items the conversation, for references in `input` */
export function planResponse(wanted: unknown, session: SessionConfig, items: Items): ResponsePlan | Refusal {
  const checked = responseParams.safeParse(wanted ?? {}, { reportInput: true })
  if (!checked.success) return refusalOf(checked.error, ['response'])
  const given = checked.data
  const input = given.input ? parseInput(given.input, items) : null
  if (input && !Array.isArray(input)) return input
  const choice = given.tool_choice ?? session.tool_choice
  return {
    outOfBand: given.conversation === 'none',
    input,
    modality: (given.output_modalities ?? session.output_modalities)[0] ?? 'audio',
    voice: given.audio?.output?.voice ?? session.audio.output.voice,
    maxOutputTokens: given.max_output_tokens ?? session.max_output_tokens,
    metadata: given.metadata ?? null,
    instructions: given.instructions ?? session.instructions,
    tools: (given.tools ?? session.tools).map((tool) => ({
      name: tool.name,
      description: tool.description ?? '',
      parameters: tool.parameters ?? {},
    })),
    toolChoice: typeof choice === 'string' ? choice : { name: choice.name },
  }
}

function parseInput(input: readonly unknown[], items: Items): ParsedItem[] | Refusal {
  const parsed: ParsedItem[] = []
  for (const [index, value] of input.entries()) {
    const referred = reference.safeParse(value)
    const next = referred.success
      ? refer(items, referred.data.id, index)
      : parseItem(value, ['response', `input[${index}]`])
    if (!('item' in next)) return next
    parsed.push(next)
  }
  return parsed
}

function refer(items: Items, id: string, index: number): ParsedItem | Refusal {
  const item: Item | undefined = items.find((other) => other.id === id)
  if (item) return { item, samples: null }
  return refuse.value(`response.input[${index}].id`, `Item with id '${id}' does not exist in the conversation.`)
}
