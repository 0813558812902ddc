// From counts to money. In whole millionths of a millionth of a dollar, so that no sum drifts however many there are; prices
// are prices.ts, days are day.ts. Pure.
import type { Usage } from '../conversation/change.ts'
import type { Price } from './price.ts'

export interface Cost {
  /** 10⁻¹² US dollars. */
  picoUsd: bigint
  /** Kinds were used that have no price: they are not in the sum. */
  isPartial: boolean
}

export const noCost: Cost = { picoUsd: 0n, isPartial: false }

const picoInUsd = 1_000_000_000_000

export function addCost(one: Cost, other: Cost): Cost {
  return { picoUsd: one.picoUsd + other.picoUsd, isPartial: one.isPartial || other.isPartial }
}

export function usdOf({ picoUsd }: Pick<Cost, 'picoUsd'>): number {
  return Number(picoUsd) / picoInUsd
}

/** @param isLong these requests had very long inputs */
export function costOf(usage: Usage, price: Price, isLong = false): Cost {
  const { input: inputTimes, output: outputTimes } = (isLong ? price.long : null) ?? { input: 1, output: 1 }
  const { text, cachedText, written, audio, cachedAudio, image, cachedImage } = inputsOf(usage)
  const parts: readonly (readonly [count: number, usdPerMillion: number | null, times: number])[] = [
    [text, price.inputText, inputTimes],
    [cachedText, price.cachedText, inputTimes],
    [written, price.cacheWrite ?? price.inputText, inputTimes],
    [audio, price.inputAudio, inputTimes],
    [cachedAudio, price.cachedAudio, inputTimes],
    [image, price.inputImage, inputTimes],
    [cachedImage, price.cachedImage, inputTimes],
    [usage.outputTextTokens, price.outputText, outputTimes],
    [usage.outputAudioTokens, price.outputAudio, outputTimes],
    [usage.searches, price.search === null ? null : price.search * 1_000_000, 1],
  ]
  const tokens = parts.map(([count, usd, times]): Cost => {
    if (count === 0) return noCost
    if (usd === null) return { picoUsd: 0n, isPartial: true }
    return { picoUsd: BigInt(count) * picoPerOne(usd * times), isPartial: false }
  })
  return [...tokens, lengthCost(usage.heardMs, price.minute)].reduce(addCost, noCost)
}

/** Dollars for a million are millionths of a dollar for one. */
function picoPerOne(usdPerMillion: number): bigint {
  return BigInt(Math.round(usdPerMillion * 1_000_000))
}

function lengthCost(ms: number, usdPerMinute: number | null): Cost {
  if (ms === 0) return noCost
  if (usdPerMinute === null) return { picoUsd: 0n, isPartial: true }
  const minute = 60_000n
  const product = BigInt(ms) * BigInt(Math.round(usdPerMinute * picoInUsd))
  return { picoUsd: (product + minute / 2n) / minute, isPartial: false }
}

/** Each input token is paid once: as new, as cached or as put into the cache. */
function inputsOf(usage: Usage) {
  const cachedAudio = Math.min(usage.cachedAudioTokens, usage.inputAudioTokens)
  const cachedImage = Math.min(usage.cachedImageTokens, usage.inputImageTokens)
  const cachedText = Math.min(
    Math.max(0, usage.cachedTokens - usage.cachedAudioTokens - usage.cachedImageTokens),
    usage.inputTextTokens,
  )
  const written = Math.min(usage.cacheWriteTokens, usage.inputTextTokens - cachedText)
  return {
    text: usage.inputTextTokens - cachedText - written,
    cachedText,
    written,
    audio: usage.inputAudioTokens - cachedAudio,
    cachedAudio,
    image: usage.inputImageTokens - cachedImage,
    cachedImage,
  }
}
