/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import { describe, expect, it } from 'vitest'
import type { Thought } from '../../../src/engine/ports.ts'
import { createEngineClock } from '../../support/engine-clock.ts'
import { typesOf, type Wired } from '../../support/realtime-client.ts'
import { manualText, startScriptedEngine } from '../../support/scripted-engine.ts'
import { saying } from '../../support/scripted-mind.ts'
import { msPerLetter } from '../../support/scripted-speech.ts'

const ofType = (events: Wired[], type: string): Wired[] => events.filter((event) => event.type === type)
/** Equal neighbours as one. */
const steps = (events: Wired[]): string[] => typesOf(events).filter((type, at, all) => type !== all[at - 1])
const bytesOf = (events: Wired[]): number =>
  ofType(events, 'response.output_audio.delta').reduce(
    (sum, { delta }) => sum + Buffer.from(delta as string, 'base64').length,
    0,
  )

/** An answer the test lets go piece by piece. */
function gated(): { answer: () => AsyncIterable<Thought>; say(thought: Thought): void; end(): void } {
  const queue: (Thought | null)[] = []
  let wake: () => void = () => undefined
  const push = (next: Thought | null): void => {
    queue.push(next)
    wake()
  }
  return {
    say: push,
    end: () => push(null),
    async *answer() {
      for (;;) {
        while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve))
        const next = queue.shift()
        if (!next) return
        yield next
      }
    },
  }
}

describe('a response', () => {
  it('[M20] is spoken in the manner that the mind asked for, within the bounds of a voice', async () => {
    const answer = (): Thought[] => [
      { type: 'text', text: 'Slow.', manner: { speed: 0.5, gain: 0.25 } },
      { type: 'text', text: 'Slowest.', manner: { speed: 0.1, gain: 1 } },
    ]
    const engine = await startScriptedEngine({ answer })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    const [first] = ofType(await client.until('response.done'), 'response.output_audio.delta')
    expect(engine.speech.spoken.map(({ speed }) => speed)).toEqual([0.5, 0.25])
    const bytes = Buffer.from(first!['delta'] as string, 'base64')
    expect(Math.max(...Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16LE(at * 2)))).toBe(2_000)
  })

  it('[R16] in text has the exact sequence, with rate_limits.updated after done', async () => {
    const engine = await startScriptedEngine({ answer: saying('It is nine.', ' Sharp.') })
    const client = await engine.join()
    client.send(manualText)
    await client.next('session.updated')
    client.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What time is it?' }] },
    })
    const { item: asked } = await client.next('conversation.item.done')
    client.send({ type: 'response.create' })
    const events = await client.until('rate_limits.updated')
    expect(steps(events)).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'rate_limits.updated',
    ])
    const text = 'It is nine. Sharp.'
    expect(
      ofType(events, 'response.output_text.delta')
        .map(({ delta }) => delta as string)
        .join(''),
    ).toBe(text)
    const [created] = events
    expect(created!.response).toMatchObject({ status: 'in_progress', status_details: null, output: [], usage: null })
    expect(created!.response.conversation_id).toMatch(/^conv_/)
    expect(ofType(events, 'conversation.item.added')[0]!.previous_item_id).toBe(asked.id)
    const { response } = events.at(-2)!
    expect(response).toMatchObject({ id: created!.response.id, status: 'completed', metadata: null })
    expect(response.output[0]).toMatchObject({
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text }],
    })
    const { usage } = response
    expect(usage.total_tokens).toBe(Number(usage.input_tokens) + Number(usage.output_tokens))
    expect(usage.output_token_details).toEqual({ text_tokens: usage.output_tokens, audio_tokens: 0 })
    expect(usage.output_tokens).toBeGreaterThan(3)
    expect(engine.mind.asks[0]!.memos).toEqual([{ type: 'message', role: 'user', text: 'What time is it?' }])
  })

  it('[R17] in audio interleaves sound and transcript and names no sound in response.done', async () => {
    const text = 'It is nine in the morning.'
    const engine = await startScriptedEngine({ answer: saying(text) })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    const events = await client.until('rate_limits.updated')
    const deltas = typesOf(events).filter((type) => type.endsWith('.delta'))
    expect(deltas.slice(0, 4)).toEqual([
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
    ])
    expect(bytesOf(events)).toBe(text.length * msPerLetter * 48)
    expect(steps(events).filter((type) => type.endsWith('.done'))).toEqual([
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    const { response } = events.at(-2)!
    expect(response.output[0].content).toEqual([{ type: 'output_audio', transcript: text }])
    expect(response.usage.output_token_details.audio_tokens).toBe((text.length * msPerLetter) / 50)
  })

  it('[R17] sound runs at most two seconds ahead of its playback', async () => {
    const clock = createEngineClock()
    const engine = await startScriptedEngine({ clock, answer: saying('word '.repeat(40)) })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    let heardMs = 0
    const listen = async (): Promise<number> => {
      for (let quiet = 0; quiet < 3;) {
        const events = await client.fence()
        quiet = events.length === 0 ? quiet + 1 : 0
        heardMs += bytesOf(events) / 48
      }
      return heardMs
    }
    expect(await listen()).toBe(2_000)
    clock.move(500)
    expect(await listen()).toBe(2_500)
    clock.move(5_000)
    expect(await listen()).toBeLessThanOrEqual(9_500)
    expect(typesOf(client.events)).not.toContain('response.done')
  })

  it('[R18] a second response for the conversation is refused and the first is unharmed', async () => {
    const gate = gated()
    const engine = await startScriptedEngine({ answer: gate.answer })
    const client = await engine.join()
    client.send(manualText)
    client.send({ type: 'response.create' })
    const { response } = await client.next('response.created')
    client.send({ type: 'response.create', event_id: 'second' })
    const { error } = await client.next('error')
    expect(error).toMatchObject({ code: 'conversation_already_has_active_response', event_id: 'second' })
    expect(error.message).toContain(response.id)
    gate.say({ type: 'text', text: 'Done.' })
    gate.end()
    expect((await client.next('response.done')).response).toMatchObject({ id: response.id, status: 'completed' })
  })

  it('[R19] out of band runs beside it, echoes its metadata and leaves no trace in the conversation', async () => {
    const gate = gated()
    const engine = await startScriptedEngine({
      answer: (ask) => (ask.instructions === 'aside' ? saying('A summary.')(ask) : gate.answer()),
    })
    const client = await engine.join()
    client.send(manualText)
    client.send({ type: 'response.create' })
    await client.next('response.created')
    client.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        instructions: 'aside',
        metadata: { for: 'summary' },
        input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Sum up.' }] }],
      },
    })
    const events = await client.until('response.done')
    expect(typesOf(events).filter((type) => type.startsWith('conversation.'))).toEqual([])
    const { response } = events.at(-1)!
    expect(response).toMatchObject({ status: 'completed', conversation_id: null, metadata: { for: 'summary' } })
    expect(engine.mind.asks.find(({ instructions }) => instructions === 'aside')!.memos).toEqual([
      { type: 'message', role: 'user', text: 'Sum up.' },
    ])
    client.send({ type: 'conversation.item.retrieve', item_id: response.output[0].id })
    expect((await client.next('error')).error.code).toBe('item_retrieve_invalid_item_id')
    gate.say({ type: 'text', text: 'Main.' })
    gate.end()
    expect((await client.next('response.done')).response.conversation_id).toMatch(/^conv_/)
  })

  it('[R20] cancel closes what is open, marks it incomplete and ends the response as cancelled', async () => {
    const gate = gated()
    const engine = await startScriptedEngine({ answer: gate.answer })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    gate.say({ type: 'text', text: 'Let me think.' })
    await client.next('response.output_audio.delta')
    client.send({ type: 'response.cancel' })
    const closing = steps(await client.until('rate_limits.updated')).filter((type) => type.endsWith('.done'))
    expect(closing).toEqual([
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    const done = ofType(client.events, 'response.done')[0]!
    expect(done.response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'client_cancelled' },
      output: [{ status: 'incomplete' }],
    })
    expect(engine.mind.asks[0]!.signal.aborted).toBe(true)
    client.send({ type: 'response.cancel' })
    expect((await client.next('error')).error.code).toBe('response_cancel_not_active')
  })

  it('[R21] stops at max_output_tokens as incomplete', async () => {
    const engine = await startScriptedEngine({ answer: saying('one two three four five six seven eight nine ten') })
    const client = await engine.join()
    client.send(manualText)
    client.send({ type: 'response.create', response: { max_output_tokens: 5 } })
    const { response } = await client.next('response.done')
    expect(response).toMatchObject({
      status: 'incomplete',
      status_details: { type: 'incomplete', reason: 'max_output_tokens' },
      output: [{ status: 'incomplete' }],
    })
    expect(response.usage.output_tokens).toBeLessThanOrEqual(5)
    expect(response.output[0].content[0].text).toContain('one two')
  })

  it('[R21] more responses out of band than the engine serves fail as rate limited; the session stays', async () => {
    const gate = gated()
    const engine = await startScriptedEngine({ answer: gate.answer })
    const client = await engine.join()
    client.send(manualText)
    for (let count = 0; count < 9; count++)
      client.send({ type: 'response.create', response: { conversation: 'none', metadata: { count: String(count) } } })
    const { response } = await client.next('response.done')
    expect(response).toMatchObject({
      status: 'failed',
      metadata: { count: '8' },
      status_details: { error: { code: 'rate_limit_exceeded' } },
    })
    expect(typesOf(await client.fence())).toEqual(['rate_limits.updated'])
  })

  it('[R35] a mind that fails ends the response as failed; the session goes on', async () => {
    const engine = await startScriptedEngine({
      answer: async function* () {
        yield { type: 'text', text: 'I was about to' }
        throw new Error('the lamp went out')
      },
    })
    const client = await engine.join()
    client.send(manualText)
    client.send({ type: 'response.create' })
    const { response } = await client.next('response.done')
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { code: 'response_failed' } },
    })
    engine.mind.answer = saying('Here again.')
    client.send({ type: 'response.create' })
    expect((await client.next('response.done')).response.status).toBe('completed')
  })
})
