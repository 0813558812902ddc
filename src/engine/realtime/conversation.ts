// The session's items in their order, as pure functions. Who is told about a change is thread.ts's business.
import { refuse, type Refusal } from './errors.ts'
import type { Item } from './wire.ts'

export type Items = readonly Item[]

/**
 * Puts an item in its place: at the end, at the front (`root`) or behind the item of that id.
 * @returns the items and the id in front of the new one, null when it is the first
 */
export function place(items: Items, item: Item, after?: string): { items: Items; previous: string | null } | Refusal {
  if (items.some((other) => other.id === item.id)) return refuse.duplicateItem(item.id)
  if (item.type === 'function_call_output' && !hasCall(items, item.call_id)) return refuse.unknownCall(item.call_id)
  if (after === undefined) return { items: [...items, item], previous: items.at(-1)?.id ?? null }
  if (after === 'root') return { items: [item, ...items], previous: null }
  const at = items.findIndex((other) => other.id === after)
  if (at < 0) return refuse.previousItem(after)
  return { items: [...items.slice(0, at + 1), item, ...items.slice(at + 1)], previous: after }
}

const hasCall = (items: Items, callId: string): boolean =>
  items.some((item) => item.type === 'function_call' && item.call_id === callId)

export const without = (items: Items, id: string): Items => items.filter((item) => item.id !== id)

export const replaced = (items: Items, next: Item): Items => items.map((item) => (item.id === next.id ? next : item))

/** The id in front of an item; null for the first and for one that has been deleted. */
export function previousOf(items: Items, id: string): string | null {
  const at = items.findIndex((item) => item.id === id)
  return items[at - 1]?.id ?? null
}

/** True when the item is a message of the model that was spoken: the only kind that can be truncated. */
export const isSpoken = (item: Item): boolean =>
  item.type === 'message' && item.role === 'assistant' && item.content[0]?.type === 'output_audio'

/** A spoken message after truncation: the service deletes its transcript whole. */
export function withoutTranscript(item: Item): Item {
  if (item.type !== 'message') return item
  return {
    ...item,
    content: item.content.map((part) => (part.type === 'output_audio' ? { type: 'output_audio' } : part)),
  }
}
