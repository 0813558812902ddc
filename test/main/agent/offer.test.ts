import { describe, expect, it } from 'vitest'
import { offerLimits } from '../../../src/core/agent/limits.ts'
import { offerOf } from '../../../src/main/agent/offer.ts'
import type { Tool } from '../../../src/main/agent/tool.ts'

const tool = (name: string, from: string, bytes: number): Tool => ({
  name,
  from,
  description: 'd'.repeat(bytes),
  risk: 'sends',
  asks: 'always',
  parameters: {},
  prepare: () => ({ why: 'never' }),
})

describe('what a model is offered', () => {
  it('[S203] is bounded in bytes too: one that is too much is left out, a smaller one behind it is not, Parley’s own never', () => {
    const half = offerLimits.bytes / 2
    const own = tool('own', 'built-in', half + 1_000)
    const names = offerOf([own, tool('large', 'far', half), tool('small', 'far', 100)]).map(({ name }) => name)
    expect(names).toEqual(['own', 'small'])
    expect(offerOf([tool('huge', 'built-in', 2 * offerLimits.bytes)])).toHaveLength(1)
  })
})
