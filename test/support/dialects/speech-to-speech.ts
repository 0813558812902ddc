// Hugging Face speech-to-speech. Source: github.com/huggingface/speech-to-speech, api/openai_realtime (websocket_router.py and
// handlers), read on 26 November 2026: settings are not confirmed; items are told by `conversation.item.created` alone, and those of
// the voice are not taken (`output_text`, calls) and not spoken of; a commit only forgets, turns are found by voice activity whatever
// `turn_detection` says; clear, delete and truncate are unknown events; absent fields are null; one session at a time.
import type { ClientEvent } from '../../../src/core/realtime/events.ts'
import type { Habits, SentEvent } from '../service/habits.ts'
import type { ModelSession } from '../service/session.ts'
import { unknownServer, withoutMetadata, type Dialect, type Told } from './dialect.ts'

const unknown: ReadonlySet<string> = new Set([
  'input_audio_buffer.clear',
  'conversation.item.delete',
  'conversation.item.truncate',
])

export const speechToSpeech: Dialect = {
  name: 'HF speech-to-speech',
  config: unknownServer,
  cannot: { 'key turn': /did not take what you said/ },
  habits: (): Partial<Habits> => {
    let active: ModelSession | null = null
    return {
      // Its model is asked when the words have been read.
      transcriptMs: 20,
      onEvent(event: ClientEvent) {
        if (event.type === 'session.update') Object.assign(event.session, { audio: { input: {} } })
      },
      ignores: (event) => event.type === 'input_audio_buffer.commit' || isUntaken(event),
      refuse: (event) =>
        unknown.has(event.type)
          ? {
              type: 'unknown_or_invalid_event',
              message: `Unknown or invalid event: ${event.type}`,
              param: null,
              named: false,
            }
          : null,
      tamper(event, session) {
        if (event.type !== 'session.created') return tell(event)
        if (active?.isOpen() === true && active !== session) {
          session.line.close(1008, 'Only one concurrent session is supported')
          return []
        }
        active = session
        return [{ event }]
      },
    }
  },
}

function isUntaken(event: ClientEvent): boolean {
  if (event.type !== 'conversation.item.create') return false
  return event.item.type === 'function_call' || (event.item.type === 'message' && event.item.role !== 'user')
}

function tell(event: SentEvent): Told {
  switch (event.type) {
    case 'session.updated':
    case 'conversation.item.done':
    case 'input_audio_buffer.committed':
      return []
    case 'conversation.item.added': {
      const { id } = event['item'] as { id: string }
      // Of its own it tells in other events.
      return id.startsWith('u_s') || id.startsWith('a_s')
        ? []
        : [{ event: { ...event, type: 'conversation.item.created' } }]
    }
    default:
      return [{ event: withNulls(withoutMetadata(event)) }]
  }
}

function withNulls(event: SentEvent): SentEvent {
  return event.type.startsWith('response.') ? { obfuscation: null, logprobs: null, ...event } : event
}
