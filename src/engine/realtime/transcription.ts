// Tells the client what was recognised in a user item: deltas, then the whole with its usage, whenever it is ready.
import type { Transcript } from '../ports.ts'
import type { Thread } from './thread.ts'
import { countHeardTokens, countTextTokens } from './tokens.ts'
import type { OutgoingOf, Send } from './wire.ts'

type Usage = OutgoingOf<'conversation.item.input_audio_transcription.completed'>['usage']

export function sayTranscription(about: {
  send: Send
  thread: Thread
  item: string
  words: Promise<Transcript>
  audioMs: number
  /** The transcription model the client asked for: Whisper is reckoned by time, the others by tokens. */
  model: string
}): void {
  const { send, thread, item, words } = about
  const at = { item_id: item, content_index: 0 }
  words.then(
    ({ text }) => {
      for (const delta of text.match(/\s*\S+/g) ?? [])
        send({ type: 'conversation.item.input_audio_transcription.delta', ...at, delta })
      thread.transcribed(item, text)
      const usage = usageOf(about.model, about.audioMs, text)
      send({ type: 'conversation.item.input_audio_transcription.completed', ...at, transcript: text, usage })
    },
    () =>
      send({
        type: 'conversation.item.input_audio_transcription.failed',
        ...at,
        error: { type: 'server_error', code: 'transcription_failed', message: 'Recognition failed.', param: null },
      }),
  )
}

function usageOf(model: string, audioMs: number, text: string): Usage {
  if (model.startsWith('whisper')) return { type: 'duration', seconds: audioMs / 1_000 }
  const audioTokens = countHeardTokens(audioMs)
  const outputTokens = countTextTokens(text)
  return {
    type: 'tokens',
    total_tokens: audioTokens + outputTokens,
    input_tokens: audioTokens,
    input_token_details: { text_tokens: 0, audio_tokens: audioTokens },
    output_tokens: outputTokens,
  }
}
