// Whatever is said, offered or held: the mind finishes, bounded, and never throws.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Memo } from '../../../src/engine/ports.ts'
import { splitClauses } from '../../../src/engine/language/clauses.ts'
import { createTalk } from '../../support/talk.ts'

const words = fc.constantFrom(
  ...'set a timer for five minutes and add milk to my shopping list what is 25 times 17 remind me at half past eight tomorrow convert ( ) 3.5 / 0 percent of spell my name is forget undo clear note that how many days until christmas -1 ^ 99999 repeat after me'.split(
    ' ',
  ),
)
const said = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
)
const memo: fc.Arbitrary<Memo> = fc.oneof(
  fc.record({
    type: fc.constant('message' as const),
    role: fc.constantFrom('user' as const, 'assistant' as const, 'system' as const),
    text: said,
  }),
  fc.record({
    type: fc.constant('call' as const),
    callId: fc.constantFrom('a', 'b'),
    name: fc.string(),
    arguments: fc.string(),
  }),
  fc.record({
    type: fc.constant('result' as const),
    callId: fc.constantFrom('a', 'b'),
    output: fc.oneof(fc.string(), fc.json()),
  }),
)
const tools = fc.array(fc.record({ name: fc.string(), description: fc.string(), parameters: fc.anything() }), {
  maxLength: 3,
})

describe('anything', () => {
  it('[M13] any words, memos and tools give an answer of bounded length', async () => {
    const talk = createTalk()
    await fc.assert(
      fc.asyncProperty(said, fc.array(memo, { maxLength: 5 }), tools, async (text, memos, offered) => {
        const pieces = await talk.reply({ memos: [...memos, { type: 'message', role: 'user', text }], tools: offered })
        const spoken = pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('')
        expect(pieces.length).toBeGreaterThan(0)
        expect(spoken.length).toBeLessThan(2_000)
        for (const piece of pieces)
          if (piece.type === 'call') expect(() => void JSON.parse(piece.arguments)).not.toThrow()
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    'a'.repeat(200_000),
    'add '.repeat(20_000),
    '1+'.repeat(20_000),
    '9^9^9^9^9',
    'what is 170 factorial times 9',
    '('.repeat(5_000),
    'to the list '.repeat(3_000),
    'remind me to '.repeat(2_000),
  ])('[M13] a monstrous input ends: %.20s', async (text) => {
    expect((await createTalk().say(text)).length).toBeGreaterThan(0)
  })

  it('[M13] an answer comes in clauses that joined are the answer', () => {
    const whole = fc.property(said, (text) => {
      expect(splitClauses(text).join('')).toBe(text)
    })
    fc.assert(whole)
    expect(
      splitClauses('It is 3.5, not 12,500. Really: that is all there is to say about it, and that is that.'),
    ).toEqual(['It is 3.5, not 12,500. ', 'Really: that is all there is to say about it, ', 'and that is that.'])
  })

  it('[M13] an aborted ask ends quietly', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(
      await createTalk().reply({ memos: [{ type: 'message', role: 'user', text: 'hello' }], signal: stop.signal }),
    ).toEqual([])
  })
})
