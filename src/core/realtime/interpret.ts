// From the voice socket's events to what they mean: changes for the record, sound for the speaker, captions, and what to
// answer. Pure; what is known of the session is voice-view.ts, how a response begins and ends is response-begin.ts and
// response-end.ts, whose door an error is laid at is outstanding.ts.
import type { Change } from '../conversation/change.ts'
import { still, type Interpreted } from './act.ts'
import { askedWithKey } from './commands.ts'
import { begun, overruled } from './response-begin.ts'
import { endResponse } from './response-end.ts'
import { alreadyActive, turnTaken } from './responses.ts'
import {
  isSilenced,
  know,
  setAsked,
  setCall,
  setEarly,
  setReadFor,
  setReading,
  setSpeaking,
  silence,
  silenceResponse,
  spokenSoFar,
  type VoiceView,
} from './voice-view.ts'
import { readingActs } from './used.ts'
import type { HeardEvent, HeardEventOf, HeardItem } from './wire-events.ts'

export function interpret(view: VoiceView, event: HeardEvent): Interpreted {
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      // Told late or twice: that is a turn already.
      if (view.known.has(event.item_id) || view.withdrawn.has(event.item_id)) return still(view)
      return {
        view: overlapped({
          ...view,
          hearing: event.item_id,
          committing: null,
          overdue: view.committing ?? view.overdue,
        }),
        acts: [{ type: 'hearing', item: event.item_id, fromMs: event.audio_start_ms }, { type: 'interrupt' }],
      }
    case 'input_audio_buffer.speech_stopped':
      // Told late or twice, while somebody may be speaking on.
      if (view.known.has(event.item_id) || view.withdrawn.has(event.item_id))
        return still(view.hearing === event.item_id ? { ...view, hearing: null } : view)
      return {
        view: { ...view, hearing: null, committing: event.item_id },
        acts: [{ type: 'heard', item: event.item_id, toMs: event.audio_end_ms }],
      }
    case 'input_audio_buffer.committed':
      return behindUntold(view, event.item_id, event.previous_item_id ?? null, startUserTurn)
    case 'conversation.item.input_audio_transcription.delta':
    case 'conversation.item.input_audio_transcription.completed':
    case 'conversation.item.input_audio_transcription.failed':
      return readWords(view, event)
    case 'response.output_item.added':
      return begun(view, event.response_id, (now) =>
        still(isSpoken(event.item) ? beginSpeaking(now, event.item.id, event.response_id) : now),
      )
    case 'conversation.item.added':
      return behindUntold(view, event.item.id, event.previous_item_id ?? null, (now, _, previous) =>
        startTurn(now, event.item, previous),
      )
    case 'conversation.item.deleted':
      return view.withdrawn.has(event.item_id)
        ? still(view)
        : { view, acts: [{ type: 'record', changes: [{ type: 'turn-removed', turn: event.item_id }] }] }
    case 'response.output_item.done':
      return begun(view, event.response_id, (now) => askFor(now, event.item, event.response_id))
    case 'conversation.item.done':
      // What is done is there, should nothing have told that it was added.
      if (isPersons(event.item))
        return behindUntold(view, event.item.id, event.previous_item_id ?? null, (now, _, previous) =>
          startTurn(now, event.item, previous),
        )
      return view.flight.type === 'running' ? askFor(view, event.item, view.flight.response) : still(view)
    case 'response.output_audio.delta':
      return begun(view, event.response_id, (now) => playSound(now, event))
    case 'response.output_audio.done':
      return { view, acts: [{ type: 'finish', item: event.item_id }] }
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return begun(view, event.response_id, (now) =>
        growWords(beginSpeaking(now, event.item_id, event.response_id), event.item_id, event.delta),
      )
    case 'response.output_audio_transcript.done':
      return begun(view, event.response_id, (now) =>
        finishWords(beginSpeaking(now, event.item_id, event.response_id), event.item_id, event.transcript),
      )
    case 'response.output_text.done':
      return begun(view, event.response_id, (now) =>
        finishWords(beginSpeaking(now, event.item_id, event.response_id), event.item_id, event.text),
      )
    case 'response.created':
      // Out of band: asked for beside the conversation, never spoken.
      return event.response.conversation_id === null
        ? still(silenceResponse(view, event.response.id))
        : begun(view, event.response.id, still, event.response.metadata?.[askedWithKey] ?? null)
    case 'response.done':
      return event.response.conversation_id === null
        ? endResponse(view, event.response)
        : begun(view, event.response.id, (now) => endResponse(now, event.response))
    case 'error':
      return event.error.code === alreadyActive && (event.error.event_id ?? null) === null
        ? overruled(view)
        : still(view)
    case 'session.created':
    case 'session.updated':
    case 'conversation.item.truncated':
    case 'input_audio_buffer.cleared':
      return still(view)
  }
}

const overlapped = (view: VoiceView): VoiceView => (view.isJudgedHere ? view : silence(view))
const isMessage = (item: HeardItem): boolean => item.type === 'message'
const isPersons = (item: HeardItem): boolean => item.type === 'message' && item.role === 'user'
const isSpoken = (item: HeardItem): boolean => item.type === 'message' && item.role === 'assistant'

function startUserTurn(view: VoiceView, item: string, previous: string | null): Interpreted {
  if (view.known.has(item) || view.withdrawn.has(item)) return still({ ...view, committing: null })
  const after = turnBehind(view, previous)
  const hearing = view.hearing === item ? null : view.hearing
  // By key it was our commit, and the request behind it is still to be answered.
  const isOwn = view.hearing !== item && view.committing !== item
  const flight = isOwn ? view.flight : turnTaken(view.flight)
  const overdue = view.overdue === item ? null : view.overdue
  const known = { ...know(view, item, after), hearing, committing: null, overdue, flight }
  const taken = { ...known, isDue: view.isDue || !isOwn, isSpurned: false }
  const started: Change = { type: 'turn-started', turn: item, role: 'user', via: 'voice', after }
  const words = view.early.get(item)
  if (!words)
    return {
      view: setReading(taken, item, ''),
      acts: [
        { type: 'record', changes: [started] },
        { type: 'taken', item },
      ],
    }
  const early = new Map([...view.early].filter(([other]) => other !== item))
  const rest = endReading({ ...taken, early }, item, words)
  return {
    view: rest.view,
    acts: [{ type: 'record', changes: [started] }, { type: 'taken', item }, ...rest.acts],
  }
}

type TranscriptionEvent = HeardEventOf<
  | 'conversation.item.input_audio_transcription.delta'
  | 'conversation.item.input_audio_transcription.completed'
  | 'conversation.item.input_audio_transcription.failed'
>

const notUnderstood = 'The words could not be understood.'

/** Read for a turn that was taken back, it costs as much. */
function readWords(view: VoiceView, event: TranscriptionEvent): Interpreted {
  const read = takeWords(view, event)
  const isPaid = event.type === 'conversation.item.input_audio_transcription.completed' && event.usage
  if (!isPaid || view.readFor.includes(event.item_id)) return read
  return { view: setReadFor(read.view, event.item_id), acts: [...read.acts, ...readingActs(isPaid, view.reader)] }
}

function takeWords(view: VoiceView, event: TranscriptionEvent): Interpreted {
  const item = event.item_id
  const sofar = view.reading.get(item)
  if (event.type === 'conversation.item.input_audio_transcription.delta') {
    if (sofar === undefined) return still(view)
    const text = sofar + event.delta
    return { view: setReading(view, item, text), acts: [{ type: 'caption', role: 'user', item, text }] }
  }
  const words =
    event.type === 'conversation.item.input_audio_transcription.completed'
      ? { text: event.transcript.trim() }
      : { reason: event.error.message ?? notUnderstood }
  if (sofar !== undefined) return endReading(view, item, words)
  if (item === view.overdue && !view.known.has(item)) return startUserTurn(setEarly(view, item, words), item, null)
  // Words for a turn that is no longer open (a restored or removed one) belong to nobody; others may be ahead of their turn.
  return still(view.known.has(item) || view.withdrawn.has(item) ? view : setEarly(view, item, words))
}

function endReading(view: VoiceView, item: string, words: { text: string } | { reason: string }): Interpreted {
  const reading = new Map([...view.reading].filter(([other]) => other !== item))
  const known = 'text' in words
  const change: Change = known
    ? { type: 'words-heard', turn: item, text: words.text }
    : { type: 'words-lost', turn: item, reason: words.reason }
  return {
    view: { ...view, reading },
    acts: [
      { type: 'record', changes: [change] },
      { type: 'words', item, known: known && words.text !== '' },
    ],
  }
}

/** An item of the voice shows up first in any of several events. */
function beginSpeaking(view: VoiceView, item: string, response: string): VoiceView {
  if (view.speaking.has(item) || isSilenced(view, response) || view.ended.includes(response)) return view
  return setSpeaking(view, item, { response, text: '', receivedMs: 0, complete: false })
}

function playSound(view: VoiceView, event: HeardEventOf<'response.output_audio.delta'>): Interpreted {
  const { response_id: response, item_id: item, delta: audio } = event
  if (isSilenced(view, response)) return still(view)
  return { view: beginSpeaking(view, item, response), acts: [{ type: 'play', response, item, audio }] }
}

/** What an item stands behind is one, should nothing have told of that by itself. */
function behindUntold(
  view: VoiceView,
  item: string,
  previous: string | null,
  then: (view: VoiceView, item: string, previous: string | null) => Interpreted,
): Interpreted {
  const isUntold = previous !== null && (previous === view.committing || previous === view.overdue)
  if (!isUntold || previous === item) return then(view, item, previous)
  const first = startUserTurn(view, previous, null)
  const rest = then(first.view, item, previous)
  return { view: rest.view, acts: [...first.acts, ...rest.acts] }
}

/** What was said has become no item within its time; its words tell that it is one. */
export function expireCommitting(view: VoiceView): Interpreted {
  const item = view.committing
  if (item !== null && view.early.has(item)) return startUserTurn(view, item, null)
  return still({ ...view, committing: null })
}

/** Items that the service makes of what it hears and says; those that we give it have their turn already. */
function startTurn(view: VoiceView, item: HeardItem, previous: string | null): Interpreted {
  if (view.withdrawn.has(item.id)) return still(view)
  // Where one of ours stands is known when the service says so.
  if (view.known.has(item.id))
    return still(isMessage(item) || previous === null ? view : setCall(view, item.id, turnBehind(view, previous)))
  if (isPersons(item)) return startUserTurn(view, item.id, previous)
  if (item.type === 'function_call') return still(setCall(view, item.id, turnBehind(view, previous)))
  return isSpoken(item) ? startVoiceTurn(view, item.id, previous) : still(view)
}

/** Functions are run when their response is over; should its end never be told, they are known by then. */
function askFor(view: VoiceView, item: HeardItem, response: string | null): Interpreted {
  const isWhole = item.type === 'function_call' && (item.status === undefined || item.status === 'completed')
  if (!isWhole || response === null || view.asked.has(item.id) || view.ended.includes(response)) return still(view)
  // One of ours is no question, also when it is gone by now.
  const isOurs = view.known.has(item.id) || view.withdrawn.has(item.id)
  return isOurs ? still(view) : still(setAsked(view, item, response))
}

/** The turn behind which an item stands, whose predecessor may be a call, or a turn under another name. */
function turnBehind(view: VoiceView, previous: string | null): string | null {
  // The record may have turns behind that one which this session was not given, for want of words.
  if (previous === null || previous === view.newest) return view.last
  const after = view.calls.get(previous)
  if (after !== undefined) return after
  return view.known.has(previous) || view.speaking.has(previous) ? previous : view.last
}

function startVoiceTurn(view: VoiceView, item: string, previous: string | null): Interpreted {
  const { flight } = view
  const response = flight.type === 'running' ? (flight.response ?? '') : ''
  const begun = view.speaking.has(item)
    ? view
    : setSpeaking(view, item, { response, text: '', receivedMs: 0, complete: false })
  const after = turnBehind(view, previous)
  const started: Change = { type: 'turn-started', turn: item, role: 'assistant', via: 'voice', after }
  return { view: know(begun, item, after), acts: [{ type: 'record', changes: [started] }] }
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
