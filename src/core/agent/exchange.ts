// One request on a socket, from `response.create` to its one end, and which of several in flight an event is for: by lane
// and by response id, never by arrival. What the end means for the chain is decided in failure.ts.
import type { Item } from './item.ts'
import { withItems, type AgentEvent, type EndedResponse, type Fault, type TurnUsage } from './wire-events.ts'

export interface Exchange {
  /** Its `stream_id`; null on the socket's unnamed lane. */
  lane: string | null
  /** The named lane is a question to the server, which may not know lanes: then it answers without the name. */
  isTrial: boolean
  /** Null until the server has named it. */
  response: string | null
  /** Of its answer, as they came whole. */
  items: readonly Item[]
}

export type TurnEnd =
  | { type: 'answered'; response: EndedResponse }
  /** The server said no, or broke off. Nothing of it counts but what it cost, where the server says that. */
  | { type: 'refused'; fault: Fault; usage?: TurnUsage }
  /** `unknown`: it was written, and whether the server worked on it can't be known. */
  | { type: 'lost'; outcome: 'unknown' | 'not-sent'; cause: string }
  /** The socket's hour is over. */
  | { type: 'expired'; outcome: 'unknown' | 'not-run' }
  | { type: 'abandoned' }

export type Matched =
  | { type: 'begun'; exchange: Exchange; response: string; lane: string | null }
  | { type: 'grown'; exchange: Exchange; items: readonly Item[] }
  | { type: 'over'; exchange: Exchange; end: TurnEnd }
  /** The socket's hour is over, for all in flight. */
  | { type: 'expired' }
  /** An error that can't be laid at any one's door: all in flight are doubtful. */
  | { type: 'doubtful'; fault: Fault }
  /** Nobody's: a tail of what was given up, or noise. */
  | { type: 'stray' }

/** Of one answer; far more than any has. */
export const mostItems = 1_024

/** @param open those in flight on this socket, at most one a lane */
export function matchEvent(open: readonly Exchange[], event: AgentEvent): Matched {
  switch (event.type) {
    case 'created': {
      const exchange = open.find((one) => one.response === null && isOn(one, event.lane))
      if (!exchange) return { type: 'stray' }
      return { type: 'begun', exchange, response: event.response, lane: event.lane }
    }
    case 'item': {
      const exchange = open.find((one) => one.response !== null && isOn(one, event.lane))
      if (!exchange || exchange.items.length >= mostItems) return { type: 'stray' }
      return { type: 'grown', exchange, items: [...exchange.items, event.item] }
    }
    case 'ended': {
      const { response } = event
      const exchange = open.find((one) => one.response === response.id && isOn(one, event.lane))
      if (!exchange) return { type: 'stray' }
      return { type: 'over', exchange, end: endOf(withItems(response, exchange.items)) }
    }
    case 'error':
      return matchError(open, event)
  }
}

function matchError(open: readonly Exchange[], { lane, fault }: Extract<AgentEvent, { type: 'error' }>): Matched {
  if (fault.code === 'websocket_connection_limit_reached') return { type: 'expired' }
  const exchange = open.find((one) => one.lane === lane) ?? (open.length === 1 && lane === null ? open[0] : undefined)
  if (exchange) return { type: 'over', exchange, end: { type: 'refused', fault } }
  return lane === null && open.length > 0 ? { type: 'doubtful', fault } : { type: 'stray' }
}

function isOn(exchange: Exchange, lane: string | null): boolean {
  return exchange.lane === lane || (exchange.isTrial && lane === null)
}

export function endOf(response: EndedResponse): TurnEnd {
  if (response.status !== 'failed') return { type: 'answered', response }
  const fault = response.fault ?? { status: null, code: '', param: '', message: response.reason, retryAfterMs: null }
  return { type: 'refused', fault, usage: response.usage }
}
