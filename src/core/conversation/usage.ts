// Counts of tokens. Apart from their schema (change.ts), so that a window needs none.
import type { Usage } from './change.ts'

export const noUsage: Usage = {
  inputTextTokens: 0,
  inputAudioTokens: 0,
  cachedTokens: 0,
  outputTextTokens: 0,
  outputAudioTokens: 0,
}

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTextTokens: one.inputTextTokens + other.inputTextTokens,
    inputAudioTokens: one.inputAudioTokens + other.inputAudioTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    outputTextTokens: one.outputTextTokens + other.outputTextTokens,
    outputAudioTokens: one.outputAudioTokens + other.outputAudioTokens,
  }
}

/** Cached tokens are a part of the input's. */
export function totalTokens(usage: Usage): number {
  return usage.inputTextTokens + usage.inputAudioTokens + usage.outputTextTokens + usage.outputAudioTokens
}
