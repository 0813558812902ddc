// Counts of tokens. Apart from their schema (change.ts), so that a window needs none.
import type { Usage } from './change.ts'

export const noUsage: Usage = {
  inputTextTokens: 0,
  inputAudioTokens: 0,
  inputImageTokens: 0,
  cachedTokens: 0,
  cachedAudioTokens: 0,
  cachedImageTokens: 0,
  cacheWriteTokens: 0,
  outputTextTokens: 0,
  outputAudioTokens: 0,
  heardMs: 0,
  searches: 0,
}

const kinds = Object.keys(noUsage) as (keyof Usage)[]

/** A whole number that a file gives back as it was: a sum beyond it could be stored and never be read. */
export function bounded(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER)
}

export function addUsage(one: Usage, other: Usage): Usage {
  const sum = { ...one }
  for (const kind of kinds) sum[kind] = bounded(one[kind] + other[kind])
  return sum
}

export function inputTokens(usage: Usage): number {
  return bounded(usage.inputTextTokens + usage.inputAudioTokens + usage.inputImageTokens)
}

/** Cached tokens are a part of the input's. */
export function totalTokens(usage: Usage): number {
  return bounded(inputTokens(usage) + usage.outputTextTokens + usage.outputAudioTokens)
}

export interface Modalities {
  text: number
  audio: number
  image: number
}

/**
 * The cached part of an input by what it is made of. What a service does not tell apart counts as text as far as there is
 * text, then as sound: services cache from the front, where the text of the instructions stands.
 */
export function splitCached(input: Modalities, cached: number, told: Modalities): Modalities {
  const text = Math.min(told.text, input.text)
  const audio = Math.min(told.audio, input.audio)
  const image = Math.min(told.image, input.image)
  let rest = Math.max(0, cached - text - audio - image)
  const take = (room: number): number => {
    const part = Math.min(rest, room)
    rest -= part
    return part
  }
  return {
    text: text + take(input.text - text),
    audio: audio + take(input.audio - audio),
    image: image + take(input.image - image),
  }
}
