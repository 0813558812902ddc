import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deleting,
  followHeld,
  giving,
  nothingHeld,
  refuseItem,
  turnKey,
  type Held,
} from '../../../src/core/conversation/held.ts'
import type { Desired } from '../../../src/core/conversation/desired.ts'
import { reconcile } from '../../../src/core/conversation/reconcile.ts'
import type { WireItem } from '../../../src/core/realtime/events.ts'
import type { HeardEvent } from '../../../src/core/realtime/wire-events.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 1_500)

type Reconcile = typeof reconcile

const itemOf = (id: string, text: string): WireItem => ({
  id,
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
})

/** Which of ten turns a session holds and which it should, each with one of two wordings; some the service does not take. */
const anyCase = fc.record({
  held: fc.uniqueArray(fc.record({ turn: fc.nat(9), text: fc.constantFrom('said', 'half said') }), {
    selector: ({ turn }) => turn,
  }),
  wanted: fc.uniqueArray(fc.nat(9)),
  refused: fc.uniqueArray(fc.nat(9), { maxLength: 2 }),
})
type Case = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never

interface Outcome {
  texts: string[]
  commands: number
  fewest: number
  rests: boolean
}

/** A service that takes items where it is told and deletes what it is told. */
function settle({ held: before, wanted, refused }: Case, how: Reconcile): Outcome {
  const service: { id: string; text: string }[] = []
  let held: Held = nothingHeld
  let commands = 0
  const tell = (event: HeardEvent): void => void (held = followHeld(held, event, 1))

  function create(key: string, item: WireItem, previous: string | null): void {
    held = giving(held, key, item, previous)
    const id = item.id ?? ''
    const text = JSON.stringify(item)
    if (refused.some((turn) => key === turnKey(`t${turn}`))) {
      held = refuseItem(held, id, 'No.')
      return
    }
    // Behind an item that was not taken: it is given once more, as the session does it.
    if (previous !== null && !service.some((one) => one.id === previous)) {
      held = { ...held, items: held.items.filter((one) => one.id !== id) }
      commands--
      return
    }
    service.splice(previous === null ? 0 : service.findIndex((one) => one.id === previous) + 1, 0, { id, text })
    tell({
      type: 'conversation.item.done',
      item: { ...(item as object), id, type: 'message' },
      previous_item_id: previous,
    })
  }

  const sorted = [...before].sort((one, other) => one.turn - other.turn)
  for (const { turn, text } of sorted)
    if (!refused.includes(turn)) create(turnKey(`t${turn}`), itemOf(`t${turn}`, text), service.at(-1)?.id ?? null)
  const order = [...wanted].sort((one, other) => one - other)
  const desired: Desired = {
    items: order.map((turn) => ({ key: turnKey(`t${turn}`), item: itemOf(`t${turn}`, 'said') })),
    present: new Set(order.map((turn) => turnKey(`t${turn}`))),
    behind: new Set(),
    gone: new Set(),
    cut: new Set(),
    unsettled: new Set(),
  }
  const seen = new Set(held.items.map(({ key }) => key))
  let rests = false
  for (let round = 0; round < 6 && !rests; round++) {
    const { create: missing, remove } = how(held, desired, { seen, isFresh: false })
    rests = missing.length + remove.length === 0
    commands += missing.length + remove.length
    for (const { key, item, previous } of missing) create(key, item, previous)
    for (const id of remove) {
      held = deleting(held, id)
      service.splice(
        service.findIndex((one) => one.id === id),
        1,
      )
      tell({ type: 'conversation.item.deleted', item_id: id })
    }
  }
  const isHeld = (turn: number, text?: string): boolean =>
    sorted.some((one) => one.turn === turn && !refused.includes(turn) && (text === undefined || one.text === text))
  const missing = order.filter((turn) => !isHeld(turn, 'said'))
  const extra = sorted.filter(({ turn, text }) => isHeld(turn) && (!order.includes(turn) || text !== 'said'))
  return {
    texts: service.map(({ text }) => text.replace(/_\d+"/, '"')),
    commands,
    fewest: missing.length + extra.length,
    rests,
  }
}

function isRight(given: Case, how: Reconcile): boolean {
  const { texts, commands, fewest, rests } = settle(given, how)
  const wanted = [...given.wanted].sort((one, other) => one - other).filter((turn) => !given.refused.includes(turn))
  const meant = wanted.map((turn) => JSON.stringify(itemOf(`t${turn}`, 'said')))
  return rests && commands <= fewest && JSON.stringify(texts) === JSON.stringify(meant)
}

/** Each leaves out one thing that the reconciler has to do. */
const bugs: [string, Reconcile][] = [
  [
    'keeps what it was given although less was heard',
    (held, desired, how) => {
      const { create, ...rest } = reconcile(held, desired, how)
      const isThere = (key: string): boolean => held.items.some((item) => item.key === key)
      return { create: create.filter(({ key }) => !isThere(key)), ...rest }
    },
  ],
  [
    'puts everything at the end',
    (held, desired, how) => {
      const { create, ...rest } = reconcile(held, desired, how)
      const last = held.items.at(-1)?.id ?? null
      return { create: create.map((one) => ({ ...one, previous: last })), ...rest }
    },
  ],
  ['takes nothing away', (held, desired, how) => ({ ...reconcile(held, desired, how), remove: [] })],
  ['gives again what was refused', (held, desired, how) => reconcile({ ...held, refused: [] }, desired, how)],
]

describe('what a session holds and what it should hold', () => {
  it('[T20] become one with the fewest commands, from whatever it holds, and then it rests', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        expect(isRight(given, reconcile)).toBe(true)
      }),
      { numRuns: runs },
    )
  })

  it.each(bugs)('[T20] a reconciler that %s is caught', (_, how) => {
    expect(
      fc.check(
        fc.property(anyCase, (given) => isRight(given, how)),
        { numRuns: 1_500 },
      ).failed,
    ).toBe(true)
  })

  it('[T52] an answer of which nothing was heard goes while words are still on their way to the session', () => {
    const answer = { id: 'a1', type: 'message', role: 'assistant' } as const
    const spoken = followHeld(nothingHeld, { type: 'conversation.item.done', item: answer }, 1)
    const held = giving(spoken, turnKey('u2'), itemOf('u2', 'Two?'), 'a1', 'live')
    const keys = { behind: new Set<string>(), gone: new Set<string>(), unsettled: new Set<string>() }
    const present = new Set(['a1', 'u2'].map(turnKey))
    const items = [{ key: turnKey('u2'), item: itemOf('u2', 'Two?') }]
    const desired = { ...keys, items, present, cut: new Set([turnKey('a1')]) }
    expect(reconcile(held, desired, { seen: present, isFresh: false }).remove).toEqual(['a1'])
    // Of one that was heard in part what was heard has to be there first.
    const heard = { ...desired, items: [{ key: turnKey('a1'), item: itemOf('a1', 'One —') }, ...items] }
    expect(reconcile(held, heard, { seen: present, isFresh: false }).remove).toEqual([])
  })

  it('[T53] what was said is not given as words where its commit alone has told that it is an item', () => {
    const held = followHeld(nothingHeld, { type: 'input_audio_buffer.committed', item_id: 'u1' }, 1)
    const present = new Set([turnKey('u1')])
    const none = {
      behind: new Set<string>(),
      gone: new Set<string>(),
      cut: new Set<string>(),
      unsettled: new Set<string>(),
    }
    const desired = { ...none, items: [{ key: turnKey('u1'), item: itemOf('u1', 'One?') }], present }
    expect(reconcile(held, desired, { seen: present, isFresh: false }).create).toEqual([])
  })
})
