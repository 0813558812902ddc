// One model's price, made of few numbers, and read from what a person types. Apart from its schema (prices.ts), so that a
// window needs none.
/** US dollars for a million tokens, where the name says nothing else; null: this kind has no price. */
export interface Price {
  inputText: number | null
  cachedText: number | null
  inputAudio: number | null
  cachedAudio: number | null
  outputText: number | null
  outputAudio: number | null
  inputImage: number | null
  cachedImage: number | null
  /** Text that is put into the cache; null: as other input. */
  cacheWrite: number | null
  /** Dollars for a minute of sound that is paid by its length. */
  minute: number | null
  /** Dollars for one search of the service's own. */
  search: number | null
  /** Of a request with a very long input (day.ts) everything costs so many times as much; null: as usual. */
  long: { input: number; output: number } | null
}

export const noPrice: Price = {
  inputText: null,
  cachedText: null,
  inputAudio: null,
  cachedAudio: null,
  outputText: null,
  outputAudio: null,
  inputImage: null,
  cachedImage: null,
  cacheWrite: null,
  minute: null,
  search: null,
  long: null,
}

export type InputCachedOutput = readonly [input: number, cached: number, output: number]

export function voicePrice(
  text: InputCachedOutput,
  audio: InputCachedOutput,
  image?: readonly [number, number],
): Price {
  const [inputText, cachedText, outputText] = text
  const [inputAudio, cachedAudio, outputAudio] = audio
  const [inputImage = null, cachedImage = null] = image ?? []
  const kinds = { inputText, cachedText, outputText, inputAudio, cachedAudio, outputAudio }
  return { ...noPrice, ...kinds, inputImage, cachedImage }
}

export function textPrice([inputText, cachedText, outputText]: InputCachedOutput): Price {
  return { ...noPrice, inputText, cachedText, outputText }
}

export function minutePrice(minute: number): Price {
  return { ...noPrice, minute }
}

/** What a person is told to type. */
export const priceHints = {
  reading: 'Dollars a minute (0.0045), or for a million tokens in, cached and out (1.25 1.25 5).',
  other:
    'Dollars for a million tokens: text in, cached, out (1 0.05 5); for a voice also sound in, cached, out (4 0.4 24 32 0.4 64).',
}

/**
 * One number is for a minute, three are for text, six for text and sound; null for anything else.
 * @param isReading of what reads the person's words: the sound that it takes in costs as text does
 */
export function priceFrom(text: string, isReading: boolean): Price | null {
  const words = text.trim().split(/[\s;]+/)
  const numbers = words.map(Number)
  const isEach = (one: number): boolean => Number.isFinite(one) && one >= 0 && one <= mostUsd
  if (words.includes('') || !numbers.every(isEach)) return null
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers
  switch (numbers.length) {
    case 1:
      return minutePrice(a)
    case 3:
      return { ...textPrice([a, b, c]), inputAudio: isReading ? a : null }
    case 6:
      return voicePrice([a, b, c], [d, e, f])
    default:
      return null
  }
}

const mostUsd = 1_000_000
