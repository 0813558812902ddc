import { describe, expect, it } from 'vitest'
import { noUsage } from '../../../src/core/conversation/usage.ts'
import { costOf, usdOf } from '../../../src/core/spending/cost.ts'
import { addToDay, beginDay, spendingOf, type Day } from '../../../src/core/spending/day.ts'
import { priceFrom } from '../../../src/core/spending/price.ts'
import type { Price } from '../../../src/core/spending/price.ts'
import { builtInPrices, priceOf } from '../../../src/core/spending/prices.ts'

const tables = [builtInPrices]
const limited = (day: Day, capUsd: number | null, own = tables) =>
  spendingOf(day, { capUsd, inUse: [], accepted: [] }, own)
const usd = (...args: Parameters<typeof costOf>): number => usdOf(costOf(...args))
const realtime = priceOf('gpt-realtime-2', tables) as Price
const mini = priceOf('gpt-realtime-2.1-mini', tables) as Price
const terra = priceOf('gpt-6.1-terra', tables) as Price

describe('spending', () => {
  it('[Z1] cached tokens are a part of the input and are charged once, at their own price', () => {
    const usage = { ...noUsage, inputTextTokens: 1_000_000, cachedTokens: 600_000 }
    expect(usd(usage, realtime)).toBe(1.84)
    const cached = { cachedTokens: 300_000, cachedAudioTokens: 200_000 }
    const spoken = { ...noUsage, inputTextTokens: 100_000, inputAudioTokens: 1_000_000, ...cached }
    expect(usd(spoken, mini)).toBe(0.006 + 8 + 0.06)
  })

  it('[Z1] every kind of token has its own price', () => {
    const usage = { ...noUsage, outputTextTokens: 1_000_000, outputAudioTokens: 1_000_000 }
    expect(usd(usage, realtime)).toBe(24 + 64)
  })

  it('[Z2] a model without a price, or a kind of token without one, is unknown and never free', () => {
    const usage = { ...noUsage, outputTextTokens: 1_000 }
    const unknown = addToDay(beginDay('2026-11-22'), 'somebody/model', usage)
    expect(limited(unknown, 1)).toMatchObject({ todayUsd: null, unknownPrices: ['somebody/model'] })
    const odd = { ...noUsage, outputTextTokens: 1_000_000, outputAudioTokens: 1 }
    expect(costOf(odd, terra)).toEqual({ picoUsd: 5_000_000_000_000n, isPartial: true })
    const both = addToDay(unknown, 'gpt-5.4', { ...noUsage, outputTextTokens: 100_000 })
    expect(limited(both, null)).toMatchObject({ todayUsd: 1.5, unknownPrices: ['somebody/model'] })
  })

  it('[Z2] what runs on this machine costs nothing, and that is known', () => {
    const day = addToDay(beginDay('2026-11-22'), 'embedded', { ...noUsage, inputAudioTokens: 5_000 })
    expect(limited(day, 1)).toMatchObject({ todayUsd: 0, unknownPrices: [], state: 'free' })
  })

  it('[Z3] the limit warns at four fifths and stops when it is reached', () => {
    const spent = (outputTextTokens: number) =>
      limited(addToDay(beginDay('2026-11-22'), 'gpt-5.4', { ...noUsage, outputTextTokens }), 1.5).state
    expect([79_000, 81_000, 99_000, 101_000].map(spent)).toEqual(['free', 'warned', 'warned', 'stopped'])
    const day = addToDay(beginDay('2026-11-22'), 'gpt-5.4', { ...noUsage, outputTextTokens: 9_000_000 })
    expect(limited(day, null).state).toBe('free')
  })

  it('[Z4] a row of one’s own stands in for the built-in one, and a dated snapshot has its model’s price', () => {
    const own = { dated: '2027-01-01', models: { 'gpt-5.4': { ...realtime, outputText: 1 } } }
    expect(priceOf('gpt-5.4', [own, builtInPrices])?.outputText).toBe(1)
    expect(priceOf('gpt-5.4-2026-03-05', tables)?.outputText).toBe(15)
    expect(priceOf('constructor', tables)).toBeNull()
  })

  it('[Z200] pictures, what is put into the cache, minutes and searches have prices of their own', () => {
    expect(usd({ ...noUsage, inputImageTokens: 400, cachedTokens: 100, cachedImageTokens: 100 }, realtime)).toBe(
      0.00155,
    )
    expect(usd({ ...noUsage, inputTextTokens: 1_000, cacheWriteTokens: 400 }, terra)).toBe(0.0011)
    expect(usd({ ...noUsage, searches: 3 }, terra)).toBe(0.03)
    expect(usd({ ...noUsage, heardMs: 7_300 }, priceOf('gpt-transcribe', tables) as Price)).toBe(0.0005475)
    expect(costOf({ ...noUsage, heardMs: 1 }, terra).isPartial).toBe(true)
  })

  it('[Z200] a request with a very long input costs more in all its parts, one that is not does not', () => {
    const long = { ...noUsage, inputTextTokens: 300_000, cachedTokens: 280_000, outputTextTokens: 500 }
    const one = addToDay(beginDay('2026-11-22'), 'gpt-6.1-terra', long)
    expect(limited(one, null).todayUsd).toBe(0.07175)
    const halves = { ...noUsage, inputTextTokens: 150_000 }
    const two = [halves, halves].reduce((day, half) => addToDay(day, 'gpt-6.1-terra', half), beginDay('2026-11-22'))
    expect(limited(two, null).todayUsd).toBe(0.3)
  })

  it('[Z201] a hundred thousand small sums are the same as one great one', () => {
    const little = { ...noUsage, inputTextTokens: 1, outputTextTokens: 3, heardMs: 7 }
    const own = { dated: '2026-11-26', models: { it: { ...terra, inputText: 0.1, outputText: 0.7, minute: 0.007 } } }
    let day = beginDay('2026-11-22')
    for (let n = 0; n < 100_000; n++) day = addToDay(day, 'it', little)
    expect(limited(day, null, [own]).todayUsd).toBe(0.01 + 0.21 + 0.081666666667)
  })

  it('[Z202] what is about to be used and has no price is asked about, where there is a limit and no yes', () => {
    const inUse = [
      { name: 'gpt-6.1-terra', does: 'voice' },
      { name: 'gpt-transcribe', does: 'reading' },
      { name: 'host/worker', does: 'agent' },
      { name: 'gpt-5.6-sol', does: 'searching agent' },
    ] as const
    const asks = (capUsd: number | null, accepted: string[]) =>
      spendingOf(beginDay('2026-11-22'), { capUsd, inUse, accepted }, tables).asks.map(({ model }) => model)
    expect(asks(5, [])).toEqual(['gpt-6.1-terra', 'host/worker'])
    expect(asks(5, ['host/worker'])).toEqual(['gpt-6.1-terra'])
    expect(asks(null, [])).toEqual([])
  })

  it('[Z203] a price is read from one, three or six numbers', () => {
    expect(priceFrom('0.0045', true)).toMatchObject({ minute: 0.0045, inputText: null })
    expect(priceFrom('1  0.05 5', false)).toMatchObject({
      inputText: 1,
      cachedText: 0.05,
      outputText: 5,
      inputAudio: null,
    })
    expect(priceFrom('1.25 1.25 5', true)).toMatchObject({ inputAudio: 1.25 })
    expect(priceFrom('4 .4 24 32 .4 64', false)).toMatchObject({ outputText: 24, inputAudio: 32, outputAudio: 64 })
    for (const wrong of ['', 'y', '1 2', '-1', '1 2 x', 'Infinity']) expect(priceFrom(wrong, false)).toBeNull()
  })
})
