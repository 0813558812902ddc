// What tokens cost. The table is dated and a person may replace any row of it (prices.json in the data folder); a model
// that is not in it has no price, which is shown as unknown and never taken for nothing.
import { z } from 'zod'

const usd = z.number().nonnegative()

/** US dollars for a million tokens. */
export const priceSchema = z.object({
  inputText: usd,
  cachedText: usd,
  inputAudio: usd.nullable(),
  cachedAudio: usd.nullable(),
  outputText: usd,
  outputAudio: usd.nullable(),
})
export type Price = z.infer<typeof priceSchema>

export interface PriceTable {
  /** ISO date on which the rows were true. */
  dated: string
  models: Readonly<Record<string, Price>>
}

export const ownPricesSchema = z.object({ dated: z.iso.date(), models: z.record(z.string(), priceSchema) })

/** Parley's own engine, on this machine. */
export const embeddedModel = 'embedded'

const voice = (text: readonly [number, number, number], audio: readonly [number, number, number]): Price => ({
  inputText: text[0],
  cachedText: text[1],
  outputText: text[2],
  inputAudio: audio[0],
  cachedAudio: audio[1],
  outputAudio: audio[2],
})

const writing = (inputText: number, cachedText: number, outputText: number): Price => ({
  inputText,
  cachedText,
  outputText,
  inputAudio: null,
  cachedAudio: null,
  outputAudio: null,
})

/** Sources: the models' own pages at developers.openai.com/api/docs/models. Input, cached input, output. */
export const builtInPrices: PriceTable = {
  dated: '2026-11-22',
  models: {
    [embeddedModel]: voice([0, 0, 0], [0, 0, 0]),
    'gpt-realtime-2': voice([4, 0.4, 24], [32, 0.4, 64]),
    'gpt-realtime-1.5': voice([4, 0.4, 16], [32, 0.4, 64]),
    'gpt-realtime-2.1-mini': voice([0.6, 0.06, 2.4], [10, 0.3, 20]),
    'gpt-5.4': writing(2.5, 0.25, 15),
    'gpt-5.4-mini': writing(0.75, 0.075, 4.5),
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
