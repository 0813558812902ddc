// Counts of tokens. Apart from their schema (change.ts), so that a window needs none.
import type { Usage } from './change.ts'

export const noUsage: Usage = {
  inputTextTokens: 0,
  inputAudioTokens: 0,
  cachedTokens: 0,
  outputTextTokens: 0,
  outputAudioTokens: 0,
}

/** A whole number that a file gives back as it was: a sum beyond it could be stored and never be read. */
export function bounded(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER)
}

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTextTokens: bounded(one.inputTextTokens + other.inputTextTokens),
    inputAudioTokens: bounded(one.inputAudioTokens + other.inputAudioTokens),
    cachedTokens: bounded(one.cachedTokens + other.cachedTokens),
    outputTextTokens: bounded(one.outputTextTokens + other.outputTextTokens),
    outputAudioTokens: bounded(one.outputAudioTokens + other.outputAudioTokens),
  }
}

/** Cached tokens are a part of the input's. */
export function totalTokens(usage: Usage): number {
  return bounded(usage.inputTextTokens + usage.inputAudioTokens + usage.outputTextTokens + usage.outputAudioTokens)
}
