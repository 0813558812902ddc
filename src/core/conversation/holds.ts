// What the model holds: the items of one session as the service acknowledged them, with the proof of those that were
// restored and what was left out. Followed from the events themselves, so that it tells what is there, not what was meant.
import type { WireItem } from '../realtime/events.ts'
import type { HeardEvent, HeardItem } from '../realtime/wire-events.ts'
import type { Conversation, LeftOut } from './conversation.ts'
import { wordsOf, type RestorePlan } from './rehydrate.ts'
import { shortened } from './shorten.ts'

export type HeldKind = 'note' | 'person' | 'voice' | 'call' | 'result'

export interface HeldItem {
  id: string
  kind: HeldKind
  /** Of a call and its result. */
  call: string | null
  from: 'restored' | 'live'
  /** Null while it is still growing. */
  acknowledgedMs: number | null
  text: string
}

export interface RestoreProof {
  atMs: number
  items: number
  /** Of what the service acknowledged, equal to that of what it was given. */
  digest: string
  /** Sessions begun and batches sent until it was proven. */
  sessions: number
  attempts: number
}

export interface Holds {
  items: readonly HeldItem[]
  plan: Pick<RestorePlan, 'leftOut' | 'missing' | 'refused'>
}

/** The view of it for a window. */
export interface HoldsView {
  /** Null while there is no line. */
  session: string | null
  proof: RestoreProof | null
  items: readonly HeldItem[]
  /** By name, with the service's reason. */
  refused: readonly { of: LeftOut['of']; words: string; reason: string }[]
  /** Turns that are not given in words; the summary stands for all but `missing` of them. */
  leftOut: number
  missing: number
  summary: string | null
}

export const noHolds: HoldsView = {
  session: null,
  proof: null,
  items: [],
  refused: [],
  leftOut: 0,
  missing: 0,
  summary: null,
}

/** A session lives for an hour on the service; a server of one's own may let it live for days. */
const mostItems = 4_096
const mostShown = 400

export function beginHolds(plan: RestorePlan, held: readonly WireItem[], nowMs: number): Holds {
  return { plan, items: held.map((item) => heldItem(item, 'restored', nowMs)) }
}

export function followHolds(holds: Holds, event: HeardEvent, nowMs: number): Holds {
  switch (event.type) {
    case 'conversation.item.added':
      return put(holds, heldItem(event.item, 'live', null), event.previous_item_id ?? null)
    case 'conversation.item.done':
      return put(holds, heldItem(event.item, 'live', nowMs), event.previous_item_id ?? null)
    case 'conversation.item.deleted':
      return { ...holds, items: holds.items.filter(({ id }) => id !== event.item_id) }
    default:
      return holds
  }
}

function put(holds: Holds, item: HeldItem, previous: string | null): Holds {
  const at = holds.items.findIndex(({ id }) => id === item.id)
  if (at !== -1) return { ...holds, items: holds.items.with(at, item) }
  const behind = holds.items.findIndex(({ id }) => id === previous)
  // Without a predecessor that we know it is the newest, or put in front of all.
  const place = behind !== -1 ? behind + 1 : previous === null && item.kind === 'note' ? 0 : holds.items.length
  return { ...holds, items: holds.items.toSpliced(place, 0, item).slice(-mostItems) }
}

function heldItem(item: WireItem | HeardItem, from: HeldItem['from'], acknowledgedMs: number | null): HeldItem {
  const { role, content, name, call_id, output } = item as HeardItem & { arguments?: string }
  const given = (item as HeardItem).arguments
  const words = (content ?? []).map((part) => part.text ?? part.transcript ?? '').join('')
  const base = { id: item.id ?? '', call: call_id ?? null, from, acknowledgedMs }
  switch (item.type) {
    case 'function_call':
      return { ...base, kind: 'call', text: `${name ?? ''}(${given ?? ''})` }
    case 'function_call_output':
      return { ...base, kind: 'result', text: output ?? '' }
    default:
      return { ...base, kind: role === 'user' ? 'person' : role === 'assistant' ? 'voice' : 'note', text: words }
  }
}

/** Items that a call has on the service, whatever it calls them. */
export function idsOfCalls(holds: Holds, calls: readonly string[]): string[] {
  return holds.items.filter(({ call }) => call !== null && calls.includes(call)).map(({ id }) => id)
}

export function viewHolds(
  session: string,
  holds: Holds,
  proof: RestoreProof | null,
  conversation: Conversation,
): HoldsView {
  const turns = new Map(conversation.turns.map((turn) => [turn.id.slice(-32), wordsOf(turn)]))
  const { leftOut, missing, refused } = holds.plan
  return {
    session,
    proof,
    items: holds.items.map((item) => ({
      ...item,
      // The service gives no words for what it spoke and what was interrupted; the record knows what was heard.
      text: shortened(item.from === 'live' ? (turns.get(item.id.slice(-32)) ?? item.text) : item.text, mostShown),
    })),
    refused: refused.map((one) => ({ of: one.of, words: wordsOfRefused(one, conversation), reason: one.reason })),
    leftOut,
    missing,
    summary: conversation.summary?.text ?? null,
  }
}

function wordsOfRefused({ of, id }: LeftOut, { turns, tools, summary }: Conversation): string {
  switch (of) {
    case 'turn':
      return shortened(turns.find((turn) => turn.id === id)?.text ?? '', mostShown)
    case 'call':
      return tools.find((tool) => tool.call === id)?.name ?? id
    case 'summary':
      return shortened(summary?.text ?? '', mostShown)
  }
}
