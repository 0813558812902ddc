import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGate, fits, gateRules, isTrusted, type Sender } from '../../../src/main/shell/gate.ts'
import { createStillClock } from '../../support/still-clock.ts'

const own: Sender = { contents: 1, isMainFrame: true, url: 'app://parley/' }
const known = new Set([1])

function open() {
  const clock = createStillClock()
  const asked: unknown[] = []
  const gate = createGate({
    clock,
    known,
    answer(name, argument) {
      asked.push([name, argument])
      return Promise.resolve({ ok: true, value: null })
    },
  })
  return { clock, asked, gate }
}

describe('the gate before the app', () => {
  it.each([
    ['another window', { ...own, contents: 2 }],
    ['a frame inside the page', { ...own, isMainFrame: false }],
    ['another host', { ...own, url: 'app://parley.example/' }],
    ['a host that begins alike', { ...own, url: 'app://parleys/' }],
    ['a name before the host', { ...own, url: 'app://parley@evil/' }],
    ['a login at our host', { ...own, url: 'app://evil@parley/' }],
    ['another scheme', { ...own, url: 'https://parley/' }],
    ['a file', { ...own, url: 'file:///parley/' }],
    ['a frame that is gone', { ...own, url: '' }],
  ])('[X4] refuses %s', async (_who, sender) => {
    expect(isTrusted(sender, known)).toBe(false)
    const { gate, asked } = open()
    expect(await gate(sender, 'hush', null)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    expect(asked).toEqual([])
  })

  it('[X4] lets our own page through, wherever in the app it is', async () => {
    const { gate, asked } = open()
    expect(await gate({ ...own, url: 'app://parley/index.html?x#y' }, 'hush', null)).toEqual({ ok: true, value: null })
    expect(asked).toEqual([['hush', null]])
  })

  it('[X5] passes what the contract’s largest arguments need and nothing beyond: bytes, depth, exotic objects', () => {
    expect(fits({ instructions: 'ж'.repeat(16_000) })).toBe(true)
    expect(fits({ endpoint: { kind: 'compatible', baseUrl: 'wss://host', model: 'm' } })).toBe(true)
    expect(fits('x'.repeat(gateRules.mostBytes))).toBe(false)
    expect(fits(Array.from({ length: gateRules.mostBytes / 8 }, () => 0))).toBe(false)
    expect(fits({ a: { b: { c: { d: { e: 1 } } } } })).toBe(false)
    for (const exotic of [new Map(), new Date(), new Uint8Array(4), /x/, 10n]) expect(fits({ exotic })).toBe(false)
    expect(fits(new Array(4_000_000_000))).toBe(false)
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(fits(circle)).toBe(false)
  })

  it('[X5] keeps a human pace: a burst, then so many a second; strangers use nothing of it up', async () => {
    const { clock, gate } = open()
    for (let at = 0; at < gateRules.burst; at++) await gate({ ...own, contents: 9 }, 'hush', null)
    for (let at = 0; at < gateRules.burst; at++) expect((await gate(own, 'hush', null)).ok).toBe(true)
    expect((await gate(own, 'hush', null)).ok).toBe(false)
    clock.pass(1_000)
    for (let at = 0; at < gateRules.perSecond; at++) expect((await gate(own, 'hush', null)).ok).toBe(true)
    expect((await gate(own, 'hush', null)).ok).toBe(false)
  })

  it('[X5] 10,000 random payloads: nothing throws, and what comes through is plain and small', async () => {
    const { clock, asked, gate } = open()
    const anything = fc.anything({ maxDepth: 6, withBigInt: true, withDate: true, withMap: true, withTypedArray: true })
    const payloads = fc.sample(anything, { numRuns: 10_000, seed: 7 })
    let passed = 0
    for (const payload of payloads) {
      clock.pass(1_000)
      if ((await gate(own, payload, payload)).ok) passed += 1
    }
    expect(asked).toHaveLength(passed)
    expect(passed).toBeGreaterThan(1_000)
    expect(passed).toBeLessThan(9_000)
    for (const [name] of asked as [unknown][]) expect(() => JSON.stringify(name)).not.toThrow()
  })
})
