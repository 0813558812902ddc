// What one session holds: the items that it was given or made itself, as the service acknowledged them, and what of that is still
// under way. Followed from the events themselves, so that it tells what is there, not what was meant. Pure; what it should hold
// is reconcile.ts.
import { readAddress, tokensOf } from '../pictures/picture.ts'
import type { WireItem } from '../realtime/events.ts'
import type { HeardEvent, HeardItem } from '../realtime/wire-events.ts'
import { moved, mostItems, place } from './held-order.ts'
import { fingerprint, type Acknowledged } from './verify.ts'

export type HeldKind = 'note' | 'person' | 'voice' | 'call' | 'result'

export interface SessionItem {
  id: string
  /** What of the record it stands for, whatever its id: `turn:…`, `call:…`, `result:…`, `note`. */
  key: string
  kind: HeldKind
  /** Of a call and its result. */
  call: string | null
  from: 'restored' | 'live'
  state: 'creating' | 'growing' | 'held' | 'deleting'
  /** Null while it is still growing. */
  acknowledgedMs: number | null
  text: string
  /** What it was given as; null for what the session made itself. */
  given: WireItem | null
  /** Where the service was asked to put it: at the end of what it has by then, or in its place. */
  place: 'end' | 'first' | 'behind'
  /** A call that nobody asked for was given as it came; given again it has its place like any other. */
  came: boolean
  /** Of what the session spoke: where it was told to cut it, until it refuses that. */
  truncatedMs: number | null
  /** What its pictures count as; absent for none. */
  pictureTokens?: number
}

export interface Held {
  items: readonly SessionItem[]
  /** In the order of arrival, while the session is being given its first items. */
  acknowledged: readonly Acknowledged[]
  /** Ids of items that are gone, newest last: what still comes of one says nothing. */
  gone: readonly string[]
  /** Items that the service did not take, with its words. */
  refused: readonly RefusedItem[]
  /** An acknowledgement that does not say what was given. */
  different: { item: string; why: string } | null
}

export interface RefusedItem {
  item: string
  key: string
  reason: string
  /** It showed pictures, and this server takes none; or something was wrong with these. */
  picture?: 'untaken' | 'refused'
}

export const nothingHeld: Held = { items: [], acknowledged: [], gone: [], refused: [], different: null }

const mostGone = 256

export const turnKey = (turn: string): string => `turn:${turn}`
export const callKey = (call: string): string => `call:${call}`
export const resultKey = (call: string): string => `result:${call}`
export const noteKey = 'note'
export const keysOfCall = (call: string): string[] => [callKey(call), resultKey(call)]

/** @returns the turn that a key stands for, null for any other key */
export function turnOf(key: string): string | null {
  const prefix = turnKey('')
  return key.startsWith(prefix) ? key.slice(prefix.length) : null
}

/** An item is being given to the session, behind `previous`; null: in front of everything that is known. */
export function giving(
  held: Held,
  key: string,
  item: WireItem,
  previous: string | null,
  from: SessionItem['from'] = 'restored',
  came = false,
): Held {
  const facts = factsOf(item)
  const id = item.id ?? ''
  const fresh: SessionItem = {
    ...facts,
    id,
    key,
    from,
    state: 'creating',
    acknowledgedMs: null,
    given: item,
    place: 'end',
    came,
    truncatedMs: null,
    ...picturesOf(item),
  }
  const at = previous === null ? 0 : held.items.findIndex((one) => one.id === previous) + 1
  return { ...held, items: held.items.toSpliced(at, 0, fresh).slice(-mostItems) }
}

/** The item shows pictures, whose bytes are not in it yet. */
export function hasPictures(item: WireItem | null): boolean {
  return item?.type === 'message' && item.content.some(({ type }) => type === 'input_image')
}

function picturesOf(item: WireItem): { pictureTokens?: number } {
  if (item.type !== 'message' || item.role !== 'user') return {}
  const shown = item.content.map((part) => readAddress(part.image_url)).filter((address) => address !== null)
  return shown.length === 0 ? {} : { pictureTokens: tokensOf(shown) }
}

/** The service was asked to put it in its place, whatever it adds meanwhile: behind something, or in front of everything. */
export function givingInPlace(held: Held, id: string, place: 'first' | 'behind'): Held {
  return { ...held, items: held.items.map((item) => (item.id === id ? { ...item, place } : item)) }
}

export function deleting(held: Held, id: string): Held {
  return { ...held, items: held.items.map((item) => (item.id === id ? { ...item, state: 'deleting' } : item)) }
}

/** The session was told to cut what it spoke; `null`: it refused that. */
export function truncating(held: Held, id: string, atMs: number | null): Held {
  return { ...held, items: held.items.map((item) => (item.id === id ? { ...item, truncatedMs: atMs } : item)) }
}

export function followHeld(held: Held, event: HeardEvent, nowMs: number): Held {
  switch (event.type) {
    case 'conversation.item.added':
    case 'conversation.item.done': {
      const { type, item, previous_item_id: previous = null } = event
      const isWhole = type === 'conversation.item.done' || isGiven(held, item.id)
      return put(named(held, previous, nowMs), item, previous, isWhole ? nowMs : null)
    }
    case 'input_audio_buffer.committed': {
      // An item by then, should nothing else tell of it.
      const { item_id: id, previous_item_id: previous = null } = event
      const isKnown = held.gone.includes(id) || held.items.some((item) => item.id === id)
      return isKnown ? held : put(held, { id, type: 'message', role: 'user' }, previous, nowMs)
    }
    case 'response.output_item.done': {
      // Should nothing else have told of it until then: it went to the end of the conversation.
      const { item } = event
      const at = held.items.findLastIndex(({ id }) => id === item.id)
      if (at !== -1 && held.items[at]?.state !== 'growing') return held
      return put(held, item, held.items.at(at === -1 ? -1 : at - 1)?.id ?? null, nowMs)
    }
    case 'conversation.item.deleted':
      return {
        ...held,
        items: held.items.filter(({ id }) => id !== event.item_id),
        gone: [...held.gone, event.item_id].slice(-mostGone),
      }
    default:
      return held
  }
}

/** The service did not take an item. */
export function refuseItem(held: Held, id: string, reason: string): Held {
  const item = held.items.find((one) => one.id === id)
  if (item?.state !== 'creating') return held
  return {
    ...held,
    items: held.items.filter((one) => one !== item),
    refused: [...held.refused, { item: id, key: item.key, reason }],
  }
}

/** Items that were given and have no answer yet, in their order. */
export function underWay({ items }: Held): SessionItem[] {
  return items.filter(({ state }) => state === 'creating' || state === 'deleting')
}

/** From here on nobody compares any more what is acknowledged. */
export function proven(held: Held): Held {
  return { ...held, acknowledged: [], different: null }
}

/** What stands in front of something is there, should it never have been acknowledged by itself. */
function named(held: Held, id: string | null, nowMs: number): Held {
  const at = held.items.findLastIndex((item) => item.id === id)
  const item = held.items[at]
  if (item?.state !== 'creating' || item.from !== 'live') return held
  return { ...held, items: held.items.with(at, { ...item, state: 'held', acknowledgedMs: nowMs }) }
}

/** What we give is whole from the beginning: that it was added says all. */
function isGiven({ items }: Held, id: string): boolean {
  return (items.findLast((item) => item.id === id)?.given ?? null) !== null
}

function put(held: Held, item: HeardItem, previous: string | null, doneMs: number | null): Held {
  const at = held.items.findLastIndex(({ id }) => id === item.id)
  const known = held.items[at]
  if (!known && held.gone.includes(item.id)) return held
  if (!known) return { ...held, items: place(held.items, fresh(item, doneMs), previous) }
  const { text } = factsOf(item)
  const isOurs = known.given !== null
  const state = known.state === 'deleting' ? 'deleting' : doneMs === null ? (isOurs ? known.state : 'growing') : 'held'
  const next: SessionItem = {
    ...known,
    state,
    acknowledgedMs: doneMs ?? known.acknowledgedMs,
    text: text === '' ? known.text : text,
  }
  const items = moved(held.items.with(at, next), at, previous, isOurs && known.state === 'creating')
  if (!isOurs || doneMs === null || known.state !== 'creating') return { ...held, items }
  return {
    ...held,
    items,
    acknowledged: [...held.acknowledged, { item, previous }],
    different: held.different ?? difference(held, known, item, previous),
  }
}

/** What is acknowledged must be what was given, in its place among what is acknowledged already. */
function difference(held: Held, known: SessionItem, item: HeardItem, previous: string | null): Held['different'] {
  if (known.given !== null && fingerprint(item) !== fingerprint(known.given))
    return { item: known.id, why: 'other words' }
  const at = held.items.indexOf(known)
  const before = held.items.slice(0, at).findLast(({ state }) => state !== 'creating')?.id ?? null
  // A server may leave the predecessor out; one that is gone by now says nothing.
  const isKnown = held.items.some(({ id }) => id === previous)
  if (previous === null || !isKnown || previous === before) return null
  return { item: known.id, why: `stands behind ${previous}` }
}

function fresh(item: HeardItem, doneMs: number | null): SessionItem {
  const state = doneMs === null ? 'growing' : 'held'
  return {
    ...factsOf(item),
    id: item.id,
    key: keyOf(item),
    from: 'live',
    state,
    acknowledgedMs: doneMs,
    given: null,
    place: 'end',
    came: false,
    truncatedMs: null,
  }
}

export function keyOf(item: HeardItem): string {
  switch (item.type) {
    case 'function_call':
      return callKey(item.call_id ?? item.id)
    case 'function_call_output':
      return resultKey(item.call_id ?? item.id)
    default:
      return turnKey(item.id)
  }
}

function factsOf(item: WireItem | HeardItem): Pick<SessionItem, 'kind' | 'call' | 'text'> {
  const { role, content, name, call_id, output } = item as HeardItem
  const call = call_id ?? null
  switch (item.type) {
    case 'function_call':
      return { call, kind: 'call', text: `${name ?? ''}(${(item as HeardItem).arguments ?? ''})` }
    case 'function_call_output':
      return { call, kind: 'result', text: output ?? '' }
    default: {
      const text = (content ?? []).map((part) => part.text ?? part.transcript ?? '').join('')
      return { call, kind: role === 'user' ? 'person' : role === 'assistant' ? 'voice' : 'note', text }
    }
  }
}
