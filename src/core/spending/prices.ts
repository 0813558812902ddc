// What models cost. The one table of it, dated; a person may replace any row (prices.json in the data folder). A model
// that is not in it has no price, which is shown as unknown and never taken for nothing.
import { z } from 'zod'
import { minutePrice, noPrice, textPrice, voicePrice, type InputCachedOutput, type Price } from './price.ts'

const usd = z.number().nonnegative().max(1_000_000)
const usdOrNone = usd.nullable()
/** Rows of an older file are without it. */
const later = usdOrNone.default(null)

export const priceSchema: z.ZodType<Price> = z.object({
  inputText: usdOrNone,
  cachedText: usdOrNone,
  inputAudio: usdOrNone,
  cachedAudio: usdOrNone,
  outputText: usdOrNone,
  outputAudio: usdOrNone,
  inputImage: later,
  cachedImage: later,
  cacheWrite: later,
  minute: later,
  search: later,
  long: z.object({ input: z.number().positive(), output: z.number().positive() }).nullable().default(null),
})

export interface PriceTable {
  /** ISO date on which the rows were true. */
  dated: string
  models: Readonly<Record<string, Price>>
}

export const ownPricesSchema = z.object({ dated: z.iso.date(), models: z.record(z.string(), priceSchema) })

/** Parley's own engine, on this machine. */
export const embeddedModel = 'embedded'

/** Transcription that is paid by tokens: what is heard and prompted costs the same. */
const reading = (input: number, output: number): Price => ({
  ...noPrice,
  inputText: input,
  inputAudio: input,
  outputText: output,
})

/**
 * $10 for a thousand, what is found counting as input besides (H): the service's price page (“Web search, all models”) as three others
 * give it: community.openai.com/t/1363698, modelcostwatch.com (of 12 March 2026), docs.apiyi.com (of 11 June 2026). Looked up
 * on 27 November 2026; the page itself could not be read.
 */
const searchUsd = 0.01
/** Above 272,000 tokens of input, which day.ts tells apart. */
const longTimes = { input: 2, output: 1.5 }

/** @param cacheWrite times the input; from 5.6 on what is put into the cache for half an hour costs more */
const agent = (text: InputCachedOutput, cacheWrite: number | null): Price => ({
  ...textPrice(text),
  cacheWrite: cacheWrite === null ? null : text[0] * cacheWrite,
  search: searchUsd,
  long: longTimes,
})

/** Sources: each model's own page at developers.openai.com/api/docs/models, read on the date; (H) from other lists alone. */
export const builtInPrices: PriceTable = {
  dated: '2026-11-26',
  models: {
    [embeddedModel]: { ...voicePrice([0, 0, 0], [0, 0, 0], [0, 0]), minute: 0, search: 0 },
    'gpt-realtime-2.1': voicePrice([4, 0.4, 24], [32, 0.4, 64], [5, 0.5]),
    'gpt-realtime-2': voicePrice([4, 0.4, 24], [32, 0.4, 64], [5, 0.5]),
    'gpt-realtime-2.1-mini': voicePrice([0.6, 0.06, 2.4], [10, 0.3, 20], [0.8, 0.08]),
    'gpt-realtime-1.5': voicePrice([4, 0.4, 16], [32, 0.4, 64], [5, 0.5]),
    'gpt-transcribe': minutePrice(0.0045),
    'gpt-live-transcribe': minutePrice(0.017),
    'gpt-realtime-whisper': minutePrice(0.017),
    'gpt-4o-mini-transcribe': reading(1.25, 5),
    'gpt-6.1-terra': agent([1, 0.05, 5], 1.25),
    'gpt-6.1-sol': agent([2, 0.1, 10], 1.25), // (H)
    'gpt-6-luna': agent([0.1, 0.01, 0.5], 1.25), // (H)
    'gpt-6-astra': agent([10, 1, 50], 1.25), // (H)
    'gpt-5.6-terra': agent([2, 0.2, 12], 1.25),
    'gpt-5.6-sol': agent([4, 0.4, 20], 1.25), // (H)
    'gpt-5.4': agent([2.5, 0.25, 15], null),
    'gpt-5.4-mini': { ...agent([0.75, 0.075, 4.5], null), long: null },
  },
}

/** How a model is named in prices: another server may well give its model the name of somebody else's. */
export function pricedModel(endpoint: string, model: string): string {
  if (endpoint === 'openai') return model
  return endpoint === 'embedded' ? embeddedModel : `${endpoint}/${model}`
}

/** Rows of one's own stand in for the built-in ones; a dated snapshot (`…-2026-01-31`) has its model's price. */
export function priceOf(model: string, tables: readonly PriceTable[]): Price | null {
  const family = model.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  for (const { models } of tables)
    for (const name of [model, family]) if (Object.hasOwn(models, name)) return models[name] ?? null
  return null
}

/** A search costs the same whichever of OpenAI's models makes it; of other servers (`host/model`) nobody knows. */
export function withSearch(model: string, price: Price): Price {
  return price.search === null && !model.includes('/') ? { ...price, search: searchUsd } : price
}

/** A model that is about to be used, as prices name it, and for what. */
export interface UsedModel {
  name: string
  does: 'voice' | 'reading' | 'agent' | 'searching agent'
}

/** Whether all that such a use is sure to cost has a price. */
export function isPriced(price: Price | null, does: UsedModel['does']): boolean {
  if (price === null) return false
  const has = (...kinds: (keyof Price)[]): boolean => kinds.every((kind) => price[kind] !== null)
  const hasText = has('inputText', 'cachedText', 'outputText')
  switch (does) {
    case 'voice':
      return hasText && has('inputAudio', 'cachedAudio', 'outputAudio')
    case 'reading':
      return has('minute') || has('inputText', 'inputAudio', 'outputText')
    case 'agent':
      return hasText
    case 'searching agent':
      return hasText && has('search')
  }
}
