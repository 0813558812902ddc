// What the voice service says that a response, or the reading of a turn, has cost: its counts as those of the record. Pure;
// what they come to in money is core/spending.
import type { Usage } from '../conversation/change.ts'
import { noUsage, splitCached } from '../conversation/usage.ts'
import type { Act } from './act.ts'
import type { HeardResponse, ReadingUsage } from './wire-events.ts'

/** Where the service was not told which model reads the words, and has one of its own. */
export const unnamedReader = 'transcription'

export function usageActs({ usage }: Pick<HeardResponse, 'usage'>): Act[] {
  return usage ? [{ type: 'record', changes: [{ type: 'tokens-used', usage: countUsage(usage) }] }] : []
}

export function countUsage({ input_token_details: input, output_token_details: output }: WireUsage): Usage {
  const { text_tokens: text, audio_tokens: audio, image_tokens: image } = input
  const told = input.cached_tokens_details
  const cached = splitCached({ text, audio, image }, input.cached_tokens, {
    text: told?.text_tokens ?? 0,
    audio: told?.audio_tokens ?? 0,
    image: told?.image_tokens ?? 0,
  })
  return {
    ...noUsage,
    inputTextTokens: text,
    inputAudioTokens: audio,
    inputImageTokens: image,
    cachedTokens: cached.text + cached.audio + cached.image,
    cachedAudioTokens: cached.audio,
    cachedImageTokens: cached.image,
    outputTextTokens: output.text_tokens,
    outputAudioTokens: output.audio_tokens,
  }
}

/** @param model that reads the words; null where none was named */
export function readingActs(usage: ReadingUsage, model: string | null): Act[] {
  const text = Math.min(usage.input_token_details?.text_tokens ?? 0, usage.input_tokens)
  const counted: Usage = {
    ...noUsage,
    inputTextTokens: text,
    inputAudioTokens: usage.input_tokens - text,
    outputTextTokens: usage.output_tokens,
    heardMs: Math.round(usage.seconds * 1000),
  }
  return [{ type: 'record', changes: [{ type: 'tokens-used', usage: counted, model: model ?? unnamedReader }] }]
}

type WireUsage = NonNullable<HeardResponse['usage']>
