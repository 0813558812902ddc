// How the events of the voice socket are read from what services send: strict in what comes of it, lenient in what they leave out,
// fill with null or call by its name of the beta. The events themselves are wire-events.ts.
import type { ReadEvent } from '../wire-frame.ts'
import { fieldsOf, idOf, listOf, numberOf, textOf, textsOf, type Fields, type Reading } from '../wire-values.ts'
import { askedWithKey } from './commands.ts'
import { formOf } from './forms.ts'
import { readingUsageOf, usageOf } from './read-usage.ts'
import {
  longestId,
  longestItemId,
  type HeardError,
  type HeardEvent,
  type HeardEventOf,
  type HeardFault,
  type HeardItem,
  type HeardPart,
  type HeardResponse,
} from './wire-events.ts'

type Type = HeardEvent['type']

const readers: { [One in Type]: (fields: Fields, reading: Reading) => HeardEventOf<One> | string } = {
  error: ({ error, ...beside }, reading) => ({ type: 'error', error: errorOf(error, beside, reading) }),
  'session.created': ({ session }, reading) => ({ type: 'session.created', session: sessionOf(session, reading) }),
  'session.updated': ({ session }, reading) => ({ type: 'session.updated', session: sessionOf(session, reading) }),
  'conversation.item.added': (fields, reading) => placed('conversation.item.added', fields, reading),
  'conversation.item.done': (fields, reading) => placed('conversation.item.done', fields, reading),
  'conversation.item.deleted': ofItem((item_id) => ({ type: 'conversation.item.deleted', item_id })),
  'conversation.item.truncated': ofItem((item_id) => ({ type: 'conversation.item.truncated', item_id })),
  'conversation.item.input_audio_transcription.delta': ofItem((item_id, { delta }, reading) => ({
    type: 'conversation.item.input_audio_transcription.delta',
    item_id,
    delta: textOf(delta, reading) ?? '',
  })),
  'conversation.item.input_audio_transcription.completed': ofItem((item_id, { transcript, usage }, reading) => ({
    type: 'conversation.item.input_audio_transcription.completed',
    item_id,
    transcript: textOf(transcript, reading) ?? '',
    usage: readingUsageOf(usage),
  })),
  'conversation.item.input_audio_transcription.failed': ofItem((item_id, { error }, reading) => ({
    type: 'conversation.item.input_audio_transcription.failed',
    item_id,
    error: faultOf(error, reading),
  })),
  // Where nothing is said of it, speech begins as early and ends as late as it can.
  // Some give what they hear no name: turn-names.ts does.
  'input_audio_buffer.speech_started': ({ item_id, audio_start_ms }, reading) => ({
    type: 'input_audio_buffer.speech_started',
    item_id: idOf(item_id, longestItemId, reading) ?? '',
    audio_start_ms: numberOf(audio_start_ms) ?? 0,
  }),
  'input_audio_buffer.speech_stopped': ({ item_id, audio_end_ms }, reading) => ({
    type: 'input_audio_buffer.speech_stopped',
    item_id: idOf(item_id, longestItemId, reading) ?? '',
    audio_end_ms: numberOf(audio_end_ms) ?? Number.MAX_SAFE_INTEGER,
  }),
  'input_audio_buffer.committed': ofItem((item_id, { previous_item_id }, reading) => ({
    type: 'input_audio_buffer.committed',
    item_id,
    ...behind(previous_item_id, reading),
  })),
  'input_audio_buffer.cleared': () => ({ type: 'input_audio_buffer.cleared' }),
  'response.created': ({ response }, reading) => {
    const known = responseOf(response, 'in_progress', reading)
    return known === null ? 'response.id' : { type: 'response.created', response: known }
  },
  'response.done': ({ response }, reading) => {
    const known = responseOf(response, 'completed', reading)
    return known === null ? 'response.id' : { type: 'response.done', response: known }
  },
  'response.output_item.added': (fields, reading) => ofResponse('response.output_item.added', fields, reading),
  'response.output_item.done': (fields, reading) => ofResponse('response.output_item.done', fields, reading),
  'response.output_text.delta': ofPart((part, { delta }, reading) => {
    const text = textOf(delta, reading)
    return text === undefined ? 'delta' : { type: 'response.output_text.delta', ...part, delta: text }
  }),
  'response.output_text.done': ofPart((part, { text }, reading) => ({
    type: 'response.output_text.done',
    ...part,
    text: textOf(text, reading) ?? '',
  })),
  // The decoder looks at every character of sound.
  'response.output_audio.delta': ofPart((part, { delta }) =>
    typeof delta === 'string' ? { type: 'response.output_audio.delta', ...part, delta } : 'delta',
  ),
  'response.output_audio.done': ofPart((part) => ({ type: 'response.output_audio.done', ...part })),
  'response.output_audio_transcript.delta': ofPart((part, { delta }, reading) => {
    const text = textOf(delta, reading)
    return text === undefined ? 'delta' : { type: 'response.output_audio_transcript.delta', ...part, delta: text }
  }),
  'response.output_audio_transcript.done': ofPart((part, { transcript }, reading) => ({
    type: 'response.output_audio_transcript.done',
    ...part,
    transcript: textOf(transcript, reading) ?? '',
  })),
}

/** As they are called today. */
export const eventTypes = Object.keys(readers) as readonly Type[]

/** What servers that speak the beta of the protocol call them. */
const olderNames: readonly (readonly [older: string, type: Type])[] = [
  ['conversation.item.created', 'conversation.item.added'],
  ['response.text.delta', 'response.output_text.delta'],
  ['response.text.done', 'response.output_text.done'],
  ['response.audio.delta', 'response.output_audio.delta'],
  ['response.audio.done', 'response.output_audio.done'],
  ['response.audio_transcript.delta', 'response.output_audio_transcript.delta'],
  ['response.audio_transcript.done', 'response.output_audio_transcript.done'],
]

export const eventReaders: ReadonlyMap<string, ReadEvent<HeardEvent>> = new Map<string, ReadEvent<HeardEvent>>([
  ...Object.entries(readers),
  ...olderNames.map(([older, type]) => [older, readers[type]] as const),
])

function ofItem<Event>(
  read: (item: string, fields: Fields, reading: Reading) => Event,
): (fields: Fields, reading: Reading) => Event | string {
  return (fields, reading) => {
    const item = idOf(fields['item_id'], longestItemId, reading)
    return item === null ? 'item_id' : read(item, fields, reading)
  }
}

function ofPart<Event>(
  read: (part: { response_id: string; item_id: string }, fields: Fields, reading: Reading) => Event | string,
): (fields: Fields, reading: Reading) => Event | string {
  return (fields, reading) => {
    const response_id = idOf(fields['response_id'], longestId, reading)
    if (response_id === null) return 'response_id'
    const item_id = idOf(fields['item_id'], longestItemId, reading)
    return item_id === null ? 'item_id' : read({ response_id, item_id }, fields, reading)
  }
}

function placed<One extends 'conversation.item.added' | 'conversation.item.done'>(
  type: One,
  { item, previous_item_id }: Fields,
  reading: Reading,
): { type: One; item: HeardItem; previous_item_id?: string } | string {
  const known = itemOf(item, reading)
  return known === null ? 'item.id' : { type, item: known, ...behind(previous_item_id, reading) }
}

function ofResponse<One extends 'response.output_item.added' | 'response.output_item.done'>(
  type: One,
  { response_id, item }: Fields,
  reading: Reading,
): { type: One; response_id: string; item: HeardItem } | string {
  const response = idOf(response_id, longestId, reading)
  if (response === null) return 'response_id'
  const known = itemOf(item, reading)
  return known === null ? 'item.id' : { type, response_id: response, item: known }
}

function behind(previous: unknown, reading: Reading): { previous_item_id?: string } {
  const id = idOf(previous, longestItemId, reading)
  return id === null ? {} : { previous_item_id: id }
}

function sessionOf(value: unknown, reading: Reading): HeardEventOf<'session.created'>['session'] {
  const fields = fieldsOf(value) ?? {}
  const form = formOf(fields)
  return {
    id: idOf(fields['id'], longestId, reading) ?? undefined,
    expires_at: numberOf(fields['expires_at']),
    ...(form === 'today' ? {} : { form }),
  }
}

/** Some say it as a sentence, some beside the type. */
function errorOf(value: unknown, beside: Fields, reading: Reading): HeardError {
  const fields = fieldsOf(value) ?? {
    ...beside,
    type: undefined,
    event_id: undefined,
    message: value ?? beside['message'],
  }
  return {
    type: textOf(fields['type'], reading),
    code: textOf(fields['code'], reading),
    message: textOf(fields['message'], reading) ?? '',
    param: textOf(fields['param'], reading),
    event_id: textOf(fields['event_id'], reading),
  }
}

function faultOf(value: unknown, reading: Reading): HeardFault {
  const fields = fieldsOf(value) ?? { message: value }
  return { code: textOf(fields['code'], reading), message: textOf(fields['message'], reading) }
}

const knownKinds: ReadonlySet<string> = new Set(['message', 'function_call', 'function_call_output'])

function itemOf(value: unknown, reading: Reading): HeardItem | null {
  const fields = fieldsOf(value)
  const id = idOf(fields?.['id'], longestItemId, reading)
  if (fields === null || id === null) return null
  const type = textOf(fields['type'], reading) ?? ''
  if (!knownKinds.has(type)) {
    reading.causes.push(`an item of the kind “${type.slice(0, 40)}” not used`)
    return { id, type }
  }
  return {
    id,
    type,
    role: textOf(fields['role'], reading),
    status: textOf(fields['status'], reading),
    content: listOf(fields['content'], 'a part of the content', reading, (part) => partOf(part, reading)),
    call_id: textOf(fields['call_id'], reading),
    name: textOf(fields['name'], reading),
    arguments: textOf(fields['arguments'], reading),
    output: textOf(fields['output'], reading),
  }
}

function partOf(value: unknown, reading: Reading): HeardPart | null {
  const fields = fieldsOf(value)
  if (fields === null) return null
  return {
    type: textOf(fields['type'], reading) ?? '',
    text: textOf(fields['text'], reading),
    transcript: textOf(fields['transcript'], reading),
  }
}

/** @param status where it does not say */
function responseOf(value: unknown, status: string, reading: Reading): HeardResponse | null {
  const fields = fieldsOf(value)
  const id = idOf(fields?.['id'], longestId, reading)
  if (fields === null || id === null) return null
  const metadata = textsOf(fields['metadata'], reading)
  const details = fieldsOf(fields['status_details'])
  return {
    id,
    status: textOf(fields['status'], reading) ?? status,
    ...conversationOf(fields['conversation_id'], metadata, reading),
    metadata,
    status_details: details
      ? {
          reason: textOf(details['reason'], reading),
          error: details['error'] ? faultOf(details['error'], reading) : undefined,
        }
      : undefined,
    output: listOf(fields['output'], 'an item without an id', reading, (one) => itemOf(one, reading)) ?? [],
    usage: usageOf(fields['usage']),
  }
}

/**
 * Null is what the service says of a response beside the conversation, and what others say of any. Only we ask for one beside
 * it, and never without metadata; whoever leaves those out as well says nothing by it.
 */
function conversationOf(
  value: unknown,
  metadata: Record<string, string> | undefined,
  reading: Reading,
): { conversation_id?: string | null | undefined } {
  if (value !== null) return { conversation_id: textOf(value, reading) }
  return metadata === undefined || askedWithKey in metadata ? {} : { conversation_id: null }
}
