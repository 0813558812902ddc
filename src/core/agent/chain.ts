// A chain of responses as Parley keeps it. The server holds only the newest state, in one connection's memory, and may lose it
// at any moment; this holds everything, so that the chain can be told anew. Values: an older one is a checkpoint.
import { functionCalls, notice, type FunctionCall, type Item } from './item.ts'
import type { EndedResponse } from './wire-events.ts'

export interface Chain {
  /** Everything that was answered, oldest first, or what compaction made of it. */
  base: readonly Item[]
  /** Where the items of the newest response begin in `base`. */
  newestAt: number
  /** Given and not answered yet. */
  fresh: readonly Item[]
  /** The newest response, where it is held; null when it counts as evicted. */
  parent: { response: string; place: string } | null
  /** What the newest response took in, as the server counted it. */
  inputTokens: number
  /** Answered turns. */
  turns: number
}

export const emptyChain: Chain = { base: [], newestAt: 0, fresh: [], parent: null, inputTokens: 0, turns: 0 }

export interface TurnPlan {
  /** The response to go on from; null: `input` is all there is to know. */
  previous: string | null
  input: readonly Item[]
}

/** @param place the connection and lane that the turn will be sent on, null where no state is ever held (HTTP) */
export function planTurn(chain: Chain, place: string | null): TurnPlan {
  if (chain.parent !== null && chain.parent.place === place)
    return { previous: chain.parent.response, input: chain.fresh }
  return { previous: null, input: [...replayable(chain.base), ...chain.fresh] }
}

export function give(chain: Chain, items: readonly Item[]): Chain {
  return { ...chain, fresh: [...chain.fresh, ...items] }
}

export function answer(
  chain: Chain,
  response: Pick<EndedResponse, 'id' | 'output'> & { inputTokens: number },
  place: string | null,
): Chain {
  const before = [...chain.base, ...chain.fresh]
  // The server compacted by itself: what stands before its newest compaction is inside it.
  const compactedAt = response.output.findLastIndex(({ type }) => type === 'compaction')
  const base = compactedAt === -1 ? [...before, ...response.output] : response.output.slice(compactedAt)
  return {
    base,
    newestAt: compactedAt === -1 ? before.length : 0,
    fresh: [],
    parent: place === null ? null : { response: response.id, place },
    inputTokens: response.inputTokens,
    turns: chain.turns + 1,
  }
}

/** After any failure the parent counts as evicted. */
export function evict(chain: Chain): Chain {
  return { ...chain, parent: null }
}

/** A warmed connection knows instructions and tools already. */
export function adoptWarm(chain: Chain, parent: NonNullable<Chain['parent']>): Chain {
  return chain.base.length === 0 && chain.parent === null ? { ...chain, parent } : chain
}

export type CompactionCause = 'budget' | 'moved'

/**
 * Whether the chain is to be compacted before its next turn: it comes near its budget, or all of it must be sent anyway since
 * its connection was handed over.
 * @param managed the server compacts by itself; Parley then waits longer before it does
 */
export function compactionDue(
  chain: Chain,
  place: string | null,
  atTokens: number,
  managed: boolean,
): CompactionCause | null {
  if (compactable(chain).length === 0) return null
  if (chain.inputTokens >= atTokens * (managed ? 1.5 : 1)) return 'budget'
  const isMoved = chain.parent !== null && chain.parent.place !== place
  return isMoved && chain.inputTokens >= atTokens / 4 ? 'moved' : null
}

/** What a compaction replaces: everything before the newest response, whose calls are still to be answered. */
export function compactable(chain: Chain): readonly Item[] {
  return replayable(chain.base.slice(0, chain.newestAt))
}

/** @param items the compaction's output, as it is */
export function compacted(chain: Chain, items: readonly Item[]): Chain {
  const base = [...items, ...chain.base.slice(chain.newestAt)]
  return { ...chain, base, newestAt: items.length, parent: null, inputTokens: 0 }
}

/**
 * The calls of the newest response that wait for an output, each id once. Only of the newest: a server that gives an id twice
 * in a chain must get its output twice.
 */
export function openCalls(chain: Chain): FunctionCall[] {
  const answered = new Set(chain.fresh.map((item) => item['call_id']))
  const calls = functionCalls(chain.base.slice(chain.newestAt)).filter(({ callId }) => !answered.has(callId))
  return [...new Map(calls.map((call) => [call.callId, call])).values()]
}

/** Back to the last answer. */
export function undo(chain: Chain): Chain {
  return { ...evict(chain), fresh: [] }
}

/**
 * What was answered, as it may be told anew. A stored id means nothing where nothing is stored, and a reasoning item
 * without its encrypted content is only such an id.
 */
function replayable(items: readonly Item[]): Item[] {
  return items
    .filter((item) => item.type !== 'reasoning' || typeof item['encrypted_content'] === 'string')
    .map((item) => (item.type === 'message' || item.type === 'function_call' ? withoutId(item) : item))
}

function withoutId({ id: _id, ...item }: Item): Item {
  return item
}

export const unknownOutcome = notice(
  'The connection was lost after the last request was sent, so it may have been worked on already. Calls that have an output above were run; do not run them again.',
)
