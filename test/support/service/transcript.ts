// What the modelled service says of the words of a turn that it heard.
import type { SentEvent } from './habits.ts'
import type { ModelItem } from './items.ts'

const type = 'conversation.item.input_audio_transcription'

export function transcriptOf({ id, words }: ModelItem): SentEvent[] {
  const at = { item_id: id, content_index: 0 }
  return [
    { type: `${type}.delta`, ...at, delta: words },
    { type: `${type}.completed`, ...at, transcript: words, usage: null },
  ]
}

export function notUnderstood({ id }: ModelItem): SentEvent {
  const error = { type: 'transcription_error', code: 'audio_unintelligible', message: 'Could not be understood.' }
  return { type: `${type}.failed`, item_id: id, content_index: 0, error }
}
