// LocalAI. Source: github.com/mudler/LocalAI, core/http/endpoints/openai/realtime.go, read on 26 November 2026: an item is told by
// `conversation.item.added` alone; a commit is answered by itself, and a `response.create` beside that breaks off the turn; commit,
// transcript and item of a turn have three ids and speech none; `previous_item_id` may say “TODO”; items can't be deleted, and
// nothing is said of what is cut or cleared; errors name the event “event_TODO”; a response that fails has an `error` and no end.
import type { Habits, SentEvent } from '../service/habits.ts'
import { unknownServer, withoutMetadata, type Dialect, type Told } from './dialect.ts'

const notImplemented = { code: 'not_implemented', message: 'Deleting items not implemented', param: '' }
const unheard: ReadonlySet<string> = new Set(['conversation.item.truncate', 'input_audio_buffer.clear'])

export const localai: Dialect = {
  name: 'LocalAI',
  config: unknownServer,
  habits: (): Partial<Habits> => ({
    commitAnswers: true,
    transcriptMs: 30,
    ignores: ({ type }) => unheard.has(type),
    refuse: ({ type }) => (type === 'conversation.item.delete' ? notImplemented : null),
    tamper: (event) => tell(event),
  }),
}

/** The item is shown when its words have been read, right before the answer. */
const itemAfterMs = 35

function tell(event: SentEvent): Told {
  const id = event['item_id']
  switch (event.type) {
    case 'conversation.item.done':
    case 'input_audio_buffer.cleared':
    case 'conversation.item.truncated':
      return []
    case 'input_audio_buffer.speech_started':
    case 'input_audio_buffer.speech_stopped':
      return [{ event: { ...event, event_id: 'event_TODO', item_id: '' } }]
    case 'input_audio_buffer.committed':
      return [{ event: { ...event, item_id: `commit_${String(id)}`, previous_item_id: 'TODO' } }]
    case 'conversation.item.added': {
      const item = event['item'] as { id: string; role?: string }
      const isHeard = item.id.startsWith('u_s')
      return isHeard
        ? [{ event: { ...event, item: { ...item, id: `item_${item.id}` } }, afterMs: itemAfterMs }]
        : [{ event }]
    }
    case 'error':
      return [{ event: { ...event, error: { ...(event['error'] as object), event_id: 'event_TODO' } } }]
    case 'response.done': {
      const { status } = event['response'] as { status: string }
      const error = { type: 'invalid_request_error', code: 'prediction_failed', message: 'backend error', param: '' }
      return [{ event: status === 'failed' ? { type: 'error', error } : withoutMetadata(event) }]
    }
    default:
      return event.type.includes('transcription')
        ? [{ event: { ...event, item_id: `words_${String(id)}` } }]
        : [{ event: withoutMetadata(event) }]
  }
}
