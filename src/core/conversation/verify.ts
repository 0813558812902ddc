// Compares what a fresh session acknowledged with what it was meant to hold, item for item, and sums both sides up in a
// digest that can be shown.
import { cleanText } from '../clean-text.ts'
import type { WireItem } from '../realtime/events.ts'
import type { HeardItem } from '../realtime/wire-events.ts'
import { checksum } from '../store/crc32.ts'
import { toBytes } from '../store/utf8.ts'

export interface Acknowledged {
  item: HeardItem
  previous: string | null
}

export type Verification =
  { type: 'equal'; items: number; digest: string } | { type: 'different'; item: string; why: string }

/**
 * Acknowledgements in their order of arrival; they must be in the order of the plan and chained to each other.
 * @param withdrawn ids of items that were acknowledged and deleted again since
 */
export function verifyRestore(
  plan: readonly WireItem[],
  acknowledged: readonly Acknowledged[],
  withdrawn: readonly string[] = [],
): Verification {
  for (const [at, meant] of plan.entries()) {
    const id = meant.id ?? ''
    const held = acknowledged[at]
    if (held?.item.id !== id) return { type: 'different', item: id, why: 'not acknowledged in its place' }
    const before = at === 0 ? null : (plan[at - 1]?.id ?? null)
    // A server may leave the predecessor out of the acknowledgement; a wrong one is a wrong order.
    if (held.previous !== null && held.previous !== before && !withdrawn.includes(held.previous))
      return { type: 'different', item: id, why: `stands behind ${held.previous}` }
    if (fingerprint(held.item) !== fingerprint(meant)) return { type: 'different', item: id, why: 'other words' }
  }
  const stranger = acknowledged[plan.length]
  if (stranger) return { type: 'different', item: stranger.item.id, why: 'not part of what was restored' }
  const digest = digestOf(acknowledged.map(({ item }) => item))
  // Cannot differ when every item is equal; that the figure which is shown says the same is proven with it.
  return digest === digestOf(plan)
    ? { type: 'equal', items: plan.length, digest }
    : { type: 'different', item: '', why: 'another digest' }
}

/** Over id, role and words (of a call: name, arguments and output) in their order; eight hexadecimal digits. */
export function digestOf(items: readonly (WireItem | HeardItem)[]): string {
  return checksum(toBytes(items.map((item) => `${item.id ?? ''}\n${fingerprint(item)}`).join('\0')))
}

interface Part {
  type?: string
  text?: string | null
  transcript?: string | null
}

/** Role and words, as they are sent; the parts that a server adds (status, object, empty fields) are not compared. */
export function fingerprint(item: WireItem | HeardItem): string {
  if (item.type !== 'message') {
    const call = item as { call_id?: string; name?: string; arguments?: string; output?: string }
    return cleanText([item.type, call.call_id, call.name ?? '', call.arguments ?? '', call.output ?? ''].join('\n'))
  }
  const { role, content = [] } = item as { role?: string; content?: readonly Part[] }
  // Of a picture a server gives back what it likes: all of it, its kind alone, or nothing.
  const worded = content.filter(({ type }) => type !== 'input_image')
  return cleanText([role, ...worded.map((part) => part.text ?? part.transcript ?? '')].join('\n'))
}
