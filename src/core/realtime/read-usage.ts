// What the voice service says that something has cost, read from what services send. What it comes to is used.ts.
import { countOf, fieldsOf, numberOf, type Fields } from '../wire-values.ts'
import type { HeardUsage, ReadingUsage, TokensByKind } from './wire-events.ts'

export function usageOf(value: unknown): HeardUsage | undefined {
  const usage = fieldsOf(value)
  if (usage === null) return undefined
  const input = fieldsOf(usage['input_token_details']) ?? {}
  const output = fieldsOf(usage['output_token_details']) ?? {}
  const cached = fieldsOf(input['cached_tokens_details'])
  return {
    input_token_details: {
      ...byKind(input),
      cached_tokens: countOf(input['cached_tokens']),
      cached_tokens_details: cached ? byKind(cached) : undefined,
    },
    output_token_details: {
      text_tokens: countOf(output['text_tokens']),
      audio_tokens: countOf(output['audio_tokens']),
    },
  }
}

function byKind(fields: Fields): TokensByKind {
  return {
    text_tokens: countOf(fields['text_tokens']),
    audio_tokens: countOf(fields['audio_tokens']),
    image_tokens: countOf(fields['image_tokens']),
  }
}

export function readingUsageOf(value: unknown): ReadingUsage | undefined {
  const usage = fieldsOf(value)
  if (usage === null) return undefined
  const input = fieldsOf(usage['input_token_details'])
  return {
    input_tokens: countOf(usage['input_tokens']),
    output_tokens: countOf(usage['output_tokens']),
    input_token_details: input ? { text_tokens: countOf(input['text_tokens']) } : undefined,
    seconds: Math.max(0, numberOf(usage['seconds']) ?? 0),
  }
}
