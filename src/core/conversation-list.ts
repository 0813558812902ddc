// The list of conversations as windows and the tray keep it: the one that was used last first, one entry a conversation. The
// order is that of use; times are only shown, since a clock can be set back. Pure.
import type { ConversationEntry } from './shown-parts.ts'

/** @param entry was used just now */
export function listed(entries: readonly ConversationEntry[], entry: ConversationEntry): readonly ConversationEntry[] {
  return [entry, ...entries.filter(({ id }) => id !== entry.id)]
}

export function unlisted(entries: readonly ConversationEntry[], gone: string): readonly ConversationEntry[] {
  return entries.some(({ id }) => id === gone) ? entries.filter(({ id }) => id !== gone) : entries
}
