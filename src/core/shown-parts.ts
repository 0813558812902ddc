// What a window begins with of the conversations, and what it asks for as somebody scrolls or searches.
import type { Conversation, TaskEntry, ToolCall, Turn } from './conversation/conversation.ts'

export interface ConversationEntry {
  id: string
  title: string
  startedMs: number
  changedMs: number
  turns: number
}

/** A conversation as a window begins with it: its newest part. */
export interface ShownConversation extends Conversation {
  /** Turns that stand before the first one here; absent for none. */
  earlier?: number
}

/** A part of a conversation that stands before what a window holds already. */
export interface EarlierPart {
  turns: readonly Turn[]
  /** Calls and tasks that stand behind these turns. */
  tools: readonly ToolCall[]
  tasks: readonly TaskEntry[]
  earlier: number
}

/** A part of the list of conversations, newest first. */
export interface ListPart {
  conversations: readonly ConversationEntry[]
  /** Conversations that come after the last one here. */
  more: number
}

/** A conversation in which searched words stand. */
export interface FoundPlace {
  entry: ConversationEntry
  /** The newest turn that holds them, and the place in it; null and empty when only the name does. */
  turn: string | null
  excerpt: string
}

/** A device that is missing or refused names the next step. */
