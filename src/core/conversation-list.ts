// The list of conversations as windows and the tray keep it: newest first, one entry a conversation. Pure.
import type { ConversationEntry } from './ipc.ts'

/** @param reaches the list ends with the oldest conversation; otherwise older ones than its last are left for later */
export function listed(
  entries: readonly ConversationEntry[],
  entry: ConversationEntry,
  reaches = true,
): readonly ConversationEntry[] {
  const others = entries.filter(({ id }) => id !== entry.id)
  const at = others.findIndex(({ changedMs }) => changedMs <= entry.changedMs)
  if (at === -1) return reaches ? [...others, entry] : others
  return [...others.slice(0, at), entry, ...others.slice(at)]
}

export function unlisted(entries: readonly ConversationEntry[], gone: string): readonly ConversationEntry[] {
  return entries.some(({ id }) => id === gone) ? entries.filter(({ id }) => id !== gone) : entries
}
