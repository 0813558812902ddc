// A frame from the client as a checked event, or the refusal it earns. Nothing behind this file looks at raw input.
import { z } from 'zod'
import { isTooDeep, maxDepth } from '../depth.ts'
import { refuse, type Refusal } from './errors.ts'
import { refusalOf } from './issue.ts'

/** The service takes 15 MiB of audio in one append. */
const maxAudioLength = 15 * 1024 * 1024

const event_id = z.string().max(512).nullish()
const itemId = z.string().min(1)
const schemas = {
  'session.update': z.object({ type: z.literal('session.update'), event_id, session: z.unknown().optional() }),
  'input_audio_buffer.append': z.object({
    type: z.literal('input_audio_buffer.append'),
    event_id,
    audio: z.string().max(maxAudioLength),
  }),
  'input_audio_buffer.commit': z.object({ type: z.literal('input_audio_buffer.commit'), event_id }),
  'input_audio_buffer.clear': z.object({ type: z.literal('input_audio_buffer.clear'), event_id }),
  'conversation.item.create': z.object({
    type: z.literal('conversation.item.create'),
    event_id,
    item: z.unknown().optional(),
    previous_item_id: z.string().nullish(),
  }),
  'conversation.item.truncate': z.object({
    type: z.literal('conversation.item.truncate'),
    event_id,
    item_id: itemId,
    content_index: z.literal(0),
    audio_end_ms: z.int().min(0),
  }),
  'conversation.item.delete': z.object({ type: z.literal('conversation.item.delete'), event_id, item_id: itemId }),
  'conversation.item.retrieve': z.object({ type: z.literal('conversation.item.retrieve'), event_id, item_id: itemId }),
  'response.create': z.object({ type: z.literal('response.create'), event_id, response: z.unknown().optional() }),
  'response.cancel': z.object({ type: z.literal('response.cancel'), event_id, response_id: z.string().nullish() }),
} as const

type Known = keyof typeof schemas
export type ClientEvent = { [K in Known]: z.infer<(typeof schemas)[K]> }[Known]

const supported = Object.keys(schemas)
  .map((type) => `'${type}'`)
  .join(', ')

/** `eventId` is the client's own, to be named in the refusal; null when there is none. */
export type Received = { eventId: string | null } & ({ event: ClientEvent } | { refusal: Refusal })

export function parseClientEvent(text: string): Received {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { eventId: null, refusal: refuse.json() }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { eventId: null, refusal: refuse.json() }
  if (isTooDeep(value)) return { eventId: null, refusal: refuse.tooDeep(maxDepth) }
  const eventId = 'event_id' in value && typeof value.event_id === 'string' ? value.event_id.slice(0, 512) : null
  const type = 'type' in value ? value.type : undefined
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) {
    const name = typeof type === 'string' ? type.slice(0, 100) : typeof type
    return { eventId, refusal: refuse.value('type', `Invalid value: '${name}'. Supported values are: ${supported}.`) }
  }
  const checked = schemas[type as Known].safeParse(value, { reportInput: true })
  return checked.success ? { eventId, event: checked.data } : { eventId, refusal: refusalOf(checked.error) }
}
