// The events of a Responses socket (and of the HTTP stream, which has the same) that Parley acts on. The final item list comes
// with a response's end, on some servers one by one before it alone; deltas are only signs of life.
import { readRetryAfter } from '../connection/retry-after.ts'
import type { ReadEvent } from '../wire-frame.ts'
import { countOf, fieldsOf, idOf, listOf, numberOf, textOf, type Fields, type Reading } from '../wire-values.ts'
import { readItem, searchesIn, type Item } from './item.ts'

export type ResponseStatus = 'completed' | 'incomplete' | 'failed'

export interface EndedResponse {
  id: string
  status: ResponseStatus
  output: readonly Item[]
  usage: TurnUsage
  /** Why it is incomplete or failed. */
  reason: string
  fault: Fault | null
}

/** Tokens. The cached ones and those put into the cache are parts of the input. */
export interface TurnUsage {
  inputTokens: number
  cachedTokens: number
  cacheWriteTokens: number
  outputTokens: number
  /** Searches that the service itself made. */
  searches: number
}

/** What a server says when it does not do what it was asked. */
export interface Fault {
  /** Of HTTP; null where none was told. */
  status: number | null
  code: string
  param: string
  message: string
  retryAfterMs: number | null
}

/** `lane` is the event's `stream_id`, null on a socket's unnamed lane. */
export type AgentEvent =
  | { type: 'created'; lane: string | null; response: string }
  /** One of the response in flight on that lane is whole. */
  | { type: 'item'; lane: string | null; item: Item }
  | { type: 'ended'; lane: string | null; response: EndedResponse }
  | { type: 'error'; lane: string | null; fault: Fault }

const longestId = 512
const longestLane = 256
const longestMessage = 500

type Type =
  | 'response.created'
  | 'response.output_item.done'
  | 'response.completed'
  | 'response.incomplete'
  | 'response.failed'
  | 'error'

const readers: Record<Type, ReadEvent<AgentEvent>> = {
  'response.created': ({ stream_id, response }, reading) => {
    const id = idOf(fieldsOf(response)?.['id'], longestId, reading)
    return id === null ? 'response.id' : { type: 'created', lane: laneOf(stream_id, reading), response: id }
  },
  'response.output_item.done': ({ stream_id, item }, reading) => {
    const known = readItem(item)
    return known === null ? 'item.type' : { type: 'item', lane: laneOf(stream_id, reading), item: known }
  },
  'response.completed': (fields, reading) => ended(fields, 'completed', reading),
  'response.incomplete': (fields, reading) => ended(fields, 'incomplete', reading),
  'response.failed': (fields, reading) => ended(fields, 'failed', reading),
  /** Two shapes are in use: `error` inside, or its fields beside the type. */
  error: ({ stream_id, status, error, ...beside }, reading) => {
    const told = fieldsOf(error) ?? { ...beside, message: error ?? beside['message'] }
    const retryAfterMs = readRetryAfter(fieldsOf(told['headers']) ?? {}, null)
    const fault = { ...faultOf(told, reading), status: wholeOf(status), retryAfterMs }
    return { type: 'error', lane: laneOf(stream_id, reading), fault }
  },
}

export const agentEventReaders: ReadonlyMap<string, ReadEvent<AgentEvent>> = new Map(Object.entries(readers))

/** Lanes are named by us: another name is none of ours. */
function laneOf(value: unknown, reading: Reading): string | null {
  return idOf(value, longestLane, reading)
}

function wholeOf(value: unknown): number | null {
  const number = numberOf(value)
  return number !== undefined && Number.isSafeInteger(number) ? number : null
}

/** The response of an HTTP answer or of a stream's last event. */
function ended({ stream_id, response }: Fields, status: ResponseStatus, reading: Reading): AgentEvent | string {
  const told = fieldsOf(response)
  const id = idOf(told?.['id'], longestId, reading)
  if (told === null || id === null) return 'response.id'
  const fault = fieldsOf(told['error'])
  const message = fault === null ? undefined : textOf(fault['message'], reading)
  const reason = message ?? textOf(fieldsOf(told['incomplete_details'])?.['reason'], reading) ?? ''
  const output = listOf(told['output'], 'an item without a kind', reading, (one) => readItem(one)) ?? []
  return {
    type: 'ended',
    lane: laneOf(stream_id, reading),
    response: {
      id,
      status,
      output,
      usage: { ...usageOf(told['usage']), searches: searchesIn(output) },
      reason: reason.slice(0, longestMessage),
      fault: fault === null ? null : { ...faultOf(fault, reading), status: null, retryAfterMs: null },
    },
  }
}

/** @param items that were told whole before the end, for a server whose end names none */
export function withItems(response: EndedResponse, items: readonly Item[]): EndedResponse {
  if (response.output.length > 0 || items.length === 0) return response
  return { ...response, output: items, usage: { ...response.usage, searches: searchesIn(items) } }
}

/** Of the Responses' usage, also where a conversation is compacted; without searches. */
export function usageOf(value: unknown): TurnUsage {
  const usage = fieldsOf(value)
  const details = fieldsOf(usage?.['input_tokens_details'])
  return {
    inputTokens: countOf(usage?.['input_tokens']),
    cachedTokens: countOf(details?.['cached_tokens']),
    cacheWriteTokens: countOf(details?.['cache_write_tokens']),
    outputTokens: countOf(usage?.['output_tokens']),
    searches: 0,
  }
}

function faultOf(told: Fields, reading: Reading): Pick<Fault, 'code' | 'param' | 'message'> {
  return {
    code: textOf(told['code'], reading) ?? '',
    param: textOf(told['param'], reading) ?? '',
    message: (textOf(told['message'], reading) ?? '').slice(0, longestMessage),
  }
}

/** What a refused HTTP request means. @param body the answer's text, JSON or not */
export function httpFault(status: number, body: string, retryAfterMs: number | null): Fault {
  let told: unknown = null
  try {
    told = JSON.parse(body)
  } catch {
    // A gateway's page in HTML says nothing that a person could use.
  }
  const fault = fieldsOf(fieldsOf(told)?.['error']) ?? {}
  return { ...faultOf(fault, { isClean: false, causes: [], renamed: [] }), status, retryAfterMs }
}
