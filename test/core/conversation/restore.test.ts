import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { emptyConversation, reduce, type Conversation } from '../../../src/core/conversation/reduce.ts'
import { planRestore } from '../../../src/core/conversation/rehydrate.ts'
import { verifyRestore, type Acknowledged } from '../../../src/core/conversation/verify.ts'
import type { WireItem } from '../../../src/core/realtime/events.ts'
import { embeddedEndpoint } from '../../support/embedded-voice.ts'
import { changesOf, histories } from '../../support/random-histories.ts'

/** Histories for each property; the long form meets more. */
const runs = Number(process.env['PARLEY_RUNS'] ?? 300)

const fold = (changes: readonly Change[]): Conversation =>
  changes.reduce((whole, change, at) => reduce(whole, { seq: at + 1, atMs: at, change }), emptyConversation)

function said(turn: string, role: 'user' | 'assistant', after: string | null, text: string): Change[] {
  const started = { type: 'turn-started', turn, role, via: 'voice', after } as const
  return role === 'user'
    ? [started, { type: 'words-heard', turn, text }]
    : [started, { type: 'words-spoken', turn, text, audioMs: 1_000 }]
}

const roomy = { characters: 10_000, turns: 100 }
const wordsOf = (items: readonly WireItem[]): string[] =>
  items.map((item) => (item.type === 'message' ? `${item.role}: ${item.content[0]?.text ?? ''}` : item.type))

const conversation = fold([
  ...said('u1', 'user', null, 'Call the vet.'),
  ...said('a1', 'assistant', 'u1', 'Shall I call the vet in Bonn or the one in Cologne?'),
  { type: 'played', turn: 'a1', playedMs: 400, heard: 'Shall I call', cut: true },
  { type: 'tool-asked', call: 'c1', after: 'a1', name: 'call', arguments: '{"who":"vet"}' },
  { type: 'tool-asked', call: 'c2', after: 'a1', name: 'call', arguments: '{}' },
  { type: 'tool-ended', call: 'c1', outcome: 'ended', output: 'done' },
  ...said('u2', 'user', 'a1', 'In Bonn.'),
  { type: 'turn-started', turn: 'u3', role: 'user', via: 'voice', after: 'u2' },
])

describe('what a fresh session is given', () => {
  it('[V13] heard words with their cut mark, settled calls before their results, no open turn of the person', () => {
    const { items, leftOut } = planRestore(conversation, roomy)
    expect(wordsOf(items)).toEqual([
      'user: Call the vet.',
      'assistant: Shall I call —',
      'function_call',
      'function_call_output',
      // Still running: that it was asked for is known, its output follows.
      'function_call',
      'user: In Bonn.',
    ])
    expect(items[2]).toMatchObject({ call_id: 'c1', name: 'call', arguments: '{"who":"vet"}' })
    expect(items[3]).toMatchObject({ call_id: 'c1', output: 'done' })
    expect(leftOut).toBe(0)
  })

  it('[V13] a summary stands for what is older than it, and a note tells what neither covers', () => {
    const summed = reduce(conversation, {
      seq: 99,
      atMs: 99,
      change: { type: 'compacted', summary: 'The vet was called.', through: 'u1' },
    })
    const { items, leftOut } = planRestore(summed, { ...roomy, turns: 1 })
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({ type: 'message', role: 'system' })
    expect(wordsOf(items)[0]).toContain('The vet was called.')
    expect(wordsOf(items)[0]).toContain('1 earlier turn')
    expect(wordsOf(items)[1]).toBe('user: In Bonn.')
    expect(leftOut).toBe(2)
  })

  it('[V13] whatever the conversation and the budget: the newest that fit, in order, ids of at most 32 characters, all different', () => {
    const turn = fc.record({
      id: fc.string({ minLength: 1, maxLength: 64, unit: fc.constantFrom('a', 'b', 'c', '0', '1', '2', '_', '-') }),
      text: fc.string({ maxLength: 80 }),
      user: fc.boolean(),
      tool: fc.boolean(),
    })
    const budget = fc.record({ characters: fc.nat(800), turns: fc.nat(12) })
    fc.assert(
      fc.property(fc.uniqueArray(turn, { selector: ({ id }) => id, maxLength: 20 }), budget, (turns, limits) => {
        const whole = fold(
          turns.flatMap(({ id, text, user, tool }, at) => [
            ...said(id, user ? 'user' : 'assistant', turns[at - 1]?.id ?? null, text),
            ...(tool
              ? ([
                  { type: 'tool-asked', call: `call_${id}`, after: id, name: 'n', arguments: '{}' },
                  { type: 'tool-ended', call: `call_${id}`, outcome: 'ended', output: '' },
                ] as const)
              : []),
          ]),
        )
        const { items, leftOut } = planRestore(whole, limits)
        const spoken = whole.turns.filter(({ text }) => text.trim() !== '')
        const restored = items.filter((item) => item.type === 'message' && item.role !== 'system')
        expect(restored.length + leftOut).toBe(spoken.length)
        expect(wordsOf(restored).map((words) => words.replace(/^\w+: /, ''))).toEqual(
          spoken.slice(spoken.length - restored.length).map(({ text }) => text.trim()),
        )
        expect(restored.length).toBeLessThanOrEqual(limits.turns)
        const characters = spoken
          .slice(-restored.length || Infinity)
          .reduce((sum, { text }) => sum + text.trim().length, 0)
        expect(characters).toBeLessThanOrEqual(limits.characters)
        const ids = items.map(({ id }) => id ?? '')
        expect(ids.filter((id) => id.length === 0 || id.length > 32)).toEqual([])
        expect(new Set(ids).size).toBe(ids.length)
        const calls = items.filter((item) => item.type === 'function_call').map(({ call_id }) => call_id)
        for (const call of calls) {
          const places = items.flatMap((item, at) => ('call_id' in item && item.call_id === call ? [at] : []))
          expect(places).toHaveLength(2)
          expect(items[places[0]!]?.type).toBe('function_call')
        }
      }),
      { numRuns: runs },
    )
  })
})

describe('proving what a session holds', () => {
  const { items } = planRestore(conversation, roomy)
  const acknowledge = (plan: readonly WireItem[]): Acknowledged[] =>
    plan.map((item, at) => ({
      item: JSON.parse(JSON.stringify({ ...item, status: 'completed' })) as Acknowledged['item'],
      previous: plan[at - 1]?.id ?? null,
    }))

  it('[V14] the same items in the same order are equal, also where the server leaves out what it need not say', () => {
    expect(verifyRestore(items, acknowledge(items))).toMatchObject({ type: 'equal', items: items.length })
    const terse = acknowledge(items).map((one) => ({ ...one, previous: null }))
    expect(verifyRestore(items, terse).type).toBe('equal')
  })

  it('[V14] any loss, swap, doubling or alteration is found', () => {
    const place = fc.nat(items.length - 1)
    const flaw = fc.oneof(
      fc.record({ kind: fc.constant('lose' as const), at: place, other: place }),
      fc.record({ kind: fc.constant('swap' as const), at: place, other: place }),
      fc.record({ kind: fc.constant('double' as const), at: place, other: place }),
      fc.record({ kind: fc.constant('alter' as const), at: place, other: fc.nat(200) }),
      fc.record({ kind: fc.constant('add' as const), at: place, other: place }),
    )
    fc.assert(
      fc.property(flaw, ({ kind, at, other }) => {
        const held = acknowledge(items)
        const one = held[at]!
        if (kind === 'lose') held.splice(at, 1)
        else if (kind === 'swap') {
          if (at === other) return
          held[at] = held[other]!
          held[other] = one
        } else if (kind === 'double') held.splice(other, 0, one)
        else if (kind === 'add') held.push({ item: { id: 'stranger', type: 'message' }, previous: one.item.id })
        else held[at] = { ...one, item: alter(one.item, other) }
        expect(verifyRestore(items, held).type).toBe('different')
      }),
      { numRuns: 300 },
    )
  })

  /** One character of the words, arguments or output becomes another. */
  function alter(item: Acknowledged['item'], at: number): Acknowledged['item'] {
    const change = (text: string): string => {
      const place = at % Math.max(1, text.length)
      return `${text.slice(0, place)}\u2603${text.slice(place + 1)}`
    }
    if (item.content)
      return { ...item, content: item.content.map((part) => ({ ...part, text: change(part.text ?? '') })) }
    return item.arguments === undefined
      ? { ...item, output: change(item.output ?? '') }
      : { ...item, arguments: change(item.arguments) }
  }
})

describe('where it begins what a session that lives was given', () => {
  const wants = { endpoint: embeddedEndpoint.name, without: [], bare: false }
  const budgets = fc.record({
    characters: fc.integer({ min: 20, max: 12_000 }),
    turns: fc.integer({ min: 1, max: 30 }),
  })

  it('[V13] nothing new said, nothing given anew and nothing taken away, whatever the record and the budget', () => {
    fc.assert(
      fc.property(histories, budgets, (turns, budget) => {
        const before = fold(changesOf(turns))
        const first = planRestore(before, budget, wants)
        const again = planRestore(before, budget, { ...wants, from: first.from })
        expect(again).toEqual(first)
      }),
      { numRuns: runs },
    )
  })

  it('[V13] what is said later comes behind it, and nothing older with it', () => {
    fc.assert(
      fc.property(histories, budgets, (turns, budget) => {
        const changes = changesOf(turns)
        const { items, from } = planRestore(fold(changes), budget, wants)
        const later = said('later', 'user', turns.at(-1)?.id ?? null, 'And then?')
        const next = planRestore(fold([...changes, ...later]), budget, { ...wants, from })
        expect(next.items.map(({ id }) => id)).toEqual([...items.map(({ id }) => id), 'later'])
      }),
      { numRuns: runs },
    )
  })

  it('[V13] when its turn is taken out of the record, the budget decides anew', () => {
    const long = Array.from({ length: 40 }, (_, at) => said(`u${at}`, 'user', at === 0 ? null : `u${at - 1}`, 'Bread.'))
    const budget = { characters: 10_000, turns: 4 }
    const { from } = planRestore(fold(long.flat()), budget, wants)
    expect(from).toEqual({ turn: 'u36', isGiven: true })
    const without = fold([...long.flat(), { type: 'turn-removed', turn: 'u36' }])
    const { items } = planRestore(without, budget, { ...wants, from })
    expect(items.slice(1).map(({ id }) => id)).toEqual(['u35', 'u37', 'u38', 'u39'])
  })
})
