// What services really send over a Responses socket: fields left out or null, kinds that are new, frames that were damaged.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { functionCalls, isRefusal, spokenText } from '../../../src/core/agent/item.ts'
import { parseAgentEvent } from '../../../src/core/agent/parse.ts'
import { agentEventReaders } from '../../../src/core/agent/wire-events.ts'
import { everyField } from '../../support/every-field.ts'
import { mutateFrame, type Skeleton } from '../../support/mutated-frames.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 20_000)

const usage = { input_tokens: 100, output_tokens: 10, input_tokens_details: { cached_tokens: 40 } }
const message = { id: 'm1', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Done.' }] }
const call = { id: 'f1', type: 'function_call', call_id: 'c1', name: 'tool', arguments: '{}', status: 'completed' }
const response = { id: 'resp_1', object: 'response', output: [message, call], usage }
const fault = { code: 'rate_limit_exceeded', message: 'Slow down.', param: null }

const skeletons: readonly Skeleton[] = [
  { type: 'response.created', stream_id: 'l1', response: { id: 'resp_1', status: 'in_progress', output: [] } },
  { type: 'response.output_item.done', stream_id: 'l1', output_index: 0, item: message },
  { type: 'response.completed', stream_id: 'l1', response },
  { type: 'response.incomplete', response: { ...response, incomplete_details: { reason: 'max_output_tokens' } } },
  { type: 'response.failed', response: { ...response, output: [], error: fault } },
  { type: 'error', status: 429, error: { ...fault, headers: { 'retry-after': '1' } } },
  { type: 'error', ...fault, sequence_number: 3 },
]

describe('events of a Responses socket as services send them', () => {
  it('[G200] each field in turn gone, null, of another type or an unknown kind: none is lost that says what it is', () => {
    expect(new Set(skeletons.map(({ type }) => type))).toEqual(new Set(agentEventReaders.keys()))
    const lost: string[] = []
    let kept = 0
    for (const skeleton of skeletons)
      for (const { path, how, event } of everyField(skeleton)) {
        const parsed = parseAgentEvent(JSON.stringify(event))
        if (parsed.type === 'known') kept++
        else if (!/^(type|response|response\.id|item|item\.type)$/.test(path))
          lost.push(`${skeleton.type} ${path} ${how}`)
      }
    expect(lost).toEqual([])
    expect(kept).toBeGreaterThan(500)
  })

  it('[G200] what is no item is left out and counted; the words and calls beside it are there', () => {
    const odd = { ...message, content: [null, 7, { type: 'x', text: null }, { type: 'output_text', text: 'Yes.' }] }
    const output = [null, {}, { type: 'hosted_call', result: null }, odd, { ...call, status: null }]
    const parsed = parseAgentEvent(JSON.stringify({ type: 'response.completed', response: { ...response, output } }))
    if (parsed.type !== 'known' || parsed.event.type !== 'ended') throw new Error(parsed.type)
    expect(spokenText(parsed.event.response.output)).toBe('Yes.')
    expect(functionCalls(parsed.event.response.output)).toEqual([{ callId: 'c1', name: 'tool', arguments: '{}' }])
    expect(parsed.apart?.causes).toEqual(
      Array.from({ length: 2 }, () => 'response.completed: an item without a kind left out'),
    )
  })

  it('[P334] what is said on the way is not the answer where there is one', () => {
    const said = (phase: string | null, text: string) => ({
      ...message,
      phase,
      content: [{ type: 'output_text', text }],
    })
    expect(spokenText([said('commentary', 'I look.'), said('final_answer', 'It is nine.')])).toBe('It is nine.')
    expect(spokenText([said('commentary', 'I look.'), said(null, 'It is nine.')])).toBe('It is nine.')
    expect(spokenText([said('commentary', 'It is nine.')])).toBe('It is nine.')
  })

  it('[G12] damaged frames throw nothing and taint nothing', () => {
    const outcomes = { known: 0, unknown: 0, broken: 0 }
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const frame of mutateFrame(seed, skeletons)) {
          const parsed = parseAgentEvent(frame)
          outcomes[parsed.type]++
          if (parsed.type !== 'known' || parsed.event.type !== 'ended') continue
          const { output } = parsed.event.response
          spokenText(output)
          isRefusal(output)
          functionCalls(output)
          JSON.stringify(output)
        }
      }),
      { numRuns: runs / 10 },
    )
    expect(outcomes.known + outcomes.unknown + outcomes.broken).toBe(runs)
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(runs / 20)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
