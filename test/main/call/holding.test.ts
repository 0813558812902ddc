import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/core/conversation/change.ts'
import { emptyConversation, reduce } from '../../../src/core/conversation/reduce.ts'
import { planRestore } from '../../../src/core/conversation/rehydrate.ts'
import type { ClientEvent } from '../../../src/core/realtime/events.ts'
import type { HeardItem } from '../../../src/core/realtime/wire-events.ts'
import { createHolding } from '../../../src/main/call/holding.ts'
import { systemClock } from '../../../src/main/clock.ts'

/** A session in use, the record that it is compared with, and how often all of both was. */
function held() {
  let conversation = emptyConversation
  let looks = 0
  const sent: ClientEvent[] = []
  const holding = createHolding({
    clock: systemClock,
    send: (event) => void sent.push(event),
    conversation: () => conversation,
    plan() {
      looks++
      return planRestore(conversation, { characters: Infinity, turns: Infinity })
    },
    typed: () => [],
    deferred: () => new Set(),
    order: () => ({ batch: 64, last: null }),
    isHearing: () => false,
    onGive: () => undefined,
    onRemove: () => undefined,
    onRefused: () => undefined,
    learnPictures: () => false,
  })
  const record = (...changes: Change[]): void => {
    for (const change of changes) {
      conversation = reduce(conversation, { seq: conversation.seq + 1, atMs: 0, change })
      holding.note(change)
      holding.look()
    }
  }
  const tell = (item: HeardItem, previous_item_id: string | null): void => {
    for (const type of ['conversation.item.added', 'conversation.item.done'] as const) {
      holding.follow({ type, item, ...(previous_item_id === null ? {} : { previous_item_id }) })
      holding.look()
    }
  }
  holding.begin()
  holding.use()
  holding.look()
  return { holding, sent, record, tell, looks: () => looks }
}

const message = (role: 'user' | 'assistant', id: string): HeardItem => ({ id, type: 'message', role, content: [] })

function exchange({ tell, record }: ReturnType<typeof held>, at: number): void {
  const [question, answer] = [`u${at}`, `a${at}`]
  const before = at === 0 ? null : `a${at - 1}`
  tell(message('user', question), before)
  tell(message('assistant', answer), question)
  // The disk is slower than the service.
  record(
    { type: 'turn-started', turn: question, role: 'user', via: 'voice', after: before },
    { type: 'words-heard', turn: question, text: 'And then?' },
    { type: 'turn-started', turn: answer, role: 'assistant', via: 'voice', after: question },
    { type: 'words-spoken', turn: answer, text: 'Soup.', audioMs: 400 },
    { type: 'played', turn: answer, playedMs: 400, heard: 'Soup.', cut: false },
    { type: 'turn-settled', turn: question, fate: 'answered' },
  )
}

describe('a session that goes on', () => {
  it('[V72] is not compared with the record over what it made itself, however late the record is', () => {
    const session = held()
    const before = session.looks()
    for (let at = 0; at < 50; at++) exchange(session, at)
    expect(session.looks()).toBe(before)
  })

  it('[V72] nor again and again while something that it was given is on its way', () => {
    const session = held()
    exchange(session, 0)
    session.tell({ id: 'f', type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' }, 'a0')
    session.record(
      { type: 'tool-asked', call: 'c', after: 'a0', name: 'look', arguments: '{}' },
      { type: 'tool-ended', call: 'c', outcome: 'ended', output: 'Rain.' },
    )
    const given = session.sent.flatMap((event) => (event.type === 'conversation.item.create' ? [event.item] : []))
    expect(given).toMatchObject([{ type: 'function_call_output', call_id: 'c' }])
    const before = session.looks()
    session.record(
      { type: 'turn-settled', turn: 'u0', fate: 'answered' },
      { type: 'session-closed', session: 's', reason: '' },
    )
    expect(session.looks()).toBe(before)
    // Its answer is a reason to look.
    session.tell(given[0] as HeardItem, 'f')
    expect(session.looks()).toBe(before + 1)
  })

  it('[V72] but it is where the record has another order', () => {
    const session = held()
    session.tell(message('user', 'u0'), null)
    session.tell(message('user', 'u1'), 'u0')
    session.tell(message('user', 'u2'), 'u1')
    const before = session.looks()
    session.record({ type: 'turn-started', turn: 'u1', role: 'user', via: 'voice', after: null })
    expect(session.looks()).toBe(before + 1)
  })
})

describe('what the service answers by itself', () => {
  it('[T55] is what was there when the answer fell due, also what was being deleted then', () => {
    const { holding, tell, record, sent } = held()
    tell(message('user', 'u'), null)
    record({ type: 'turn-started', turn: 'u', role: 'user', via: 'voice', after: null })
    record({ type: 'turn-removed', turn: 'u' })
    expect(sent.map(({ type }) => type)).toEqual(['conversation.item.delete'])
    expect(holding.isTold('u')).toBe(false)
    holding.answerDue(true)
    expect(holding.isTold('u')).toBe(true)
    holding.follow({ type: 'conversation.item.deleted', item_id: 'u' })
    expect(holding.isTold('u')).toBe(true)
    holding.answerDue(false)
    expect(holding.isTold('u')).toBe(false)
  })
})
