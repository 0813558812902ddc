// What services really send: fields left out or null, kinds that are new, names of the beta, texts and ids that are not well-formed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, toFrame } from '../../../src/core/clean-text.ts'
import { wordsOfLosses, withLosses } from '../../../src/core/losses.ts'
import { parseServerEvent, parseWhole } from '../../../src/core/realtime/parse.ts'
import type { HeardEvent } from '../../../src/core/realtime/wire-events.ts'
import { everyField } from '../../support/every-field.ts'
import { frameSkeletons } from '../../support/mutated-frames.ts'

/** Without these an event does not say what it is about. */
const identity = /^(type|item_id|response_id|item|item\.id|response|response\.id)$/

function read(event: unknown): HeardEvent {
  const parsed = parseServerEvent(JSON.stringify(event))
  if (parsed.type !== 'known') throw new Error(JSON.stringify(parsed))
  return parsed.event
}

describe('events as services send them', () => {
  it('[V200] each field in turn gone, null, of another type or an unknown kind: none is lost that says what it is', () => {
    const lost: string[] = []
    let [kept, dropped] = [0, 0]
    for (const skeleton of frameSkeletons)
      for (const { path, how, event } of everyField(skeleton)) {
        const parsed = parseServerEvent(JSON.stringify(event))
        const isPiece = path === 'delta' && skeleton.type.startsWith('response.')
        if (parsed.type === 'known') kept++
        else if (identity.test(path) || isPiece) dropped++
        else lost.push(`${skeleton.type} ${path} ${how}: ${JSON.stringify(parsed)}`)
        if (parsed.type === 'known') expect(parsed.event.type).toBe(skeleton.type)
      }
    expect(lost).toEqual([])
    expect(kept).toBeGreaterThan(1_200)
    expect(dropped).toBeGreaterThan(200)
  })

  it('[V200] kinds of items and content that Parley has no use for spoil nothing, and are counted', () => {
    const answer = { id: 'i1', type: 'message', role: 'assistant', content: [null, { type: 'x_ray', text: null }, 7] }
    const output = [{ id: 'm1', type: 'mcp_call', output: null, name: 7 }, { type: 'message' }, null, answer]
    const parsed = parseServerEvent(
      JSON.stringify({ type: 'response.done', response: { id: 'r1', status: 'completed', output } }),
    )
    expect(parsed).toMatchObject({
      type: 'known',
      event: {
        response: {
          output: [
            { id: 'm1', type: 'mcp_call' },
            { id: 'i1', content: [{ type: 'x_ray' }] },
          ],
        },
      },
      apart: {
        causes: [
          'response.done: an item of the kind “mcp_call” not used',
          'response.done: an item without an id left out',
          'response.done: an item without an id left out',
          'response.done: a part of the content left out',
          'response.done: a part of the content left out',
        ],
      },
    })
  })

  it('[V200] null for what is absent makes no response one beside the conversation; null beside metadata of ours does', () => {
    const of = (more: object): unknown =>
      read({ type: 'response.created', response: { id: 'r1', conversation_id: null, ...more } })
    expect(of({ metadata: null })).not.toHaveProperty('response.conversation_id')
    expect(of({ metadata: { asked_with: 'c1' } })).not.toHaveProperty('response.conversation_id')
    expect(of({ metadata: { parley_aside: 'a1' } })).toHaveProperty('response.conversation_id', null)
  })

  it('[V200] an error says what it says, in an object, in a sentence or beside its type', () => {
    const message = 'No.'
    for (const event of [{ error: { message, code: 'x' } }, { error: message, code: 'x' }, { message, code: 'x' }])
      expect(read({ type: 'error', ...event })).toMatchObject({ error: { message, code: 'x' } })
    expect(read({ type: 'error', error: null })).toMatchObject({ error: { message: '' } })
  })

  it('[V201] names of the beta are read as those of today', () => {
    const ids = { response_id: 'r1', item_id: 'i1' }
    const sound = { ...ids, delta: 'A'.repeat(2_000) }
    const pairs: [string, object, string][] = [
      ['response.audio.delta', sound, 'response.output_audio.delta'],
      ['response.audio.done', ids, 'response.output_audio.done'],
      ['response.audio_transcript.delta', { ...ids, delta: 'Hi' }, 'response.output_audio_transcript.delta'],
      ['response.audio_transcript.done', { ...ids, transcript: 'Hi' }, 'response.output_audio_transcript.done'],
      ['response.text.delta', { ...ids, delta: 'Hi' }, 'response.output_text.delta'],
      ['response.text.done', { ...ids, text: 'Hi' }, 'response.output_text.done'],
      ['conversation.item.created', { item: { id: 'i1', type: 'message' } }, 'conversation.item.added'],
    ]
    for (const [older, fields, today] of pairs) {
      const event = read({ type: older, ...fields })
      expect(event).toEqual(read({ type: today, ...fields }))
      expect(event.type).toBe(today)
    }
  })
})

describe('texts and ids', () => {
  it('[V202] come in and go out without halves of characters and control characters, and with all else', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.nat(0xffff).map((code) => String.fromCharCode(code))).map((units) => units.join('')),
      fc
        .array(fc.constantFrom('\ud83c', '\udf88', '🎈', '\0', '\x1b', '\x7f', '\x85', '\n', '\t', 'é', '日'))
        .map((units) => units.join('')),
    )
    fc.assert(
      fc.property(odd, (text) => {
        const clean = cleanText(text)
        expect(Buffer.from(clean).toString()).toBe(clean)
        expect(clean).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/)
        expect(cleanText(clean)).toBe(clean)
        expect(JSON.parse(toFrame({ item: [{ text }] }))).toEqual({ item: [{ text: clean }] })
        const heard = read({ type: 'response.output_text.done', response_id: 'r', item_id: 'i', text })
        expect(heard).toMatchObject({ text: clean })
        const piece = read({ type: 'response.output_text.delta', response_id: 'r', item_id: 'i', delta: text })
        expect(piece).toMatchObject({ delta: clean })
      }),
      { numRuns: 1_000 },
    )
    expect(cleanText('tab\tline\nend\r\n, é 日本 🎈')).toBe('tab\tline\nend\r\n, é 日本 🎈')
  })

  it('[V202] an id longer than the record takes has a short name of its own, the same each time', () => {
    const long = (end: string): string => `item_${'x'.repeat(100)}${end}`
    const cleared = (id: string): unknown =>
      parseServerEvent(JSON.stringify({ type: 'conversation.item.deleted', item_id: id }))
    const [one, again, other] = [cleared(long('1')), cleared(long('1')), cleared(long('2'))]
    expect(one).toEqual(again)
    expect(one).not.toEqual(other)
    const { event, apart } = one as { event: { item_id: string }; apart: { renamed: [string, string][] } }
    expect(event.item_id).toHaveLength(64)
    expect(apart.renamed).toEqual([[event.item_id, long('1')]])
    expect(cleared('y'.repeat(64))).toEqual({
      type: 'known',
      event: { type: 'conversation.item.deleted', item_id: 'y'.repeat(64) },
    })
  })
})

describe('pieces', () => {
  it('[V31] of words and sound, read without a parser, are what parsing all of the frame gives', () => {
    const name = fc.constantFrom('type', 'item_id', 'response_id', 'delta', 'event_id', 'output_index', 'é')
    const scalar = fc.constantFrom(
      '0',
      '-1',
      '01',
      '1e3',
      'null',
      'true',
      'nul',
      '[]',
      '{"delta":"x"}',
      '',
      '"\\u0041"',
      '"\\n"',
    )
    const text = fc
      .oneof(
        fc.constantFrom('response.output_text.delta', 'response.audio.delta', 'response.text.delta', 'error', ''),
        fc.constantFrom('i1', 'é', '🎈', '\x7f', '\x1f', 'x'.repeat(65), 'x'.repeat(600), 'AAAA'),
      )
      .map((value) => `"${value}"`)
    const field = fc.tuple(name, fc.oneof(text, text, text, scalar), fc.constantFrom(':', ':', ': ', ' :'))
    const whole = ['"type":"response.output_text.delta"', '"item_id":"i1"', '"response_id":"r1"', '"delta":"Hi"']
    let quick = 0
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 3 }),
        fc.shuffledSubarray(whole, { minLength: 3 }),
        fc.nat(4),
        fc.constantFrom(',', ',', ', ', ',,', ' ,'),
        fc.constantFrom('}', '}', '}', '} ', '}}', ''),
        (more, own, at, comma, end) => {
          const fields = own.toSpliced(at, 0, ...more.map(([name, value, colon]) => `"${name}"${colon}${value}`))
          const frame = `{${fields.join(comma)}${end}`
          const parsed = parseServerEvent(frame)
          expect(parsed, frame).toEqual(parseWhole(frame))
          if (parsed.type === 'known') quick++
        },
      ),
      { numRuns: 5_000 },
    )
    expect(quick).toBeGreaterThan(500)
  })
})

describe('what is lost', () => {
  it('[V203] is counted by cause, and bounded', () => {
    let losses = withLosses([], ['a', 'b', 'a'])
    expect(wordsOfLosses(losses)).toEqual(['a (2)', 'b (1)'])
    for (let cause = 0; cause < 1_000; cause++) losses = withLosses(losses, [`cause ${cause}`])
    expect(losses.length).toBeLessThan(30)
    expect(losses.reduce((sum, { times }) => sum + times, 0)).toBe(1_003)
  })
})
