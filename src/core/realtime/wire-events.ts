// The server events that Parley acts on: only the fields it uses, everything else on the wire is ignored (the service adds fields,
// such as `obfuscation`, without notice). How they are read from what is sent is read-event.ts. Field facts: the GA Realtime
// reference.
import type { Form } from './forms.ts'

/** Ids of items become ids of turns, which the record takes up to this length. */
export const longestItemId = 64
export const longestId = 512

export interface HeardPart {
  type: string
  text?: string | undefined
  transcript?: string | undefined
}

export interface HeardItem {
  id: string
  /** Any kind, also one that Parley has no use for: it stands in the conversation all the same. */
  type: string
  role?: string | undefined
  status?: string | undefined
  content?: HeardPart[] | undefined
  call_id?: string | undefined
  name?: string | undefined
  arguments?: string | undefined
  output?: string | undefined
}

export interface TokensByKind {
  text_tokens: number
  audio_tokens: number
  image_tokens: number
}

export interface HeardUsage {
  input_token_details: TokensByKind & { cached_tokens: number; cached_tokens_details?: TokensByKind | undefined }
  output_token_details: { text_tokens: number; audio_tokens: number }
}

/** Of what reads the person's words: in tokens, or by the length of the sound. */
export interface ReadingUsage {
  input_tokens: number
  output_tokens: number
  input_token_details?: { text_tokens: number } | undefined
  seconds: number
}

export interface HeardResponse {
  id: string
  status: string
  /** Null for one beside the conversation; absent where the service does not say. */
  conversation_id?: string | null | undefined
  metadata?: Record<string, string> | undefined
  status_details?: { reason?: string | undefined; error?: HeardFault | undefined } | undefined
  output: HeardItem[]
  usage?: HeardUsage | undefined
}

export interface HeardFault {
  code?: string | undefined
  message?: string | undefined
}

export interface HeardError {
  type?: string | undefined
  code?: string | undefined
  message: string
  param?: string | undefined
  event_id?: string | undefined
}

interface OfItem {
  item_id: string
}

interface OfPart extends OfItem {
  response_id: string
}

interface Placed {
  previous_item_id?: string | null | undefined
}

interface OfSession {
  /** `form`: absent for today's. */
  session: { id?: string | undefined; expires_at?: number | undefined; form?: Form }
}

interface Whole {
  response: HeardResponse
}

interface Member {
  response_id: string
  item: HeardItem
}

/** The fields of each event, beside its type. */
interface Heard {
  error: { error: HeardError }
  'session.created': OfSession
  'session.updated': OfSession
  'conversation.item.added': { item: HeardItem } & Placed
  'conversation.item.done': { item: HeardItem } & Placed
  'conversation.item.deleted': OfItem
  'conversation.item.truncated': OfItem
  'conversation.item.input_audio_transcription.delta': { delta: string } & OfItem
  'conversation.item.input_audio_transcription.completed': {
    transcript: string
    usage?: ReadingUsage | undefined
  } & OfItem
  'conversation.item.input_audio_transcription.failed': { error: HeardFault } & OfItem
  'input_audio_buffer.speech_started': { audio_start_ms: number } & OfItem
  'input_audio_buffer.speech_stopped': { audio_end_ms: number } & OfItem
  'input_audio_buffer.committed': OfItem & Placed
  'input_audio_buffer.cleared': object
  'response.created': Whole
  'response.done': Whole
  'response.output_item.added': Member
  'response.output_item.done': Member
  'response.output_text.delta': { delta: string } & OfPart
  'response.output_text.done': { text: string } & OfPart
  'response.output_audio.delta': { delta: string } & OfPart
  'response.output_audio.done': OfPart
  'response.output_audio_transcript.delta': { delta: string } & OfPart
  'response.output_audio_transcript.done': { transcript: string } & OfPart
}

export type HeardEvent = { [Type in keyof Heard]: { type: Type } & Heard[Type] }[keyof Heard]
export type HeardEventOf<T extends HeardEvent['type']> = Extract<HeardEvent, { type: T }>

/** What an event tells of a failure: by itself, or of a response that came to nothing. */
export function errorIn(event: HeardEvent): Pick<HeardError, 'code' | 'type'> | null {
  if (event.type === 'error') return event.error
  if (event.type !== 'response.done' || event.response.status !== 'failed') return null
  return event.response.status_details?.error ?? null
}
