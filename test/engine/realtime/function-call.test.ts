/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import { typesOf, type Wired } from '../../support/realtime-client.ts'
import { manualText, startScriptedEngine } from '../../support/scripted-engine.ts'

const ofType = (events: Wired[], type: string): Wired[] => events.filter((event) => event.type === type)
/** Equal neighbours as one. */
const steps = (events: Wired[]): string[] => typesOf(events).filter((type, at, all) => type !== all[at - 1])

describe('a function call', () => {
  it('[R30] gives its arguments in pieces, and its output starts nothing until it is asked to', async () => {
    const engine = await startScriptedEngine({
      answer: ({ memos }) =>
        memos.some(({ type }) => type === 'result')
          ? [{ type: 'text', text: 'It rains.' }]
          : [
              { type: 'text', text: 'I will look.' },
              { type: 'call', name: 'weather', arguments: '{"place":"the town by the long river"}' },
            ],
    })
    const client = await engine.join()
    const tools = [{ type: 'function', name: 'weather', description: 'Weather.', parameters: { type: 'object' } }]
    client.send({ ...manualText, session: { ...manualText.session, tools, tool_choice: 'required' } })
    client.send({ type: 'response.create' })
    const events = await client.until('response.done')
    expect(steps(events).slice(-8)).toEqual([
      'response.output_item.done',
      'response.output_item.added',
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    const pieces = ofType(events, 'response.function_call_arguments.delta')
    const done = ofType(events, 'response.function_call_arguments.done')[0]!
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.map(({ delta }) => delta as string).join('')).toBe(done.arguments)
    expect(done).toMatchObject({
      name: 'weather',
      output_index: 1,
      arguments: '{"place":"the town by the long river"}',
    })
    expect(done.call_id).not.toBe(done.item_id)
    expect(engine.mind.asks[0]).toMatchObject({ toolChoice: 'required', tools: [{ name: 'weather' }] })
    client.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: done.call_id, output: 'rain' },
    })
    expect(typesOf(await client.fence())).toEqual([
      'rate_limits.updated',
      'conversation.item.added',
      'conversation.item.done',
    ])
    client.send({ type: 'response.create' })
    expect((await client.next('response.done')).response.output[0].content[0].text).toBe('It rains.')
    expect(engine.mind.asks[1]!.memos).toEqual([
      { type: 'message', role: 'assistant', text: 'I will look.' },
      { type: 'call', callId: done.call_id, name: 'weather', arguments: done.arguments },
      { type: 'result', callId: done.call_id, output: 'rain' },
    ])
  })
})
