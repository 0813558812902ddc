// From the voice socket's events to what they mean: changes for the record, sound for the speaker, captions, and what to
// answer. Pure; what is known of the session is voice-view.ts, how a response ends is response-end.ts.
import type { Change } from '../conversation/change.ts'
import type { Interpreted } from './act.ts'
import type { HeardEvent, HeardEventOf, HeardItem } from './wire-events.ts'
import { cancelResponse, createResponse } from './commands.ts'
import { endResponse } from './response-end.ts'
import { responseCreated, responseRefused, turnTaken } from './responses.ts'
import {
  isSilenced,
  know,
  setReading,
  setSpeaking,
  silence,
  silenceResponse,
  spokenSoFar,
  type VoiceView,
} from './voice-view.ts'

/** @param nextEventId the id for a `response.create` that may have to be sent */
export function interpret(view: VoiceView, event: HeardEvent, nextEventId: string): Interpreted {
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      return {
        view: silence({ ...view, hearing: event.item_id }),
        acts: [{ type: 'hearing', item: event.item_id, fromMs: event.audio_start_ms }, { type: 'interrupt' }],
      }
    case 'input_audio_buffer.speech_stopped':
      return { view: { ...view, hearing: null }, acts: [{ type: 'heard', item: event.item_id }] }
    case 'input_audio_buffer.committed':
      return startUserTurn(view, event, nextEventId)
    case 'conversation.item.input_audio_transcription.delta':
    case 'conversation.item.input_audio_transcription.completed':
    case 'conversation.item.input_audio_transcription.failed':
      return readWords(view, event)
    case 'response.output_item.added':
      return still(isSpoken(event.item) ? beginSpeaking(view, event.item.id, event.response_id) : view)
    case 'conversation.item.added':
      return startVoiceTurn(view, event.item, event.previous_item_id ?? null)
    case 'conversation.item.deleted':
      return view.withdrawn.has(event.item_id)
        ? still(view)
        : { view, acts: [{ type: 'record', changes: [{ type: 'turn-removed', turn: event.item_id }] }] }
    case 'response.output_audio.delta':
      return isSilenced(view, event.response_id)
        ? still(view)
        : {
            view: beginSpeaking(view, event.item_id, event.response_id),
            acts: [{ type: 'play', item: event.item_id, audio: event.delta }],
          }
    case 'response.output_audio.done':
      return { view, acts: [{ type: 'finish', item: event.item_id }] }
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return growWords(beginSpeaking(view, event.item_id, event.response_id), event.item_id, event.delta)
    case 'response.output_audio_transcript.done':
      return finishWords(view, event.item_id, event.transcript)
    case 'response.output_text.done':
      return finishWords(view, event.item_id, event.text)
    case 'response.created':
      return beginResponse(view, event)
    case 'response.done':
      return endResponse(view, event.response, nextEventId)
    case 'error':
      return refuse(view, event, nextEventId)
    case 'session.created':
    case 'session.updated':
    case 'conversation.item.done':
    case 'conversation.item.truncated':
    case 'input_audio_buffer.cleared':
    case 'response.output_item.done':
      return still(view)
  }
}

const still = (view: VoiceView): Interpreted => ({ view, acts: [] })
const isSpoken = (item: HeardItem): boolean => item.type === 'message' && item.role === 'assistant'

function startUserTurn(
  view: VoiceView,
  event: HeardEventOf<'input_audio_buffer.committed'>,
  nextEventId: string,
): Interpreted {
  const item = event.item_id
  if (view.known.has(item)) return still(view)
  const after = event.previous_item_id ?? view.last
  const { queue, send } = turnTaken(view.queue, nextEventId)
  return {
    view: setReading({ ...know(view, item), queue }, item, ''),
    acts: [
      { type: 'record', changes: [{ type: 'turn-started', turn: item, role: 'user', via: 'voice', after }] },
      { type: 'taken', item },
      ...(send === null ? [] : [{ type: 'send', event: createResponse(send) } as const]),
    ],
  }
}

type TranscriptionEvent = HeardEventOf<
  | 'conversation.item.input_audio_transcription.delta'
  | 'conversation.item.input_audio_transcription.completed'
  | 'conversation.item.input_audio_transcription.failed'
>

function readWords(view: VoiceView, event: TranscriptionEvent): Interpreted {
  const item = event.item_id
  const sofar = view.reading.get(item)
  // Words for a turn that is no longer open (a restored or removed one) belong to nobody.
  if (sofar === undefined) return still(view)
  if (event.type === 'conversation.item.input_audio_transcription.delta') {
    const text = sofar + event.delta
    return { view: setReading(view, item, text), acts: [{ type: 'caption', role: 'user', item, text }] }
  }
  const reading = new Map([...view.reading].filter(([other]) => other !== item))
  const change: Change =
    event.type === 'conversation.item.input_audio_transcription.completed'
      ? { type: 'words-heard', turn: item, text: event.transcript.trim() }
      : { type: 'words-lost', turn: item, reason: event.error.message ?? 'The words could not be understood.' }
  return {
    view: { ...view, reading },
    acts: [
      { type: 'record', changes: [change] },
      { type: 'understood', item },
    ],
  }
}

/** An item of the voice shows up first in any of several events. */
function beginSpeaking(view: VoiceView, item: string, response: string): VoiceView {
  if (view.speaking.has(item) || isSilenced(view, response)) return view
  return setSpeaking(view, item, { response, text: '', receivedMs: 0, complete: false })
}

function startVoiceTurn(view: VoiceView, item: HeardItem, previous: string | null): Interpreted {
  if (!isSpoken(item) || view.known.has(item.id) || view.withdrawn.has(item.id)) return still(view)
  const { active } = view.queue
  const response = active.type === 'running' ? (active.response ?? '') : ''
  const begun = view.speaking.has(item.id)
    ? view
    : setSpeaking(view, item.id, { response, text: '', receivedMs: 0, complete: false })
  const after = previous ?? view.last
  return {
    view: know(begun, item.id),
    acts: [
      { type: 'record', changes: [{ type: 'turn-started', turn: item.id, role: 'assistant', via: 'voice', after }] },
    ],
  }
}

function growWords(view: VoiceView, item: string, delta: string): Interpreted {
  const known = view.speaking.get(item)
  if (!known || known.complete) return still(view)
  const text = known.text + delta
  const next = setSpeaking(view, item, { ...known, text })
  if (isSilenced(view, known.response)) return still(next)
  return { view: next, acts: [{ type: 'caption', role: 'assistant', item, text }] }
}

function finishWords(view: VoiceView, item: string, text: string): Interpreted {
  const known = view.speaking.get(item)
  // Without its turn the words wait for it, at the latest until the response is done.
  if (!known || known.complete) return still(view)
  // An interrupted item ends with the words generated so far, which may be none on the wire.
  const words = { ...known, text: text === '' ? known.text : text }
  if (!view.known.has(item)) return still(setSpeaking(view, item, words))
  const changes = spokenSoFar(item, words, isSilenced(view, known.response))
  return { view: setSpeaking(view, item, { ...words, complete: true }), acts: [{ type: 'record', changes }] }
}

function beginResponse(view: VoiceView, { response }: HeardEventOf<'response.created'>): Interpreted {
  // Out of band: asked for beside the conversation, never spoken.
  if (response.conversation_id === null) return still(silenceResponse(view, response.id))
  const { queue, cancel } = responseCreated(view.queue, response.id)
  const next = { ...view, queue }
  if (!cancel) return still(next)
  return {
    view: silenceResponse(next, response.id),
    acts: [{ type: 'send', event: cancelResponse(response.id) }],
  }
}

/** The service did not take the words that were typed last: whatever it answers, it does not answer them. */
function refuseWords(view: VoiceView): Interpreted {
  const { active } = view.queue
  return {
    view: silence({ ...view, last: null }),
    acts: [
      ...(active.type === 'running' ? [{ type: 'send', event: cancelResponse(active.response) } as const] : []),
      { type: 'unanswered' },
      { type: 'notice', message: 'The service did not take these words. Say it differently.' },
    ],
  }
}

/** Errors that end nothing: races that the protocol allows, and refusals of a response. */
function refuse(view: VoiceView, event: HeardEventOf<'error'>, nextEventId: string): Interpreted {
  const { code = null, event_id: refused = null } = event.error
  if (refused !== null && refused === view.last) return refuseWords(view)
  const { queue, send, gaveUp } = responseRefused(view.queue, code, refused, nextEventId)
  return {
    view: { ...view, queue },
    acts: [
      ...(send === null ? [] : [{ type: 'send', event: createResponse(send) } as const]),
      ...(gaveUp
        ? [
            { type: 'unanswered' } as const,
            { type: 'notice', message: 'The service refused to answer. Say it again, or type it.' } as const,
          ]
        : []),
    ],
  }
}
