// The server events that Parley acts on, as schemas: only the fields it uses are picked, everything else on the wire is
// ignored (the service adds fields, such as `obfuscation`, without notice). Field facts: the GA Realtime reference.
import { z } from 'zod'

/** Ids of items become ids of turns, which the record takes up to this length. */
const itemId = z.string().min(1).max(64)
/** One that can't be a turn's is as good as none. */
const previousId = itemId.nullish().catch(null)
const id = z.string().min(1).max(512)
const nullableText = z.string().nullish()

const contentPart = z.object({ type: z.string(), text: nullableText, transcript: nullableText })

const item = z.object({
  id: itemId,
  type: z.string(),
  role: z.string().optional(),
  status: z.string().optional(),
  content: z.array(contentPart).optional(),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: z.string().optional(),
})
export type HeardItem = z.infer<typeof item>

const count = z.number().int().nonnegative().catch(0).default(0)
const modalities = { text_tokens: count, audio_tokens: count, image_tokens: count }
const noModalities = { text_tokens: 0, audio_tokens: 0, image_tokens: 0 }
const usage = z.object({
  input_token_details: z
    .object({
      ...modalities,
      cached_tokens: count,
      cached_tokens_details: z.object(modalities).nullish().catch(null),
    })
    .default({ ...noModalities, cached_tokens: 0 }),
  output_token_details: z
    .object({ text_tokens: count, audio_tokens: count })
    .default({ text_tokens: 0, audio_tokens: 0 }),
})

/** Of what reads the person's words: in tokens, or by the length of the sound. */
const readingUsage = z.object({
  input_tokens: count,
  output_tokens: count,
  input_token_details: z.object({ text_tokens: count }).nullish().catch(null),
  seconds: z.number().nonnegative().catch(0).default(0),
})
export type ReadingUsage = z.infer<typeof readingUsage>

const response = z.object({
  id,
  status: z.string(),
  conversation_id: nullableText,
  metadata: z.record(z.string(), z.string()).nullish().catch(null),
  status_details: z
    .object({
      reason: nullableText,
      error: z.object({ code: nullableText, message: nullableText }).nullish(),
    })
    .nullish(),
  output: z.array(item).default([]),
  usage: usage.nullish(),
})
export type HeardResponse = z.infer<typeof response>

const ofPart = { response_id: id, item_id: itemId }

export const heardEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('error'),
    error: z.object({
      type: nullableText,
      code: nullableText,
      message: z.string().default(''),
      param: nullableText,
      event_id: nullableText,
    }),
  }),
  z.object({
    type: z.literal('session.created'),
    session: z.object({ id: id.optional(), expires_at: z.number().nullish() }),
  }),
  z.object({
    type: z.literal('session.updated'),
    session: z.object({ id: id.optional(), expires_at: z.number().nullish() }),
  }),
  z.object({ type: z.literal('conversation.item.added'), item, previous_item_id: previousId }),
  z.object({ type: z.literal('conversation.item.done'), item, previous_item_id: previousId }),
  z.object({ type: z.literal('conversation.item.deleted'), item_id: itemId }),
  z.object({ type: z.literal('conversation.item.truncated'), item_id: itemId, audio_end_ms: z.number() }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.delta'),
    item_id: itemId,
    delta: z.string().default(''),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    item_id: itemId,
    transcript: z.string(),
    usage: readingUsage.nullish().catch(null),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.failed'),
    item_id: itemId,
    error: z.object({ code: nullableText, message: nullableText }).default({}),
  }),
  z.object({ type: z.literal('input_audio_buffer.speech_started'), item_id: itemId, audio_start_ms: z.number() }),
  z.object({ type: z.literal('input_audio_buffer.speech_stopped'), item_id: itemId, audio_end_ms: z.number() }),
  z.object({ type: z.literal('input_audio_buffer.committed'), item_id: itemId, previous_item_id: previousId }),
  z.object({ type: z.literal('input_audio_buffer.cleared') }),
  z.object({ type: z.literal('response.created'), response }),
  z.object({ type: z.literal('response.done'), response }),
  z.object({ type: z.literal('response.output_item.added'), response_id: id, item }),
  z.object({ type: z.literal('response.output_item.done'), response_id: id, item }),
  z.object({ type: z.literal('response.output_text.delta'), ...ofPart, delta: z.string() }),
  z.object({ type: z.literal('response.output_text.done'), ...ofPart, text: z.string() }),
  z.object({ type: z.literal('response.output_audio.delta'), ...ofPart, delta: z.string() }),
  z.object({ type: z.literal('response.output_audio.done'), ...ofPart }),
  z.object({ type: z.literal('response.output_audio_transcript.delta'), ...ofPart, delta: z.string() }),
  z.object({ type: z.literal('response.output_audio_transcript.done'), ...ofPart, transcript: z.string() }),
])

export type HeardEvent = z.infer<typeof heardEventSchema>
export type HeardEventOf<T extends HeardEvent['type']> = Extract<HeardEvent, { type: T }>

export const heardEventTypes: ReadonlySet<string> = new Set(
  heardEventSchema.options.map((option) => option.shape.type.value),
)
