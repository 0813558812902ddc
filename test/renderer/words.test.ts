import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/conversation/change.ts'
import { emptyConversation, reduce, type Conversation } from '../../src/core/conversation/reduce.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { earlyLine, lineOf as lineIn, type CaptionLine, type Saying } from '../../src/renderer/words.ts'

function conversationOf(...changes: Change[]): Conversation {
  return changes.reduce(
    (conversation, change, at) => reduce(conversation, { seq: at + 1, atMs: at, change }),
    emptyConversation,
  )
}

const { say } = languageFor('en', [])
const lineOf = (turn: Conversation['turns'][number], saying: Saying): CaptionLine | null => lineIn(turn, saying, say)

const voiceTurn: Change = { type: 'turn-started', turn: 'a', role: 'assistant', via: 'voice', after: null }
const text = 'The sea is blue because water takes the red light away.'
const nothing: Saying = { caption: '', position: null, speaking: false }

/** Of the only turn: the words that were heard and those that were not. */
function partsOf(conversation: Conversation, saying: Partial<Saying> = {}): { heard: string; unheard: string } {
  const line = lineOf(conversation.turns[0]!, { ...nothing, ...saying })
  return { heard: line?.text.slice(0, line.sounded) ?? '', unheard: line?.text.slice(line.sounded) ?? '' }
}

describe('captions', () => {
  it('[W30] words that have not left the speaker stand apart, and none is lost or doubled at any moment', () => {
    const conversation = conversationOf(voiceTurn, { type: 'words-spoken', turn: 'a', text, audioMs: 4_000 })
    let heardBefore = 0
    for (let playedMs = 0; playedMs <= 4_000; playedMs += 20) {
      const { heard, unheard } = partsOf(conversation, { position: { playedMs, receivedMs: 4_000 }, speaking: true })
      expect(heard + unheard).toBe(text)
      expect(heard.length).toBeGreaterThanOrEqual(heardBefore)
      heardBefore = heard.length
    }
    expect(heardBefore).toBe(text.length)
  })

  it('[W30] of an answer that waits to be played nothing counts as heard; of one from an earlier day everything', () => {
    const conversation = conversationOf(voiceTurn, { type: 'words-spoken', turn: 'a', text, audioMs: 4_000 })
    expect(partsOf(conversation, { speaking: true })).toEqual({ heard: '', unheard: text })
    expect(partsOf(conversation)).toEqual({ heard: text, unheard: '' })
  })

  it('[W31] an interrupted answer shows where it was cut and what was not heard', () => {
    const conversation = conversationOf(
      voiceTurn,
      { type: 'words-spoken', turn: 'a', text, audioMs: 4_000 },
      { type: 'played', turn: 'a', playedMs: 900, heard: 'The sea is', cut: true },
    )
    expect(lineOf(conversation.turns[0]!, nothing)).toMatchObject({ text, sounded: 'The sea is'.length, cut: true })
  })

  it('[W31] an answer that was interrupted before all its words came keeps those that did', () => {
    const conversation = conversationOf(voiceTurn, { type: 'played', turn: 'a', playedMs: 100, heard: '', cut: true })
    expect(lineOf(conversation.turns[0]!, { ...nothing, caption: text })).toMatchObject({ text, sounded: 0, cut: true })
  })

  it('[W32] words that are still coming stand in their turn’s place, also before it is in the record', () => {
    const conversation = conversationOf({ type: 'turn-started', turn: 'u', role: 'user', via: 'voice', after: null })
    expect(lineOf(conversation.turns[0]!, { ...nothing, caption: 'What is' })).toMatchObject({
      text: 'What is',
      open: true,
    })
    const early = { ...nothing, caption: 'Early words' }
    expect(earlyLine('assistant', early)).toMatchObject({ text: 'Early words', sounded: 0, open: true })
    expect(earlyLine('user', early)).toMatchObject({ sounded: 'Early words'.length })
  })

  it('[W32] a turn in which nothing was understood says so', () => {
    const conversation = conversationOf(
      { type: 'turn-started', turn: 'u', role: 'user', via: 'voice', after: null },
      { type: 'words-heard', turn: 'u', text: ' ' },
    )
    expect(lineOf(conversation.turns[0]!, nothing)?.failure).toBe('Nothing was understood.')
  })
})
