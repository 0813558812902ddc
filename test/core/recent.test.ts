import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Recent } from '../../src/core/recent.ts'

const most = 40
const key = fc.integer({ min: 0, max: 60 }).map(String)
const step = fc.oneof(
  fc.record({ do: fc.constant('with' as const), key }),
  fc.record({ do: fc.constant('without' as const), key }),
)

describe('a map of the newest', () => {
  it('[V15] has what was put into it last, is bounded, and leaves every earlier value as it was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        let recent = new Recent<number>(most)
        const plain = new Map<string, number>()
        for (const [at, { do: what, key }] of steps.entries()) {
          const before = recent
          const then = before.entries()
          plain.delete(key)
          if (what === 'with') plain.set(key, at)
          recent = what === 'with' ? recent.with(key, at) : recent.without(key)
          expect(before.entries()).toEqual(then)
          expect(recent.get(key)).toBe(plain.get(key))
          expect(recent.has(key)).toBe(plain.has(key))
        }
        const entries = recent.entries()
        expect(entries.length).toBeLessThanOrEqual(most)
        for (const [key, value] of entries) expect(value).toBe(plain.get(key))
        // Whatever else is forgotten, the newest are there.
        for (const [key, value] of [...plain].slice(-16)) expect(recent.get(key)).toBe(value)
      }),
    )
  })
})
