// What a conversation is, folded from its changes: turns in their order, calls, tasks, the summary that stands for older
// turns, and the states to which it can go back. Values only; reduce.ts folds them.
import type { Picture } from '../pictures/picture.ts'
import type { Fate, Usage } from './change.ts'
import { noUsage } from './usage.ts'

export type TurnState =
  | { type: 'open' }
  /** The person's words are final, or the voice has said everything. */
  | { type: 'final' }
  /** Interrupted: only `heard` left the speaker. */
  | { type: 'cut'; heard: string; playedMs: number }
  | { type: 'failed'; reason: string }

export interface Turn {
  id: string
  role: 'user' | 'assistant'
  via: 'voice' | 'text'
  startedMs: number
  /** Everything said or generated, heard or not. */
  text: string
  /** Length of the voice's turn when spoken in full, 0 when written. */
  audioMs: number
  /** How far playback of the voice's turn got; null while it plays and for the person's turns. */
  playedMs: number | null
  state: TurnState
  /** Of a turn of the person; absent until it is known. */
  fate?: Fate | undefined
  /** Of a turn of the person; absent for none. */
  pictures?: readonly Picture[] | undefined
}

export interface ToolCall {
  call: string
  after: string | null
  name: string
  arguments: string
  state: 'asked' | 'running' | 'ended' | 'failed' | 'cancelled' | 'unknown'
  output: string
  /** Null for the voice's own quick tools. */
  task: string | null
}

export interface TaskEntry {
  id: string
  request: string
  after: string | null
  startedMs: number
  endedMs: number | null
  /** `working` also after a restart: whoever runs tasks ends it. */
  state: 'working' | 'done' | 'failed' | 'cancelled' | 'draft'
  result: string
  tokens: number
}

/** What an endpoint refuses to hold. */
export interface LeftOut {
  of: 'turn' | 'call' | 'summary'
  id: string
  endpoint: string
  reason: string
}

/** A state to which the conversation can go back: an answer stood at its end and nothing was open. */
export interface Checkpoint {
  seq: number
  /** The last turn then. */
  turn: string
}

/** What the last roll back took away, for as long as it can be put back. */
export interface RolledBack {
  turns: readonly Turn[]
  tools: readonly ToolCall[]
  why: 'failed' | 'taken-back'
  /** The turn that it stood behind and goes back to; null in front of all. A record of before may not say. */
  after?: string | null | undefined
  /** Turns that stood behind what was taken away: it goes back in front of them, and their words are no news. */
  standing: readonly string[]
}

export interface Conversation {
  id: string
  title: string
  startedMs: number
  changedMs: number
  /** Of the last change folded in; the next one has this plus one. */
  seq: number
  /** In the order of the conversation, which is not the order of arrival. */
  turns: readonly Turn[]
  tools: readonly ToolCall[]
  tasks: readonly TaskEntry[]
  summary: { text: string; through: string } | null
  leftOut: readonly LeftOut[]
  /** The newest of them, oldest first. */
  checkpoints: readonly Checkpoint[]
  rolledBack: RolledBack | null
  /** The person's words of a turn that came to nothing, to be said again. */
  draft: string | null
  sessions: number
  usage: Usage
}

export const emptyConversation: Conversation = {
  id: '',
  title: '',
  startedMs: 0,
  changedMs: 0,
  seq: 0,
  turns: [],
  tools: [],
  tasks: [],
  summary: null,
  leftOut: [],
  checkpoints: [],
  rolledBack: null,
  draft: null,
  sessions: 0,
  usage: noUsage,
}

/** The call is in the conversation, with the turn that it follows. */
export function isKnownCall({ tools, turns }: Conversation, call: string): boolean {
  const known = tools.find((tool) => tool.call === call)
  return known !== undefined && (known.after === null || turns.some(({ id }) => id === known.after))
}
