import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import type { ClientEventOf } from '../../../src/core/realtime/events.ts'
import type { ScriptedConnection } from '../../support/scripted-server.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'
import { createVoiceLine, type VoiceLine } from '../../support/voice-line.ts'

const long: Change[] = Array.from({ length: 100 }, (_, at): Change[] => [
  { type: 'turn-started', turn: `t${at}`, role: 'user', via: 'voice', after: at === 0 ? null : `t${at - 1}` },
  { type: 'words-heard', turn: `t${at}`, text: `${at} ${'words '.repeat(50)}` },
]).flat()

type Asked = ClientEventOf<'response.create'>

/** Tells the events of a response out of band, in the service's order. */
function writeAside(connection: ScriptedConnection, asked: Asked, text: string, status = 'completed'): void {
  const part = { type: 'output_text', text }
  const item = { id: 'aside_1', object: 'realtime.item', type: 'message', role: 'assistant', content: [part] }
  const facts = {
    id: 'resp_aside',
    object: 'realtime.response',
    conversation_id: null,
    metadata: asked.response?.metadata,
  }
  const ids = { response_id: 'resp_aside', item_id: 'aside_1', output_index: 0, content_index: 0 }
  connection.send({ type: 'response.created', response: { ...facts, status: 'in_progress', output: [] } })
  connection.send({
    type: 'response.output_item.added',
    response_id: 'resp_aside',
    output_index: 0,
    item: { ...item, content: [] },
  })
  connection.send({ type: 'response.output_text.delta', ...ids, delta: text })
  connection.send({ type: 'response.output_text.done', ...ids, text })
  connection.send({ type: 'response.output_item.done', response_id: 'resp_aside', output_index: 0, item })
  const usage = {
    input_token_details: { text_tokens: 70, audio_tokens: 0, cached_tokens: 0 },
    output_token_details: { text_tokens: 7, audio_tokens: 0 },
  }
  const failed = status === 'completed' ? null : { type: status, error: { code: 'server_error', message: 'No.' } }
  const response = { ...facts, status, status_details: failed, output: status === 'completed' ? [item] : [], usage }
  connection.send({ type: 'response.done', response })
}

async function liveAndAsked(): Promise<{ line: VoiceLine; connection: ScriptedConnection; asked: Asked }> {
  const line = await createVoiceLine({ before: long, script: { deletes: true } })
  const connection = await line.live()
  return { line, connection, asked: await connection.next('response.create') }
}

describe('compacting on the live session', () => {
  it('[H5] asks beside the conversation, in writing, with what is to be summed up as items and not as an order', async () => {
    const { asked } = await liveAndAsked()
    expect(asked.response).toMatchObject({
      conversation: 'none',
      output_modalities: ['text'],
      tools: [],
      tool_choice: 'none',
    })
    expect(asked.response?.instructions).toMatch(/^Summarise /)
    expect(asked.response?.instructions).not.toContain('words words')
    expect(JSON.stringify(asked.response?.input?.[0])).toContain('0 words words')
  })

  it('[H5] nothing of it is heard, shown, or recorded as a turn; what was asked of it costs its tokens', async () => {
    const { line, connection, asked } = await liveAndAsked()
    writeAside(connection, asked, 'They counted.')
    await line.record.stored('compacted')
    expect(line.heard('caption')).toEqual([])
    expect(line.heard('answered')).toEqual([])
    expect(line.heard('speaking')).toEqual([])
    expect(line.record.conversation().turns).toHaveLength(100)
    expect(line.record.conversation().usage).toMatchObject({ inputTextTokens: 70, outputTextTokens: 7 })
  })

  it('[H6] puts the summary in front on the service, deletes there what it stands for, and keeps the turns in the record', async () => {
    const { line, connection, asked } = await liveAndAsked()
    writeAside(connection, asked, 'They counted.')
    const { summary, through } = await line.record.stored('compacted')
    expect(summary).toBe('They counted.')
    const at = Number(through.slice(1))
    const note = await connection.next('conversation.item.create')
    expect(note.previous_item_id).toBe('root')
    expect(JSON.stringify(note.item)).toContain('They counted.')
    await connection.next('conversation.item.delete')
    await connection.settled()
    await connection.settled()
    const restored = line.session.holds().items
    expect(restored.map(({ kind }) => kind)).toEqual(['note', ...Array.from({ length: 99 - at }, () => 'person')])
    expect(restored[1]?.id).toBe(`t${at + 1}`)
    expect(line.record.changes.filter(({ type }) => type === 'turn-removed')).toEqual([])
    expect(line.record.conversation().turns).toHaveLength(100)
    expect(line.session.context()).toMatchObject({ source: 'estimated', compactedMs: line.clock.nowMs() })
  })

  it.each([
    ['fails', 'They counted.', 'failed'],
    ['is cut off', 'They counted.', 'incomplete'],
    ['is empty', ' ', 'completed'],
    ['is no shorter', 'x'.repeat(30_000), 'completed'],
  ])('[H5] a summary that %s changes nothing, and is asked for again only later', async (_, text, status) => {
    const { line, connection, asked } = await liveAndAsked()
    const held = line.session.holds().items
    writeAside(connection, asked, text, status)
    await line.record.stored('tokens-used')
    await connection.settled()
    await line.session.hush()
    await connection.settled()
    expect(line.record.conversation().summary).toBeNull()
    expect(line.session.holds().items).toEqual(held)
    expect(connection.all('response.create')).toHaveLength(1)
    expect(connection.all('conversation.item.delete')).toEqual([])
  })

  it('[H5] a refused request and a broken line change nothing either', async () => {
    const { line, connection, asked } = await liveAndAsked()
    const error = { type: 'invalid_request_error', code: 'invalid_value', message: 'No.', event_id: asked.event_id }
    connection.send({ type: 'error', error })
    await connection.settled()
    expect(line.heard('notice')).toEqual([])
    expect(line.record.conversation().summary).toBeNull()
    const other = await liveAndAsked()
    other.connection.terminate()
    await other.line.told('phase', ({ type }) => type === 'waiting')
    expect(other.line.record.conversation().summary).toBeNull()
  })

  it('[H6] where the service does not take the summary, the older turns stay on the session', async () => {
    const line = await createVoiceLine({
      before: long,
      script: {
        deletes: true,
        refuseItem: (item) => (JSON.stringify(item).includes('They counted.') ? { named: true } : null),
      },
    })
    const connection = await line.live()
    writeAside(connection, await connection.next('response.create'), 'They counted.')
    await line.record.stored('compacted')
    await connection.next('conversation.item.create')
    await connection.settled()
    await connection.settled()
    expect(connection.all('conversation.item.delete')).toEqual([])
  })
})

describe('the engine', () => {
  it('[H5] writes a summary beside the conversation, which stays as it was', async () => {
    const engine = await startScriptedEngine({ answer: () => [{ type: 'text', text: 'They counted.' }] })
    const client = await engine.join()
    const content = [{ type: 'input_text', text: 'One, two.' }]
    const item = { type: 'message', role: 'user', content }
    client.send({ type: 'conversation.item.create', item: { ...item, id: 'u1' } })
    await client.next('conversation.item.done')
    client.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        output_modalities: ['text'],
        metadata: { of: 'us' },
        instructions: 'Summarise.',
        input: [item],
        tools: [],
        tool_choice: 'none',
        max_output_tokens: 500,
      },
    })
    const events = await client.until('response.done')
    expect(events.at(-1)?.['response']).toMatchObject({
      status: 'completed',
      conversation_id: null,
      metadata: { of: 'us' },
      output: [{ content: [{ type: 'output_text', text: 'They counted.' }] }],
    })
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('conversation.'))).toEqual([])
    expect(engine.mind.asks[0]).toMatchObject({
      instructions: 'Summarise.',
      memos: [{ type: 'message', role: 'user', text: 'One, two.' }],
      toolChoice: 'none',
    })
  })
})
