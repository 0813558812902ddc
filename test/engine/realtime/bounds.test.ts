/* oxlint-disable typescript/no-unsafe-member-access -- what comes off the wire is asserted, not proven */
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLine } from '../../../src/engine/realtime/line.ts'
import { createPacer } from '../../../src/engine/realtime/pacer.ts'
import { heardWords } from '../../../src/engine/realtime/spoken.ts'
import { typesOf } from '../../support/realtime-client.ts'
import { startScriptedEngine } from '../../support/scripted-engine.ts'
import { saying } from '../../support/scripted-mind.ts'
import { voiceFor } from '../../support/scripted-speech.ts'
import { createEngineClock } from '../../support/engine-clock.ts'

const types = [
  'session.update',
  'input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
  'conversation.item.create',
  'conversation.item.truncate',
  'conversation.item.delete',
  'conversation.item.retrieve',
  'response.create',
  'response.cancel',
  '__proto__',
]
const id = fc.constantFrom('a', 'b', 'root', '__proto__', '', 'constructor')
const audio = fc.constantFrom('', 'AAAA', Buffer.from(voiceFor(150).buffer).toString('base64'), '*')
const content = fc.record(
  { type: fc.constantFrom('input_text', 'output_text', 'input_audio', 'text', 3), text: fc.anything(), audio },
  { requiredKeys: [] },
)
const item = fc.record(
  {
    id,
    type: fc.constantFrom('message', 'function_call', 'function_call_output', 'item_reference', null),
    role: fc.constantFrom('user', 'assistant', 'system', 'developer', {}),
    content: fc.oneof(fc.array(content, { maxLength: 3 }), fc.anything()),
    call_id: id,
    name: id,
    arguments: fc.string(),
    output: fc.string(),
  },
  { requiredKeys: [] },
)
const session = fc.record(
  {
    type: fc.constantFrom('realtime', 'transcription', 1),
    output_modalities: fc.constantFrom(['text'], ['audio'], [], 'text'),
    audio: fc.oneof(
      fc.anything(),
      fc.record({
        input: fc.record({
          turn_detection: fc.constantFrom(null, { type: 'semantic_vad' }, { type: 'server_vad' }, 7),
        }),
      }),
    ),
    tools: fc.anything(),
    max_output_tokens: fc.constantFrom(1, 5, 'inf', -1),
  },
  { requiredKeys: [] },
)
const event = fc.record(
  {
    type: fc.constantFrom(...types),
    event_id: fc.oneof(fc.string(), fc.anything()),
    audio,
    session,
    item,
    item_id: id,
    previous_item_id: fc.option(id),
    content_index: fc.constantFrom(0, 0, 1, 'x'),
    audio_end_ms: fc.constantFrom(0, 10, -1, 1e12, 0.5),
    response: fc.oneof(
      fc.anything(),
      fc.record(
        { conversation: fc.constantFrom('none', 'auto'), input: fc.array(item, { maxLength: 2 }) },
        { requiredKeys: [] },
      ),
    ),
    response_id: id,
  },
  { requiredKeys: [] },
)
const frame = fc.oneof(
  { weight: 8, arbitrary: event.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.tuple(event, fc.nat(40)).map(([value, cut]) => JSON.stringify(value).slice(0, -cut)) },
)

describe('hostile and clumsy clients', () => {
  it('[R37] no sequence of random or mangled events stops a session, nor the engine', async () => {
    const unhandled: unknown[] = []
    const hear = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', hear)
    onTestFinished(() => void process.off('unhandledRejection', hear))
    const engine = await startScriptedEngine({ answer: saying('Well.', ' Now.') })
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 25 }), async (frames) => {
        const client = await engine.join()
        for (const text of frames) client.raw(text)
        await client.fence()
        client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } })
        expect((await client.next('session.updated')).session.output_modalities).toEqual(['text'])
        client.socket.terminate()
        await client.closed
      }),
      { numRuns: 150 },
    )
    expect(engine.faults).toEqual([])
    expect(unhandled).toEqual([])
  })

  it('[R38] a client that asks without reading is let go; the others are served', async () => {
    let buffered = 0
    const happened: string[] = []
    const line = createLine({
      bufferedBytes: () => buffered,
      write: (text) => void (buffered += text.length),
      close: () => happened.push('close'),
      terminate: () => happened.push('terminate'),
    })
    const frameOfMegabyte = 'x'.repeat(1024 * 1024)
    for (let count = 0; count < 100; count++) line.send(frameOfMegabyte)
    expect(happened).toEqual(['terminate'])
    expect(buffered).toBeLessThan(34 * 1024 * 1024)
  })

  it('[R38] speech waits for a client that does not read, and goes on when it does', async () => {
    let buffered = 0
    let taken: () => void = () => undefined
    const line = createLine({
      bufferedBytes: () => buffered,
      write(text, written) {
        buffered += text.length
        taken = written
      },
      close: () => undefined,
      terminate: () => undefined,
    })
    const pacer = createPacer(createEngineClock(), () => line.clear())
    const { signal } = new AbortController()
    await pacer.turn(100, signal)
    line.send('x'.repeat(1024 * 1024))
    let spoken = false
    const turn = pacer.turn(100, signal).then(() => (spoken = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(spoken).toBe(false)
    buffered = 0
    taken()
    await turn
  })

  it('[R39] a session that ends takes its input and its responses with it', async () => {
    const engine = await startScriptedEngine({ clock: createEngineClock(), answer: saying('word '.repeat(100)) })
    const client = await engine.join()
    client.send({ type: 'response.create' })
    await client.next('response.output_audio.delta')
    expect(engine.speech.openInputs()).toBe(1)
    const { signal } = engine.mind.asks[0]!
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
    client.socket.terminate()
    await aborted
    expect(engine.speech.openInputs()).toBe(0)
  })

  it('[R40] sessions open while the models are still loading; what was said meanwhile is heard', async () => {
    const ready = await startScriptedEngine()
    let load: (speech: typeof ready.speech) => void = () => undefined
    const engine = await startScriptedEngine({ speech: new Promise((resolve) => (load = resolve)) })
    const client = await engine.join()
    client.append(voiceFor(400))
    client.append(new Int16Array(300 * 24))
    expect(typesOf(await client.fence())).toEqual([])
    load(ready.speech)
    expect(typesOf(await client.until('input_audio_buffer.committed'))).toContain('input_audio_buffer.speech_started')
    await client.next('response.done')
  })
})

describe('what was heard', () => {
  it('[R25] grows by whole words with the time played and is all of it at the end', () => {
    const text = ['It is nine,', ' and the sun is out.']
    const clauses = [
      { text: text[0]!, fromMs: 0, toMs: 900 },
      { text: text[1]!, fromMs: 900, toMs: 2_500 },
    ]
    expect(heardWords(clauses, 0)).toBe('')
    expect(heardWords(clauses, 900)).toBe('It is nine,')
    expect(heardWords(clauses, 2_500)).toBe(text.join(''))
    fc.assert(
      fc.property(fc.nat(2_600), fc.nat(2_600), (one, other) => {
        const [less, more] = [heardWords(clauses, Math.min(one, other)), heardWords(clauses, Math.max(one, other))]
        expect(more.startsWith(less)).toBe(true)
        expect(less === '' || /^\s|^$/.test(text.join('').slice(less.length))).toBe(true)
      }),
    )
  })
})
