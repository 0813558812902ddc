// A chain after failures: once more from the checkpoint, then undone, never half and never twice.
import { describe, expect, it } from 'vitest'
import type { Fate } from '../../support/scripted-responses.ts'
import { startAgentLine } from '../../support/agent-line.ts'
import { countTo } from '../../support/scripted-mind-of-tasks.ts'

const failures: [name: string, fate: Fate][] = [
  ['a 400', { type: 'error', shape: 'envelope', status: 400, code: 'invalid_request' }],
  ['a 429', { type: 'error', shape: 'envelope', status: 429, code: 'rate_limit_exceeded' }],
  ['a 500', { type: 'error', shape: 'envelope', status: 500, code: 'server_error' }],
  ['a lost parent', { type: 'error', shape: 'envelope', status: 400, code: 'previous_response_not_found' }],
  ['a flat error', { type: 'error', shape: 'flat', status: 500, code: 'server_error' }],
  ['a failed response', { type: 'error', shape: 'failed', status: 500, code: 'server_error' }],
]

describe('a failed turn', () => {
  it.each(failures)('[G4] after %s in mid-chain is told anew in full, once', async (_, fate) => {
    const line = await startAgentLine({
      mind: countTo(4),
      fate: ({ number }) => (number === 3 ? fate : { type: 'answer' }),
    })
    expect(await line.run('Append four lines.')).toMatchObject({ state: 'done', result: '4 done' })
    expect(line.effects()).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    const again = line.server.requests[3]!.body
    expect(again.previous_response_id).toBeNull()
    expect(again.input.map(({ type }) => type)).toEqual([
      'message',
      'function_call',
      'function_call_output',
      'function_call',
      'function_call_output',
    ])
    // What follows is short again.
    expect(line.server.requests[4]!.body.input).toHaveLength(1)
  })

  it.each(failures)('[G5] after %s twice is undone: a draft that can be gone on with', async (_, fate) => {
    let failing = true
    const line = await startAgentLine({
      mind: countTo(4),
      fate: ({ number }) => (failing && number >= 3 ? fate : { type: 'answer' }),
    })
    const draft = await line.run('Append four lines.')
    expect(draft.state).toBe('draft')
    expect(draft.result).not.toBe('')
    expect(line.server.requests).toHaveLength(4)
    expect(line.effects()).toEqual(['line 1', 'line 2'])
    failing = false
    line.agent.retry(draft.id)
    expect(await line.ended(draft.id)).toMatchObject({ state: 'done', result: '4 done' })
    expect(line.effects()).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    const resumed = line.server.requests[4]!.context
    const outputs = resumed.filter(({ type }) => type === 'function_call_output')
    expect(outputs.map((item) => item['call_id'])).toEqual(['call_1', 'call_2'])
    expect(line.record.conversation().tasks).toMatchObject([{ id: draft.id, state: 'done' }])
  })

  it('[G5] a draft of which nothing was answered is asked again as it was', async () => {
    let failing = true
    const line = await startAgentLine({
      mind: countTo(1),
      fate: () => (failing ? failures[2]![1] : { type: 'answer' }),
    })
    const draft = await line.run('Append a line.')
    expect(draft.state).toBe('draft')
    failing = false
    line.agent.retry(draft.id)
    expect((await line.ended(draft.id)).state).toBe('done')
    expect(line.server.requests[2]!.body.input).toEqual(line.server.requests[0]!.body.input)
  })

  it.each([
    [401, 'invalid_api_key', 'key'],
    [404, 'model_not_found', 'model for tasks'],
    [429, 'insufficient_quota', 'credit'],
  ])('[G6] what no repeat can mend (%i %s) is not repeated', async (status, code, word) => {
    const line = await startAgentLine({
      mind: countTo(1),
      fate: () => ({ type: 'error', shape: 'envelope', status, code }),
    })
    const draft = await line.run('Append a line.')
    expect(draft).toMatchObject({ state: 'draft', result: expect.stringContaining(word) as string })
    expect(line.server.requests).toHaveLength(1)
  })

  it('[G6] an answer that broke off is told, and its calls are not run', async () => {
    const line = await startAgentLine({
      mind: () => [{ ...countTo(1)([])[0]!, status: 'incomplete' }],
      fate: () => ({ type: 'incomplete', reason: 'max_output_tokens' }),
    })
    const task = await line.run('Append a line.')
    expect(task).toMatchObject({ state: 'failed', result: expect.stringContaining('max_output_tokens') as string })
    expect(line.effects()).toEqual([])
  })
})
