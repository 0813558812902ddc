// What a person is shown of the companion's state, as plain values: the window, the tray and the title all use these.
// Where the facts come from is main's business (main/app).
import type { ConnectionPhase } from './connection/state.ts'
import type { Remedy } from './connection/close-codes.ts'
import type { TurnMode } from './realtime/commands.ts'

/** The one word for what the companion is doing. */
export type Presence = 'idle' | 'listening' | 'thinking' | 'speaking' | 'muted' | 'offline'

/** Who decides that a turn has ended: the key, or the voice by listening; and whether it listens always or only when it was called. */
export type TalkMode = 'hold' | 'hands-free' | 'by-name'

/** Talking by a name. `closesMs`: wall clock; null while somebody speaks or an answer is due. */
export interface NamedView {
  phrase: string
  open: boolean
  closesMs: number | null
  /** How long it stays open for more. */
  lastsMs: number
}

/**
 * What of the microphone's sound is sent. `speech`: somebody speaks and is being sent; `nothing`: nobody does. `all`: nobody was asked to
 * tell; `unjudged`: somebody was, but nobody can, so that all is sent.
 */
export type Sending = 'all' | 'nothing' | 'speech' | 'unjudged'

export interface PresenceFacts {
  /** There is a line, or one that opens as soon as it is wanted. */
  live: boolean
  muted: boolean
  /** The person speaks, or the talk key is down. */
  hearing: boolean
  /** Sound is on its way to the ear. */
  speaking: boolean
  /** Nobody speaks and no response is in flight. */
  quiet: boolean
}

export function presenceOf({ live, muted, hearing, speaking, quiet }: PresenceFacts): Presence {
  // What was queued is heard to its end, whatever the line does.
  if (speaking) return 'speaking'
  if (!live) return 'offline'
  if (hearing && !muted) return 'listening'
  if (!quiet) return 'thinking'
  return muted ? 'muted' : 'idle'
}

export function talkModeOf({ turnMode, byName }: { turnMode: TurnMode; byName: boolean }): TalkMode {
  if (turnMode === 'manual') return 'hold'
  return byName ? 'by-name' : 'hands-free'
}

/** The connection as a person needs it. Times are wall clock, milliseconds. */
export type LineView =
  | { type: 'off' }
  /** Closed because nobody talked for long; pressing or typing goes on as if it were open. */
  | { type: 'resting' }
  | { type: 'opening'; sinceMs: number }
  | { type: 'waiting'; untilMs: number; cause: string; attempt: number }
  | { type: 'live'; sinceMs: number; endsMs: number; handingOver: boolean }
  | { type: 'refused'; message: string; remedy: Remedy }

export function lineViewOf(phase: ConnectionPhase): LineView {
  switch (phase.type) {
    case 'off':
      if (typeof phase.why === 'object') return { ...phase.why.fatal, type: 'refused' }
      return { type: phase.why === 'resting' ? 'resting' : 'off' }
    case 'opening':
      return { type: 'opening', sinceMs: phase.openedMs }
    case 'waiting': {
      const { untilMs, cause, attempt } = phase
      return { type: 'waiting', untilMs, cause, attempt }
    }
    case 'live':
      return { type: 'live', sinceMs: phase.openedMs, endsMs: phase.endsMs, handingOver: false }
    case 'handing-over':
      return { type: 'live', sinceMs: phase.from.openedMs, endsMs: phase.from.endsMs, handingOver: true }
  }
}

/** Which way of talking by key is in force outside the window, and why no better one. */
export interface TalkKeyView {
  /** As a person writes it: `Ctrl+Alt+Space`. Empty when there is none. */
  keys: string
  /** `hold`: key down and key up are heard; `toggle`: a press begins and the next one ends; `none`: only in the window. */
  works: 'hold' | 'toggle' | 'none'
  /** One plain sentence, null when it works as it should. */
  note: string | null
}

export const noTalkKey: TalkKeyView = { keys: '', works: 'none', note: null }

const titleLength = 48

/** A conversation's name from the first words that were said in it. */
export function titleOf(words: string): string {
  const plain = words.replace(/\s+/g, ' ').trim()
  if (plain.length <= titleLength) return plain.replace(/[.!?…,;:]+$/, '')
  const cut = plain.slice(0, titleLength + 1)
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > titleLength / 2 ? end : titleLength).replace(/[.!?…,;:]+$/, '')}…`
}
