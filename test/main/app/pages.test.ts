import { describe, expect, it } from 'vitest'
import { listed, unlisted } from '../../../src/core/conversation-list.ts'
import { emptyConversation, reduce, type Conversation, type Turn } from '../../../src/core/conversation/reduce.ts'
import type { ConversationEntry } from '../../../src/core/shown-parts.ts'
import { listPart, newestPart, pageLimits, partBefore } from '../../../src/main/app/pages.ts'
import { unknown, withEarlier, type Known } from '../../../src/renderer/store.ts'

function turnOf(at: number, text = `Words ${at}`): Turn {
  return {
    id: `t_${at}`,
    role: at % 2 === 0 ? 'user' : 'assistant',
    via: 'text',
    startedMs: at,
    text,
    audioMs: 0,
    playedMs: null,
    state: { type: 'final' },
  }
}

function conversationOf(turns: number, text?: string): Conversation {
  const call = (after: string | null) => ({
    call: `k ${after}`,
    after,
    name: 'read_file',
    arguments: '{}',
    state: 'ended' as const,
    output: '',
    task: null,
  })
  return {
    ...emptyConversation,
    id: 'c_1',
    seq: turns,
    turns: Array.from({ length: turns }, (_, at) => turnOf(at, text)),
    tools: [null, 't_3', `t_${turns - 2}`, 'gone'].map(call),
  }
}

describe('a conversation in pages', () => {
  it('[W65] its newest part and the parts before it, joined in the window, are the whole conversation', () => {
    const whole = conversationOf(1_234)
    const shown = newestPart(whole)
    expect(shown.turns).toHaveLength(pageLimits.turns)
    expect(shown.tools.map(({ after }) => after)).toEqual(['t_1232', 'gone'])
    let known: Known = { ...unknown, conversation: shown, earlier: shown.earlier ?? 0 }
    while (known.earlier > 0) {
      const before = known.conversation.turns[0]!.id
      known = withEarlier(known, partBefore(whole, before)!, before)
    }
    expect(known.conversation.turns).toEqual(whole.turns)
    expect(new Set(known.conversation.tools)).toEqual(new Set(whole.tools))
  })

  it('[W65] a part reaches back as far as a search hit lies, and a page of long answers holds fewer', () => {
    const whole = conversationOf(1_000)
    const part = partBefore(whole, 't_800', 't_17')!
    expect([part.turns[0]?.id, part.turns.at(-1)?.id, part.earlier]).toEqual(['t_17', 't_799', 17])
    expect(partBefore(whole, 'gone')).toBeNull()
    const long = newestPart(conversationOf(1_000, 'x'.repeat(40_000)))
    expect(long.turns).toHaveLength(10)
  })

  it('[W65] what is folded onto the newest part is what is folded onto the whole, and a part that comes late alters nothing', () => {
    const whole = conversationOf(500)
    const stored = {
      seq: 501,
      atMs: 1,
      change: { type: 'turn-started', turn: 'new', role: 'user', via: 'text', after: 't_499' },
    } as const
    const shown = reduce(newestPart(whole), stored)
    expect(shown.turns).toEqual(reduce(whole, stored).turns.slice(300))
    const known: Known = { ...unknown, conversation: shown, earlier: 300 }
    expect(withEarlier(known, partBefore(whole, 't_100')!, 't_100')).toBe(known)
  })
})

describe('the list of conversations in pages', () => {
  const entryOf = (at: number): ConversationEntry => ({
    id: `c_${at}`,
    title: `Talk ${at}`,
    startedMs: at,
    changedMs: at,
    turns: 2,
  })
  const all = Array.from({ length: 250 }, (_, at) => entryOf(250 - at))

  it('[W66] its parts, one after the other, are the whole list', () => {
    const first = listPart(all, null)
    const second = listPart(all, first.conversations.at(-1)!.id)
    const third = listPart(all, second.conversations.at(-1)!.id)
    expect([...first.conversations, ...second.conversations, ...third.conversations]).toEqual(all)
    expect([first.more, second.more, third.more]).toEqual([150, 50, 0])
  })

  it('[W66] one that changes goes to its place; one older than all that are shown waits for its part', () => {
    const shown = all.slice(0, 100)
    const changed = { ...entryOf(200), title: 'Other', changedMs: 1_000 }
    expect(listed(shown, changed)[0]).toBe(changed)
    expect(listed(shown, changed)).toHaveLength(100)
    expect(
      listed(listed(shown, entryOf(3)), changed)
        .map(({ id }) => id)
        .slice(0, 2),
    ).toEqual([changed.id, entryOf(3).id])
    expect(unlisted(shown, 'c_200')).toHaveLength(99)
    expect(unlisted(shown, 'c_1')).toBe(shown)
  })
})
