import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/conversation/change.ts'
import { emptyConversation, reduce, type Conversation } from '../../src/core/conversation/reduce.ts'
import { captionLines } from '../../src/renderer/words.ts'

function conversationOf(...changes: Change[]): Conversation {
  return changes.reduce(
    (conversation, change, at) => reduce(conversation, { seq: at + 1, atMs: at, change }),
    emptyConversation,
  )
}

const voiceTurn: Change = { type: 'turn-started', turn: 'a', role: 'assistant', via: 'voice', after: null }
const text = 'The sea is blue because water takes the red light away.'
const nothing = { captions: [], positions: {}, speaking: false }

describe('captions', () => {
  it('[W30] words that have not left the speaker stand apart, and none is lost or doubled at any moment', () => {
    const conversation = conversationOf(voiceTurn, { type: 'words-spoken', turn: 'a', text, audioMs: 4_000 })
    let heardBefore = 0
    for (let playedMs = 0; playedMs <= 4_000; playedMs += 20) {
      const positions = { a: { playedMs, receivedMs: 4_000 } }
      const [line] = captionLines({ ...nothing, conversation, positions, speaking: true })
      const heard = line?.heard ?? ''
      expect([heard, line?.unheard].filter(Boolean).join(' ')).toBe(text)
      expect(heard.length).toBeGreaterThanOrEqual(heardBefore)
      heardBefore = heard.length
    }
    expect(heardBefore).toBe(text.length)
  })

  it('[W30] of an answer that waits to be played nothing counts as heard; of one from an earlier day everything', () => {
    const conversation = conversationOf(voiceTurn, { type: 'words-spoken', turn: 'a', text, audioMs: 4_000 })
    expect(captionLines({ ...nothing, conversation, speaking: true })[0]).toMatchObject({ heard: '', unheard: text })
    expect(captionLines({ ...nothing, conversation })[0]).toMatchObject({ heard: text, unheard: '' })
  })

  it('[W31] an interrupted answer shows where it was cut and what was not heard', () => {
    const conversation = conversationOf(
      voiceTurn,
      { type: 'words-spoken', turn: 'a', text, audioMs: 4_000 },
      { type: 'played', turn: 'a', playedMs: 900, heard: 'The sea is', cut: true },
    )
    expect(captionLines({ ...nothing, conversation })[0]).toMatchObject({
      heard: 'The sea is',
      cut: true,
      unheard: text.slice('The sea is '.length),
    })
  })

  it('[W31] an answer that was interrupted before all its words came keeps those that did', () => {
    const conversation = conversationOf(voiceTurn, { type: 'played', turn: 'a', playedMs: 100, heard: '', cut: true })
    const captions = [{ role: 'assistant', item: 'a', text }] as const
    expect(captionLines({ ...nothing, conversation, captions })[0]).toMatchObject({ cut: true, unheard: text })
  })

  it('[W32] words that are still coming stand in their turn’s place, also before it is in the record', () => {
    const conversation = conversationOf(
      { type: 'turn-started', turn: 'u', role: 'user', via: 'voice', after: null },
      {
        ...voiceTurn,
        after: 'u',
      },
    )
    const captions = [
      { role: 'assistant', item: 'late', text: 'Early words' },
      { role: 'user', item: 'u', text: 'What is' },
    ] as const
    expect(
      captionLines({ ...nothing, conversation, captions }).map(({ id, heard, unheard, open }) => [
        id,
        heard,
        unheard,
        open,
      ]),
    ).toEqual([
      ['u', 'What is', '', true],
      ['a', '', '', true],
      ['late', '', 'Early words', true],
    ])
  })

  it('[W32] a turn in which nothing was understood says so', () => {
    const conversation = conversationOf(
      { type: 'turn-started', turn: 'u', role: 'user', via: 'voice', after: null },
      { type: 'words-heard', turn: 'u', text: ' ' },
    )
    expect(captionLines({ ...nothing, conversation })[0]?.failure).toBe('Nothing was understood.')
  })
})
