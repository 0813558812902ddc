import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/conversation/change.ts'
import type { Notice } from '../../src/core/ipc.ts'
import { settledBy, told, unknown, type Known } from '../../src/renderer/store.ts'

const conversation = { ...unknown.conversation, id: 'c_1', seq: 4 }
const known: Known = { ...unknown, conversation }
const change = (seq: number, what: Change, id = 'c_1'): Notice => ({
  type: 'change',
  conversation: id,
  stored: { seq, atMs: 1, change: what },
})
const renamed: Change = { type: 'conversation-renamed', title: 'Boats' }

describe('what the window knows', () => {
  it('[W33] a gap in the changes is noticed; old ones and those of another conversation alter nothing', () => {
    expect(told(known, change(6, renamed))).toBe('gap')
    expect(told(known, change(4, renamed))).toBe(known)
    expect(told(known, change(5, renamed, 'c_2'))).toBe(known)
    expect((told(known, change(5, renamed)) as Known).conversation.title).toBe('Boats')
  })

  it('[W221] an answer that is heard is announced only if that is wanted, one that is not is always', () => {
    const spoken = change(5, { type: 'words-spoken', turn: 'a', text: 'Ten past four.', audioMs: 900 })
    const speaker = { type: 'missing', message: 'There is no speaker.' } as const
    const textsOf = (one: Known): string[] => (told(one, spoken) as Known).announced.map(({ text }) => text)
    expect(textsOf(known)).toEqual([])
    expect(textsOf({ ...known, state: { ...known.state, speaker } })).toEqual(['Parley: Ten past four.'])
    expect(textsOf({ ...known, settings: { ...known.settings, announcesWords: true } })).toHaveLength(1)
  })

  it('[W33] a caption gives way to the words in the record, which a screen reader is told once', () => {
    const open = told(known, change(5, { type: 'turn-started', turn: 'u', role: 'user', via: 'voice', after: null }))
    const caption: Notice = { type: 'caption', role: 'user', item: 'u', text: 'What ti' }
    const heard = told(open as Known, caption) as Known
    expect([heard.announced, settledBy(caption)]).toEqual([[], null])
    const final = change(6, { type: 'words-heard', turn: 'u', text: 'What time is it?' })
    expect(settledBy(final)).toBe('u')
    const wants = { ...heard, settings: { ...heard.settings, announcesWords: true } }
    expect((told(wants, final) as Known).announced.map(({ text }) => text)).toEqual(['You: What time is it?'])
  })
})
