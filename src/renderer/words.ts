// What one turn shows: its words with those that are still coming, and how far they have left the speaker. Pure.
import type { Turn } from '../core/conversation/reduce.ts'
import type { Say } from '../core/language/messages.ts'
import { fewestMsFor, heardWords } from '../core/turn/heard.ts'
import type { Position } from './speech.ts'

export interface CaptionLine {
  text: string
  /** Characters of `text` that were heard; the rest has not sounded (yet). */
  sounded: number
  /** The voice was interrupted there. */
  cut: boolean
  /** Why there are no words, or no more of them. */
  failure: string | null
  /** Words may still come. */
  open: boolean
}

/** What is known of a turn beside the record. */
export interface Saying {
  /** Words that are not final yet; empty for none. */
  caption: string
  position: Position | null
  /** Sound is on its way to the ear. */
  speaking: boolean
}

/** Null when there is nothing to show. */
export function lineOf(turn: Turn, saying: Saying, say: Say): CaptionLine | null {
  const line = turn.role === 'user' ? personLine(turn, saying.caption, say) : voiceLine(turn, saying)
  const isShown = line.open || line.text !== '' || line.failure !== null || line.cut || turn.pictures !== undefined
  return isShown ? line : null
}

/** Words of a turn that the record does not have yet. */
export function earlyLine(role: Turn['role'], { caption, position }: Saying): CaptionLine {
  const sounded = role === 'user' ? caption.length : soundedOf(caption, position, null)
  return { ...bare, text: caption, sounded, open: true }
}

const bare = { cut: false, failure: null }

function personLine({ text: known, state, pictures }: Turn, caption: string, say: Say): CaptionLine {
  const text = known === '' ? caption : known
  const isSilent = state.type === 'final' && text.trim() === '' && pictures === undefined
  const failure = state.type === 'failed' ? state.reason : null
  return {
    ...bare,
    text,
    sounded: text.length,
    failure: isSilent ? say('said.nothing') : failure,
    open: state.type === 'open',
  }
}

function voiceLine(turn: Turn, { caption, position, speaking }: Saying): CaptionLine {
  const { state } = turn
  // The record has the words of an answer when all of them have come, which can be long after it was interrupted.
  const text = turn.text === '' ? caption : turn.text
  const line = { ...bare, text, sounded: text.length, open: false }
  switch (state.type) {
    case 'cut':
      // Of an answer whose words never came, what was heard of it stands in the cut.
      return text.startsWith(state.heard)
        ? { ...line, sounded: state.heard.length, cut: true }
        : { ...line, text: state.heard, sounded: state.heard.length, cut: true }
    case 'failed':
      return { ...line, failure: state.reason }
    case 'open':
      return { ...line, sounded: soundedOf(text, position, null), open: true }
    case 'final': {
      // Played to its end, written, or of a time from which no position is known.
      const isOver = turn.playedMs !== null || turn.audioMs === 0 || (position === null && !speaking)
      return isOver ? line : { ...line, sounded: soundedOf(text, position, turn.audioMs) }
    }
  }
}

/** @param audioMs the whole length, null while more may come: words run ahead of their sound */
function soundedOf(text: string, at: Position | null, audioMs: number | null): number {
  if (at === null) return 0
  return heardWords(text, at.playedMs, audioMs ?? Math.max(at.receivedMs, fewestMsFor(text))).length
}
