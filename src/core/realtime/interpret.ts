// From the voice socket's events to what they mean: changes for the record, sound for the speaker, captions, and what to
// answer. One view per socket, so that nothing of an old session can be mistaken for the new one's. Pure.
import type { Change, Usage } from '../conversation/change.ts'
import type { ClientEvent } from './events.ts'
import type { HeardEvent, HeardEventOf, HeardItem, HeardResponse } from './wire-events.ts'
import { createResponse } from './commands.ts'
import { noResponses, responseCreated, responseDone, responseRefused, type ResponseQueue } from './responses.ts'

export interface SpeakingItem {
  response: string
  text: string
  receivedMs: number
  /** All its sound and words have arrived. */
  complete: boolean
}

export interface VoiceView {
  queue: ResponseQueue
  /** The item that will hold what the person is saying now. */
  hearing: string | null
  /** Words of the person's turns whose final transcript has not come. */
  reading: Readonly<Record<string, string>>
  /** The voice's items of this session. */
  speaking: Readonly<Record<string, SpeakingItem>>
  /** Responses that were interrupted: what still arrives of them is not played. */
  silenced: readonly string[]
  /** Items that have their turn already: restored, typed, or started before. */
  known: ReadonlySet<string>
}

export type Act =
  | { type: 'record'; changes: Change[] }
  /** Base64 of PCM16, 24 kHz mono. */
  | { type: 'play'; item: string; audio: string }
  | { type: 'finish'; item: string }
  /** The person speaks over the voice; the service cancels its response by itself. */
  | { type: 'interrupt' }
  | { type: 'caption'; role: 'user' | 'assistant'; item: string; text: string }
  | { type: 'hearing'; active: boolean }
  | { type: 'send'; event: ClientEvent }
  | { type: 'answered'; response: string; status: string }
  | { type: 'notice'; message: string }

export interface Interpreted {
  view: VoiceView
  acts: Act[]
}

export function beginView(known: Iterable<string>): VoiceView {
  return { queue: noResponses, hearing: null, reading: {}, speaking: {}, silenced: [], known: new Set(known) }
}

/** @param nextEventId the id for a `response.create` that may have to be sent */
export function interpret(view: VoiceView, event: HeardEvent, nextEventId: string): Interpreted {
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      return {
        view: silence({ ...view, hearing: event.item_id }),
        acts: [{ type: 'hearing', active: true }, { type: 'interrupt' }],
      }
    case 'input_audio_buffer.speech_stopped':
      return { view: { ...view, hearing: null }, acts: [{ type: 'hearing', active: false }] }
    case 'input_audio_buffer.committed':
      return startUserTurn(view, event)
    case 'conversation.item.input_audio_transcription.delta':
    case 'conversation.item.input_audio_transcription.completed':
    case 'conversation.item.input_audio_transcription.failed':
      return readWords(view, event)
    case 'conversation.item.added':
      return startVoiceTurn(view, event.item, event.previous_item_id ?? null)
    case 'conversation.item.deleted':
      return { view, acts: [{ type: 'record', changes: [{ type: 'turn-removed', turn: event.item_id }] }] }
    case 'response.output_audio.delta':
      return silenced(view, event.response_id)
        ? still(view)
        : { view, acts: [{ type: 'play', item: event.item_id, audio: event.delta }] }
    case 'response.output_audio.done':
      return { view, acts: [{ type: 'finish', item: event.item_id }] }
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return growWords(view, event.item_id, event.delta)
    case 'response.output_audio_transcript.done':
      return finishWords(view, event.item_id, event.transcript)
    case 'response.output_text.done':
      return finishWords(view, event.item_id, event.text)
    case 'response.created':
      return event.response.conversation_id === null
        ? still(view)
        : still({ ...view, queue: responseCreated(view.queue, event.response.id) })
    case 'response.done':
      return endResponse(view, event.response, nextEventId)
    case 'error':
      return refuse(view, event)
    case 'session.created':
    case 'session.updated':
    case 'conversation.item.done':
    case 'conversation.item.truncated':
    case 'input_audio_buffer.cleared':
    case 'response.output_item.added':
    case 'response.output_item.done':
      return still(view)
  }
}

/** Sound of an item has been taken by the speaker. */
export function receivedSound(view: VoiceView, item: string, ms: number): VoiceView {
  return alterSpeaking(view, item, (known) => ({ ...known, receivedMs: known.receivedMs + ms }))
}

/** From now on nothing that still arrives of the running response is played. */
export function silence(view: VoiceView): VoiceView {
  const { active } = view.queue
  return active.type === 'running' ? { ...view, silenced: [...view.silenced.slice(-15), active.response] } : view
}

/** What the record has to know when the socket is gone: words without an end, on both sides. */
export function loseLine(view: VoiceView): Change[] {
  const unread = Object.keys(view.reading).map((turn): Change => ({
    type: 'words-lost',
    turn,
    reason: 'The line broke before the words were understood.',
  }))
  const unsaid = Object.entries(view.speaking)
    .filter(([, item]) => !item.complete)
    .map(([turn, item]): Change => ({
      type: 'words-spoken',
      turn,
      text: item.text,
      audioMs: Math.round(item.receivedMs),
    }))
  return [...unread, ...unsaid]
}

const still = (view: VoiceView): Interpreted => ({ view, acts: [] })
const silenced = (view: VoiceView, response: string): boolean => view.silenced.includes(response)

function know(view: VoiceView, item: string): VoiceView {
  return { ...view, known: new Set([...view.known, item]) }
}

function alterSpeaking(view: VoiceView, item: string, alter: (known: SpeakingItem) => SpeakingItem): VoiceView {
  const known = view.speaking[item]
  return known ? { ...view, speaking: { ...view.speaking, [item]: alter(known) } } : view
}

function startUserTurn(view: VoiceView, event: HeardEventOf<'input_audio_buffer.committed'>): Interpreted {
  const item = event.item_id
  if (view.known.has(item)) return still(view)
  const after = event.previous_item_id ?? null
  return {
    view: { ...know(view, item), reading: { ...view.reading, [item]: '' } },
    acts: [{ type: 'record', changes: [{ type: 'turn-started', turn: item, role: 'user', via: 'voice', after }] }],
  }
}

type TranscriptionEvent = HeardEventOf<
  | 'conversation.item.input_audio_transcription.delta'
  | 'conversation.item.input_audio_transcription.completed'
  | 'conversation.item.input_audio_transcription.failed'
>

function readWords(view: VoiceView, event: TranscriptionEvent): Interpreted {
  const item = event.item_id
  const { [item]: sofar, ...others } = view.reading
  // Words for a turn that is no longer open (a restored or removed one) belong to nobody.
  if (sofar === undefined) return still(view)
  switch (event.type) {
    case 'conversation.item.input_audio_transcription.delta': {
      const text = sofar + event.delta
      return {
        view: { ...view, reading: { ...view.reading, [item]: text } },
        acts: [{ type: 'caption', role: 'user', item, text }],
      }
    }
    case 'conversation.item.input_audio_transcription.completed': {
      const text = event.transcript.trim()
      return {
        view: { ...view, reading: others },
        acts: [{ type: 'record', changes: [{ type: 'words-heard', turn: item, text }] }],
      }
    }
    case 'conversation.item.input_audio_transcription.failed': {
      const reason = event.error.message ?? 'The words could not be understood.'
      return {
        view: { ...view, reading: others },
        acts: [{ type: 'record', changes: [{ type: 'words-lost', turn: item, reason }] }],
      }
    }
  }
}

function startVoiceTurn(view: VoiceView, item: HeardItem, after: string | null): Interpreted {
  if (item.type !== 'message' || item.role !== 'assistant' || view.known.has(item.id)) return still(view)
  const { active } = view.queue
  const response = active.type === 'running' ? active.response : ''
  const speaking = { ...view.speaking, [item.id]: { response, text: '', receivedMs: 0, complete: false } }
  return {
    view: { ...know(view, item.id), speaking },
    acts: [
      { type: 'record', changes: [{ type: 'turn-started', turn: item.id, role: 'assistant', via: 'voice', after }] },
    ],
  }
}

function growWords(view: VoiceView, item: string, delta: string): Interpreted {
  const next = alterSpeaking(view, item, (known) => ({ ...known, text: known.text + delta }))
  const speaking = next.speaking[item]
  if (!speaking || silenced(view, speaking.response)) return still(next)
  return { view: next, acts: [{ type: 'caption', role: 'assistant', item, text: speaking.text }] }
}

function finishWords(view: VoiceView, item: string, text: string): Interpreted {
  const known = view.speaking[item]
  if (!known || known.complete) return still(view)
  // An interrupted item ends with the words generated so far, which may be none on the wire.
  const words = text === '' ? known.text : text
  return {
    view: alterSpeaking(view, item, () => ({ ...known, text: words, complete: true })),
    acts: [
      {
        type: 'record',
        changes: [{ type: 'words-spoken', turn: item, text: words, audioMs: Math.round(known.receivedMs) }],
      },
    ],
  }
}

function endResponse(view: VoiceView, response: HeardResponse, nextEventId: string): Interpreted {
  const outOfBand = response.conversation_id === null
  const { queue, send } = outOfBand
    ? { queue: view.queue, send: null }
    : responseDone(view.queue, response.id, nextEventId)
  const open = Object.entries(view.speaking).filter(([, item]) => item.response === response.id && !item.complete)
  const changes: Change[] = open.map(([turn, item]) =>
    response.status === 'failed'
      ? { type: 'turn-failed', turn, reason: failure(response) }
      : { type: 'words-spoken', turn, text: item.text, audioMs: Math.round(item.receivedMs) },
  )
  if (response.usage) changes.push({ type: 'tokens-used', usage: countUsage(response.usage) })
  const speaking = { ...view.speaking }
  for (const [id, item] of open) speaking[id] = { ...item, complete: true }
  const acts: Act[] = [
    // A `.done` may be missing; the speaker must not wait for sound that will not come.
    ...open.map(([item]): Act => ({ type: 'finish', item })),
    ...(changes.length > 0 ? [{ type: 'record', changes } as const] : []),
    ...(response.status === 'failed' ? [{ type: 'notice', message: failure(response) } as const] : []),
    ...(send === null ? [] : [{ type: 'send', event: createResponse(send) } as const]),
    { type: 'answered', response: response.id, status: response.status },
  ]
  return { view: { ...view, queue, speaking }, acts }
}

function failure(response: HeardResponse): string {
  const code = response.status_details?.error?.code ?? ''
  if (code.includes('rate_limit'))
    return 'The service is too busy for this account at the moment. Wait a little and say it again.'
  return 'The service could not answer this turn. Say it again, or type it.'
}

function countUsage(usage: NonNullable<HeardResponse['usage']>): Usage {
  return {
    inputTextTokens: usage.input_token_details.text_tokens,
    inputAudioTokens: usage.input_token_details.audio_tokens,
    cachedTokens: usage.input_token_details.cached_tokens,
    outputTextTokens: usage.output_token_details.text_tokens,
    outputAudioTokens: usage.output_token_details.audio_tokens,
  }
}

/** Errors that end nothing: races that the protocol allows, and refusals of a response. */
function refuse(view: VoiceView, event: HeardEventOf<'error'>): Interpreted {
  const { code = null, event_id: eventId = null } = event.error
  return still({ ...view, queue: responseRefused(view.queue, code, eventId) })
}
