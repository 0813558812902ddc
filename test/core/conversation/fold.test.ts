import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change, StoredChange } from '../../../src/core/conversation/change.ts'
import { createFold } from '../../../src/core/conversation/fold.ts'
import { emptyConversation, reduce } from '../../../src/core/conversation/reduce.ts'
import { noUsage } from '../../../src/core/conversation/usage.ts'
import { conversationFormat, migrate } from '../../../src/core/store/migrate.ts'
import { changesOf, histories } from '../../support/random-histories.ts'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const text = fc.constantFrom('', 'one', 'two words')
/** Every kind of change in any order, also those that make no sense. */
const wild: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    type: fc.constant('turn-started' as const),
    turn: id,
    role: fc.constantFrom('user' as const, 'assistant' as const),
    via: fc.constant('voice' as const),
    after: fc.option(id),
  }),
  fc.record({ type: fc.constant('words-heard' as const), turn: id, text }),
  fc.record({ type: fc.constant('words-lost' as const), turn: id, reason: text }),
  fc.record({ type: fc.constant('words-spoken' as const), turn: id, text, audioMs: fc.nat(9) }),
  fc.record({ type: fc.constant('played' as const), turn: id, playedMs: fc.nat(9), heard: text, cut: fc.boolean() }),
  fc.record({ type: fc.constant('turn-failed' as const), turn: id, reason: text }),
  fc.record({ type: fc.constant('turn-removed' as const), turn: id }),
  fc.record({
    type: fc.constant('turn-settled' as const),
    turn: id,
    fate: fc.constantFrom('answered' as const, 'cut' as const),
  }),
  fc.record({ type: fc.constant('tool-asked' as const), call: id, after: fc.option(id), name: text, arguments: text }),
  fc.record({
    type: fc.constant('tool-asked' as const),
    call: id,
    after: fc.option(id),
    name: text,
    arguments: text,
    task: id,
  }),
  fc.record({ type: fc.constant('tool-started' as const), call: id }),
  fc.record({
    type: fc.constant('tool-ended' as const),
    call: id,
    outcome: fc.constant('ended' as const),
    output: text,
  }),
  fc.record({ type: fc.constant('task-started' as const), task: id, request: text, after: fc.option(id) }),
  fc.record({
    type: fc.constant('task-ended' as const),
    task: id,
    outcome: fc.constant('done' as const),
    result: text,
  }),
  fc.record({ type: fc.constant('compacted' as const), summary: text, through: id }),
  fc.record({
    type: fc.constant('rolled-back' as const),
    to: fc.nat(20),
    turns: fc.array(id, { maxLength: 3 }),
    calls: fc.array(id, { maxLength: 2 }),
    draft: fc.option(text),
    why: fc.constant('failed' as const),
  }),
  fc.constant({ type: 'put-back' as const }),
  fc.constant({ type: 'draft-dropped' as const }),
  fc.record({
    type: fc.constant('tokens-used' as const),
    usage: fc.constant({ ...noUsage, cachedTokens: 3 }),
    task: id,
  }),
)

const storedOf = (changes: readonly Change[]): StoredChange[] =>
  changes.map((change, at) => ({ seq: at + 1, atMs: 100 + at, change }))

function folded(stored: readonly StoredChange[], from = emptyConversation) {
  const fold = createFold(from)
  for (const one of stored) fold.take(one)
  return fold.conversation()
}

describe('the fold of many changes', () => {
  it('[D204] is what one change after another makes of the conversation, whatever happens in it', () => {
    fc.assert(
      fc.property(fc.array(wild, { maxLength: 60 }), fc.nat(), (changes, chance) => {
        const stored = storedOf(changes)
        const at = chance % (stored.length + 1)
        const from = stored.slice(0, at).reduce(reduce, emptyConversation)
        const before = structuredClone(from)
        expect(folded(stored.slice(at), from)).toEqual(stored.reduce(reduce, emptyConversation))
        expect(from).toEqual(before)
      }),
      { numRuns: Number(process.env['PARLEY_RUNS'] ?? 2_000) },
    )
  })

  it('[D204] and of conversations of every kind', () => {
    fc.assert(
      fc.property(histories, (turns) => {
        const stored = storedOf(changesOf(turns))
        expect(folded(stored)).toEqual(stored.reduce(reduce, emptyConversation))
      }),
      { numRuns: 100 },
    )
  })

  it('[D204] looks at few turns for each change: a hundred times as many turns take no more steps each', () => {
    let reads = 0
    const turnsOf = (count: number) =>
      Array.from({ length: count }, (_, at) => {
        const turn = {
          id: `t${at}`,
          role: 'user',
          via: 'text',
          startedMs: 0,
          text: '',
          audioMs: 0,
          playedMs: null,
        } as const
        return Object.defineProperty({ ...turn, state: { type: 'final' as const } }, 'id', {
          enumerable: true,
          get: () => ((reads += 1), turn.id),
        })
      })
    const costOf = (count: number): number => {
      const fold = createFold({ ...emptyConversation, turns: turnsOf(count) })
      reads = 0
      for (const stored of storedOf(
        ['x', 'y', 'z'].flatMap((turn): Change[] => [
          { type: 'turn-started', turn, role: 'user', via: 'text', after: `t${count - 1}` },
          { type: 'words-heard', turn, text: 'words' },
        ]),
      ))
        fold.take(stored)
      return reads
    }
    expect(costOf(1_000)).toBe(costOf(10))
  })
})

describe('sums', () => {
  it('[D205] of tokens stay whole numbers that a snapshot gives back, however much is used', () => {
    const usage = { ...noUsage, inputTextTokens: Number.MAX_SAFE_INTEGER, outputTextTokens: 7 }
    const stored = storedOf([
      { type: 'task-started', task: 'a', request: '', after: null },
      ...Array.from({ length: 3 }, () => ({ type: 'tokens-used', usage, task: 'a' }) as const),
    ])
    const conversation = stored.reduce(reduce, emptyConversation)
    const back = migrate(conversationFormat, conversationFormat.version, JSON.parse(JSON.stringify(conversation)))
    expect(back).toEqual({ type: 'current', value: conversation })
    expect(conversation.tasks[0]?.tokens).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('[D205] that an earlier version let grow too far cost nothing but their last digits', () => {
    const { usage, ...rest } = emptyConversation
    const stored = { ...rest, title: 'long', usage: { ...usage, cachedTokens: 1e20 } }
    expect(migrate(conversationFormat, 4, stored)).toMatchObject({ type: 'current', value: { title: 'long' } })
  })
})
