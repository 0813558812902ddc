import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requests } from '../../../src/core/ipc.ts'
import { createGate, gateRules } from '../../../src/main/shell/gate.ts'
import { openApp } from '../../support/opened-app.ts'
import { createStillClock } from '../../support/still-clock.ts'

/** For every channel; ten thousand take half a minute. */
const payloads = Number(process.env['PARLEY_RUNS'] ?? 500)

describe('the gate and the app behind it', () => {
  it.each(Object.keys(requests) as (keyof typeof requests)[])(
    `[X5] of ${payloads} random payloads for “%s” none that the contract refuses is accepted, and nothing throws`,
    async (name) => {
      const { app } = await openApp({ missing: ['microphone', 'speaker'] })
      const clock = createStillClock()
      const gate = createGate({ clock, known: new Set([1]), answer: (asked, given) => app.answer(asked, given) })
      const fields = fc.constantFrom(
        'id',
        'text',
        'edge',
        'muted',
        'mode',
        'title',
        'format',
        'key',
        'on',
        'service',
        'plain',
        'task',
        'approval',
        'digest',
        'approved',
        'path',
        'tool',
        'server',
        'fromMs',
        'toMs',
      )
      const anything = fc.oneof(
        fc.anything({ maxDepth: 3, withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
        fc.dictionary(fields, fc.anything({ maxDepth: 1 }), { minKeys: 1 }),
      )
      const { argument: schema } = requests[name]
      const invalid = fc.sample(anything, { numRuns: payloads, seed: 5 }).filter((payload) => !isValid(schema, payload))
      expect(invalid.length).toBeGreaterThan(payloads / 2)
      const accepted: unknown[] = []
      for (const payload of invalid) {
        clock.pass(1_000 / gateRules.perSecond)
        const reply = await gate({ contents: 1, isMainFrame: true, url: 'app://parley/' }, name, payload)
        if (reply.ok) accepted.push(payload)
      }
      expect(accepted).toEqual([])
      expect(app.state().presence).toEqual(expect.any(String))
    },
  )
})

function isValid(schema: { safeParse(value: unknown): { success: boolean } }, payload: unknown): boolean {
  return schema.safeParse(payload).success
}
