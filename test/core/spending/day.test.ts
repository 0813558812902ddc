import { describe, expect, it } from 'vitest'
import { noUsage } from '../../../src/core/conversation/usage.ts'
import { addToDay, beginDay, costOf, spendingOf } from '../../../src/core/spending/day.ts'
import { builtInPrices, priceOf, type Price } from '../../../src/core/spending/prices.ts'

const tables = [builtInPrices]
const realtime = priceOf('gpt-realtime-2', tables) as Price

describe('spending', () => {
  it('[Z1] cached tokens are a part of the input and are charged once, at their own price', () => {
    const usage = { ...noUsage, inputTextTokens: 1_000_000, cachedTokens: 600_000 }
    expect(costOf(usage, realtime)).toBeCloseTo(0.4 * 4 + 0.6 * 0.4, 10)
    const spoken = { ...noUsage, inputTextTokens: 100_000, inputAudioTokens: 1_000_000, cachedTokens: 300_000 }
    expect(costOf(spoken, realtime)).toBeCloseTo(0.1 * 0.4 + 0.8 * 32 + 0.2 * 0.4, 10)
  })

  it('[Z1] every kind of token has its own price', () => {
    const usage = { ...noUsage, outputTextTokens: 1_000_000, outputAudioTokens: 1_000_000 }
    expect(costOf(usage, realtime)).toBe(24 + 64)
  })

  it('[Z2] a model without a price, or a kind of token without one, is unknown and never free', () => {
    const usage = { ...noUsage, outputTextTokens: 1_000 }
    const unknown = addToDay(beginDay('2026-11-22'), 'somebody/model', usage)
    expect(spendingOf(unknown, 1, tables)).toMatchObject({ todayUsd: null, unknownPrices: ['somebody/model'] })
    expect(costOf({ ...noUsage, outputAudioTokens: 1 }, priceOf('gpt-5.4', tables) as Price)).toBeNull()
    const both = addToDay(unknown, 'gpt-5.4', { ...noUsage, outputTextTokens: 100_000 })
    expect(spendingOf(both, null, tables)).toMatchObject({ todayUsd: 1.5, unknownPrices: ['somebody/model'] })
  })

  it('[Z2] what runs on this machine costs nothing, and that is known', () => {
    const day = addToDay(beginDay('2026-11-22'), 'embedded', { ...noUsage, inputAudioTokens: 5_000 })
    expect(spendingOf(day, 1, tables)).toMatchObject({ todayUsd: 0, unknownPrices: [], state: 'free' })
  })

  it('[Z3] the limit warns at four fifths and stops when it is reached', () => {
    const spent = (outputTextTokens: number) =>
      spendingOf(addToDay(beginDay('2026-11-22'), 'gpt-5.4', { ...noUsage, outputTextTokens }), 1.5, tables).state
    expect([79_000, 81_000, 99_000, 101_000].map(spent)).toEqual(['free', 'warned', 'warned', 'stopped'])
    const day = addToDay(beginDay('2026-11-22'), 'gpt-5.4', { ...noUsage, outputTextTokens: 9_000_000 })
    expect(spendingOf(day, null, tables).state).toBe('free')
  })

  it('[Z4] a row of one’s own stands in for the built-in one, and a dated snapshot has its model’s price', () => {
    const own = { dated: '2027-01-01', models: { 'gpt-5.4': { ...realtime, outputText: 1 } } }
    expect(priceOf('gpt-5.4', [own, builtInPrices])?.outputText).toBe(1)
    expect(priceOf('gpt-5.4-2026-03-05', tables)?.outputText).toBe(15)
    expect(priceOf('constructor', tables)).toBeNull()
  })
})
