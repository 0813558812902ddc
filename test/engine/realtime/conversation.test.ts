/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-return -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import { typesOf, type RealtimeClient, type Wired } from '../../support/realtime-client.ts'
import { manualText, startScriptedEngine } from '../../support/scripted-engine.ts'
import { voiceFor } from '../../support/scripted-speech.ts'

const message = (id: string, role: string, type: string, text: string) => ({
  id,
  type: 'message',
  role,
  content: [{ type, text }],
})

async function create(client: RealtimeClient, item: object, rest: object = {}): Promise<Wired[]> {
  client.send({ type: 'conversation.item.create', item, ...rest })
  return client.fence()
}

describe('items', () => {
  it('[R26] a history is restored in the order sent, each added then done, chained', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    client.send(manualText)
    await client.next('session.updated')
    const audio = Buffer.from(voiceFor(500).buffer).toString('base64')
    const items = [
      message('s1', 'system', 'input_text', 'They spoke of tea before.'),
      message('u1', 'user', 'input_text', 'Which tea?'),
      { id: 'u2', type: 'message', role: 'user', content: [{ type: 'input_audio', audio }] },
      message('a1', 'assistant', 'output_text', 'The green one.'),
      { id: 'c1', type: 'function_call', call_id: 'call_1', name: 'brew', arguments: '{}' },
      { id: 'o1', type: 'function_call_output', call_id: 'call_1', output: 'brewed' },
    ]
    for (const item of items) client.send({ type: 'conversation.item.create', item })
    const events = await client.fence()
    expect(events.map(({ type, item, previous_item_id }) => [type, item.id, previous_item_id])).toEqual(
      items.flatMap(({ id }, at) => {
        const previous = items[at - 1]?.id ?? null
        return [
          ['conversation.item.added', id, previous],
          ['conversation.item.done', id, previous],
        ]
      }),
    )
    expect(events.every(({ item }) => item.object === 'realtime.item' && item.status === 'completed')).toBe(true)
    client.send({ type: 'response.create' })
    await client.next('response.done')
    expect(engine.mind.asks[0]!.memos).toEqual([
      { type: 'message', role: 'system', text: 'They spoke of tea before.' },
      { type: 'message', role: 'user', text: 'Which tea?' },
      { type: 'message', role: 'user', text: 'what time is it' },
      { type: 'message', role: 'assistant', text: 'The green one.' },
      { type: 'call', callId: 'call_1', name: 'brew', arguments: '{}' },
      { type: 'result', callId: 'call_1', output: 'brewed' },
    ])
  })

  it.each([
    ['text', "Invalid value: 'text'. Value must be 'output_text'."],
    ['output_audio', "Invalid value: 'output_audio'. Value must be 'output_text'."],
  ])(
    '[R26] an assistant message of type %s is refused, nothing is added, later items are unharmed',
    async (type, words) => {
      const engine = await startScriptedEngine()
      const client = await engine.join()
      const [refused] = await create(client, message('a1', 'assistant', type, 'hi'), { event_id: 'mine' })
      expect(refused!.error).toMatchObject({
        code: 'invalid_value',
        message: words,
        param: 'item.content[0].type',
        event_id: 'mine',
      })
      const later = await create(client, message('a2', 'assistant', 'output_text', 'hi'))
      expect(later.map(({ previous_item_id }) => previous_item_id as unknown)).toEqual([null, null])
    },
  )

  it('[R27] an id of 32 characters is taken, one of 33 is refused', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    expect(typesOf(await create(client, message('x'.repeat(32), 'user', 'input_text', 'hi')))).toEqual([
      'conversation.item.added',
      'conversation.item.done',
    ])
    const [refused] = await create(client, message('x'.repeat(33), 'user', 'input_text', 'hi'))
    expect(refused!.error.message).toBe(
      "Invalid 'item.id': string too long. Expected a string with maximum length 32, but got a string with length 33 instead.",
    )
  })

  it('[R28] root inserts first, an id inserts behind it, an unknown id refuses; so does deleting one', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    const say = (id: string) => message(id, 'user', 'input_text', id)
    await create(client, say('one'))
    await create(client, say('three'))
    const [front] = await create(client, say('zero'), { previous_item_id: 'root' })
    expect(front!.previous_item_id).toBeNull()
    const [between] = await create(client, say('two'), { previous_item_id: 'one' })
    expect(between!.previous_item_id).toBe('one')
    const [refused] = await create(client, say('lost'), { previous_item_id: 'nobody' })
    expect(refused!.error).toMatchObject({
      code: 'item_create_invalid_previous_item_id',
      message: "Error adding item: the previous item with id 'nobody' does not exist.",
    })
    const [twice] = await create(client, say('one'))
    expect(twice!.error.code).toBe('item_create_duplicate_item_id')
    client.send({ type: 'conversation.item.delete', item_id: 'nobody' })
    expect((await client.next('error')).error).toMatchObject({
      code: 'item_delete_invalid_item_id',
      message: "Error deleting item: the item with id 'nobody' does not exist.",
    })
    client.send({ type: 'conversation.item.delete', item_id: 'one' })
    expect((await client.next('conversation.item.deleted')).item_id).toBe('one')
    client.send(manualText)
    client.send({ type: 'response.create' })
    await client.next('response.done')
    expect(engine.mind.asks[0]!.memos.map((memo) => 'text' in memo && memo.text)).toEqual(['zero', 'two', 'three'])
  })

  it('[R29] a call and its output are taken; an output for an unknown call is refused without a code', async () => {
    const engine = await startScriptedEngine()
    const client = await engine.join()
    const [refused] = await create(client, { type: 'function_call_output', call_id: 'call_9', output: 'x' })
    expect(refused!.error).toMatchObject({ code: null, param: 'item.call_id' })
    await create(client, { type: 'function_call', call_id: 'call_9', name: 'look', arguments: '{}' })
    const events = await create(client, { type: 'function_call_output', call_id: 'call_9', output: 'x' })
    expect(typesOf(events)).toEqual(['conversation.item.added', 'conversation.item.done'])
  })
})
