// What comes off a Responses socket, well-formed or not.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure } from '../../../src/core/agent/failure.ts'
import { callName } from '../../../src/core/agent/ledger.ts'
import { parseAgentEvent } from '../../../src/core/agent/parse.ts'
import { httpFault } from '../../../src/core/agent/wire-events.ts'
import { answerEvents } from '../../support/responses-events.ts'
import { call } from '../../support/scripted-mind-of-tasks.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 500)

function faultOf(frame: object): unknown {
  const parsed = parseAgentEvent(JSON.stringify(frame))
  return parsed.type === 'known' && parsed.event.type === 'error' ? parsed.event.fault : parsed
}

describe('reading the wire', () => {
  it('[G12] both shapes of an error, and one over HTTP, are one fault', () => {
    const told = { code: 'rate_limit_exceeded', message: 'Slow down.', param: null }
    const fault = { code: 'rate_limit_exceeded', message: 'Slow down.', param: '', status: 429, retryAfterMs: 1500 }
    expect(faultOf({ type: 'error', status: 429, error: { ...told, headers: { 'Retry-After': '1.5' } } })).toEqual(
      fault,
    )
    expect(faultOf({ type: 'error', sequence_number: 3, ...told })).toEqual({
      ...fault,
      status: null,
      retryAfterMs: null,
    })
    expect(httpFault(429, JSON.stringify({ error: told }), 1500)).toEqual(fault)
    expect(httpFault(502, '<html>Bad gateway</html>', null)).toMatchObject({ status: 502, message: '' })
  })

  it('[G12] nothing that a server sends makes it throw', () => {
    const frames = answerEvents('resp_1', [call('c1', 'tool', {})], 'completed')
    const broken = fc.tuple(fc.constantFrom(...frames), fc.string(), fc.jsonValue({ maxDepth: 6 }))
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), broken), (given) => {
        const frame =
          typeof given === 'string' ? given : JSON.stringify({ ...given[0], [given[1]]: given[2], response: given[2] })
        expect(['known', 'unknown', 'broken']).toContain(parseAgentEvent(frame).type)
      }),
      { numRuns: runs },
    )
    const deep = `{"type":"response.completed","response":${'['.repeat(500)}${']'.repeat(500)}}`
    expect(parseAgentEvent(deep).type).toBe('broken')
    expect(parseAgentEvent('{"type":"constructor"}').type).toBe('unknown')
  })
})

describe('what follows from a failure', () => {
  const fault = { status: 429, code: 'rate_limit_exceeded', param: '', message: '', retryAfterMs: 2000 }
  const none = { counted: 0, free: 0 }

  it('[G4] a wait that the server asks for is kept, within bounds', () => {
    expect(afterFailure({ type: 'refused', fault }, none, 0.5)).toMatchObject({ type: 'again', afterMs: 2000 })
    const long = { ...fault, retryAfterMs: 3_600_000 }
    expect(afterFailure({ type: 'refused', fault: long }, none, 0.5)).toMatchObject({ afterMs: 60_000 })
  })

  it('[G6] what was never asked does not count as a try, but not for ever', () => {
    const lost = { type: 'lost', outcome: 'not-sent', cause: 'gone' } as const
    expect(afterFailure(lost, { counted: 1, free: 4 }, 0)).toMatchObject({
      type: 'again',
      counts: false,
      isUnknown: false,
    })
    expect(afterFailure(lost, { counted: 0, free: 5 }, 0)).toEqual({ type: 'give-up', reason: 'gone' })
  })
})

describe('the name of a call', () => {
  it('[G13] is the same for the same call, another for another one with its id, and never another task’s', () => {
    const asked = { callId: 'call_0', name: 'append', arguments: '{"line":"a"}' }
    const known = [{ call: 'task_1.call_0', name: 'append', arguments: '{"line":"a"}' }]
    expect(callName(known, 'task_1', asked)).toBe('task_1.call_0')
    expect(callName(known, 'task_1', { ...asked, arguments: '{"line":"b"}' })).toBe('task_1.call_0~2')
    expect(callName(known, 'task_2', asked)).toBe('task_2.call_0')
  })
})
