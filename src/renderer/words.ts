// What stands in the captions: the turns of the conversation with the words that are still coming, parted into what has
// left the speaker and what has not. Pure.
import type { Conversation, Turn } from '../core/conversation/reduce.ts'
import { fewestMsFor, heardWords } from '../core/turn/heard.ts'
import type { Caption, Position } from './store.ts'

export interface CaptionLine {
  id: string
  role: 'user' | 'assistant'
  /** What was said and heard. */
  heard: string
  /** Of the voice: words that have not sounded (yet). */
  unheard: string
  /** The voice was interrupted between the two. */
  cut: boolean
  /** Why there are no words, or no more of them. */
  failure: string | null
  /** Words may still come. */
  open: boolean
}

export interface Spoken {
  conversation: Conversation
  captions: readonly Caption[]
  positions: Readonly<Record<string, Position>>
  /** Sound is on its way to the ear. */
  speaking: boolean
}

export function captionLines({ conversation, captions, positions, speaking }: Spoken): CaptionLine[] {
  const lines = conversation.turns.map((turn) => {
    const caption = captions.find(({ item }) => item === turn.id)
    return turn.role === 'user'
      ? personLine(turn, caption)
      : voiceLine(turn, caption, positions[turn.id] ?? null, speaking)
  })
  const known = new Set(conversation.turns.map(({ id }) => id))
  const early = captions
    .filter(({ item }) => !known.has(item))
    .map(({ item, role, text }) => ({ ...emptyLine, id: item, role, ...part(role, text, positions[item] ?? null) }))
  return [...lines, ...early].filter((line) => line.open || line.heard !== '' || line.unheard !== '' || line.failure)
}

const emptyLine = { heard: '', unheard: '', cut: false, failure: null, open: true }

function part(role: Caption['role'], text: string, at: Position | null): Pick<CaptionLine, 'heard' | 'unheard'> {
  return role === 'user' ? { heard: text, unheard: '' } : split(text, at, null)
}

function personLine(turn: Turn, caption: Caption | undefined): CaptionLine {
  const failure = turn.state.type === 'failed' ? turn.state.reason : null
  const heard = turn.text === '' ? (caption?.text ?? '') : turn.text
  const isSilent = turn.state.type === 'final' && heard.trim() === ''
  return {
    ...emptyLine,
    id: turn.id,
    role: 'user',
    heard,
    failure: isSilent ? 'Nothing was understood.' : failure,
    open: turn.state.type === 'open',
  }
}

function voiceLine(turn: Turn, caption: Caption | undefined, at: Position | null, speaking: boolean): CaptionLine {
  const line = { ...emptyLine, id: turn.id, role: 'assistant' as const, open: false }
  const { state } = turn
  // The record has the words of an answer when all of them have come, which can be long after it was interrupted.
  const text = turn.text === '' ? (caption?.text ?? '') : turn.text
  switch (state.type) {
    case 'cut':
      return { ...line, heard: state.heard, unheard: text.slice(state.heard.length).trim(), cut: true }
    case 'failed':
      return { ...line, heard: text, failure: state.reason }
    case 'open':
      return { ...line, ...split(text, at, null), open: true }
    case 'final': {
      // Played to its end, written, or of a time from which no position is known.
      const isOver = turn.playedMs !== null || turn.audioMs === 0 || (at === null && !speaking)
      return isOver ? { ...line, heard: turn.text } : { ...line, ...split(turn.text, at, turn.audioMs) }
    }
  }
}

/** @param audioMs the whole length, null while more may come: words run ahead of their sound */
function split(text: string, at: Position | null, audioMs: number | null): Pick<CaptionLine, 'heard' | 'unheard'> {
  if (at === null) return { heard: '', unheard: text }
  const heard = heardWords(text, at.playedMs, audioMs ?? Math.max(at.receivedMs, fewestMsFor(text)))
  return { heard, unheard: text.slice(heard.length).trimStart() }
}
