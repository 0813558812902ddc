// Items as clients write them: what may be created and what is refused, in the service's words.
import { z } from 'zod'
import { refuse, type Refusal } from './errors.ts'
import { createId } from './ids.ts'
import { refusalOf } from './issue.ts'
import { decodeBase64, samplesOf } from './wire-audio.ts'
import type { Content, Item } from './wire.ts'

const maxIdLength = 32
const id = z.string().min(1).max(maxIdLength).optional()
const common = {
  id,
  object: z.literal('realtime.item').nullish(),
  status: z.enum(['completed', 'incomplete', 'in_progress']).nullish(),
}

const part = z.object({
  type: z.string(),
  text: z.string().nullish(),
  audio: z.string().nullish(),
  transcript: z.string().nullish(),
  image_url: z.string().nullish(),
})
const itemInput = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('message'),
    role: z.enum(['system', 'user', 'assistant']),
    content: z.array(part),
  }),
  z.object({
    ...common,
    type: z.literal('function_call'),
    name: z.string().min(1),
    arguments: z.string(),
    call_id: z.string().min(1).optional(),
  }),
  z.object({ ...common, type: z.literal('function_call_output'), call_id: z.string().min(1), output: z.string() }),
])
type Part = z.infer<typeof part>

const allowedParts = {
  system: ['input_text'],
  user: ['input_text', 'input_audio', 'input_image'],
  assistant: ['output_text'],
} as const

/** An item ready to be placed, with the samples of its audio, 24 kHz mono PCM16, when it has some. */
export interface ParsedItem {
  item: Item
  samples: Int16Array | null
}

/** @param at where the item stands in the client event, for the refusal's `param` */
export function parseItem(value: unknown, at: readonly PropertyKey[]): ParsedItem | Refusal {
  const checked = itemInput.safeParse(value, { reportInput: true })
  if (!checked.success) return refusalOf(checked.error, at)
  const given = checked.data
  const base = {
    id: given.id ?? createId('item'),
    object: 'realtime.item',
    status: given.status ?? 'completed',
  } as const
  switch (given.type) {
    case 'function_call':
      return {
        item: {
          ...base,
          type: 'function_call',
          call_id: given.call_id ?? createId('call'),
          name: given.name,
          arguments: given.arguments,
        },
        samples: null,
      }
    case 'function_call_output':
      return {
        item: { ...base, type: 'function_call_output', call_id: given.call_id, output: given.output },
        samples: null,
      }
    case 'message':
      return parseMessage({ ...base, type: 'message', role: given.role, content: [] }, given.content, at)
  }
}

function parseMessage(
  message: Item & { type: 'message' },
  parts: readonly Part[],
  at: readonly PropertyKey[],
): ParsedItem | Refusal {
  const pieces: Buffer[] = []
  for (const [index, given] of parts.entries()) {
    const where = `${[...at].map(String).join('.')}.content[${index}]`
    const allowed: readonly string[] = allowedParts[message.role]
    if (!allowed.includes(given.type)) return wrongPart(given.type, allowed, `${where}.type`)
    if (given.type === 'input_audio') {
      const bytes = decodeBase64(given.audio ?? '')
      if (!bytes || bytes.length === 0)
        return refuse.value(`${where}.audio`, `Invalid '${where}.audio': expected base64 audio.`)
      pieces.push(bytes)
    } else if (given.type === 'input_image') {
      if (!isPicture(given.image_url))
        return refuse.value(`${where}.image_url`, `Invalid '${where}.image_url': ${pictureWanted}.`)
    } else if (typeof given.text !== 'string') {
      return refuse.value(`${where}.text`, `Missing required parameter: '${where}.text'.`)
    }
    message.content.push(contentOf(given))
  }
  return { item: message, samples: pieces.length > 0 ? samplesOf(Buffer.concat(pieces)).samples : null }
}

const pictureWanted = 'expected a base64-encoded data URL with an image MIME type (PNG or JPEG)'

function isPicture(url: string | null | undefined): boolean {
  const data = /^data:image\/(?:png|jpeg);base64,/.exec(url ?? '')
  return data !== null && (decodeBase64((url ?? '').slice(data[0].length))?.length ?? 0) > 0
}

function contentOf(given: Part): Content {
  if (given.type === 'input_image') return { type: 'input_image' }
  if (given.type === 'input_audio') return { type: 'input_audio', transcript: given.transcript ?? null }
  return { type: given.type === 'output_text' ? 'output_text' : 'input_text', text: given.text ?? '' }
}

function wrongPart(type: string, allowed: readonly string[], param: string): Refusal {
  const values = allowed.map((value) => `'${value}'`)
  return refuse.value(
    param,
    values.length === 1
      ? `Invalid value: '${type}'. Value must be ${values[0] ?? ''}.`
      : `Invalid value: '${type}'. Supported values are: ${values.join(' and ')}.`,
  )
}
