// What a window is given of a long conversation and of a long list: the newest part, and the one before it when it is asked
// for. Pure.
import type { ConversationEntry, EarlierPart, ListPart, ShownConversation } from '../../core/shown-parts.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'

export const pageLimits = {
  turns: 200,
  /** A page of long answers holds fewer turns. */
  characters: 400_000,
  /** As far back as a search hit lies, but no more at a time. */
  turnsToHit: 4_000,
  conversations: 100,
} as const

export function newestPart(conversation: Conversation): ShownConversation {
  const { turns } = conversation
  const from = pageStart(conversation, turns.length, pageLimits.turns)
  return { ...conversation, ...part(conversation, from, turns.length) }
}

/**
 * @param before a turn that the window holds
 * @param through the part reaches back to this turn
 * @returns null when `before` is not there any more
 */
export function partBefore(conversation: Conversation, before: string, through?: string): EarlierPart | null {
  const { turns } = conversation
  const to = turns.findIndex(({ id }) => id === before)
  if (to === -1) return null
  const wanted = through === undefined ? -1 : turns.findIndex(({ id }) => id === through)
  const from = pageStart(conversation, to, pageLimits.turns)
  return part(conversation, wanted === -1 ? from : Math.max(Math.min(from, wanted), to - pageLimits.turnsToHit), to)
}

/** @param after the last one that the window holds; an unknown one stands for none */
export function listPart(entries: readonly ConversationEntry[], after: string | null): ListPart {
  const from = after === null ? 0 : entries.findIndex(({ id }) => id === after) + 1
  const conversations = entries.slice(from, from + pageLimits.conversations)
  return { conversations, more: entries.length - from - conversations.length }
}

function pageStart({ turns }: Conversation, to: number, most: number): number {
  let characters = 0
  let from = to
  while (from > 0 && to - from < most && characters < pageLimits.characters) {
    from -= 1
    characters += turns[from]?.text.length ?? 0
  }
  return from
}

function part({ turns, tools, tasks }: Conversation, from: number, to: number): EarlierPart {
  const within = turns.slice(from, to)
  const ids = new Set(within.map(({ id }) => id))
  const all = to === turns.length ? new Set(turns.map(({ id }) => id)) : null
  // What stands behind a turn that is gone goes to the end.
  const isWithin = ({ after }: { after: string | null }): boolean =>
    after === null ? from === 0 : ids.has(after) || all?.has(after) === false
  return { turns: within, tools: tools.filter(isWithin), tasks: tasks.filter(isWithin), earlier: from }
}
