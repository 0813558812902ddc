// A request joined with the chain that it continues: whether it can be answered, and from what. Decides only; the lookups
// tell what is remembered.
import type { Memo } from '../ports.ts'
import { countTextTokens } from '../realtime/tokens.ts'
import { effective, type Contexts } from './context.ts'
import type { Given } from './input.ts'
import type { Kept } from './memory.ts'
import { refuse, type Refusal } from './refusals.ts'
import type { CreateRequest } from './request.ts'
import type { Item } from './wire.ts'

export interface TurnPlan {
  request: CreateRequest
  /** What the request itself gave. */
  input: readonly Item[]
  /** The whole chain that the answer is made from, from its newest compaction on. */
  items: readonly Item[]
  memos: readonly Memo[]
  inputTokens: number
  /** A part of the input tokens: what was remembered and need not be read again. */
  cachedTokens: number
  /** `only` makes a compaction and nothing else. */
  compaction: 'none' | 'first' | 'only'
}

export interface Remembered {
  previous(id: string): Kept | null
}

export const contextTokens = 128_000

export function planTurn(request: CreateRequest, remembered: Remembered, contexts: Contexts): TurnPlan | Refusal {
  const parent = request.previous === null ? null : remembered.previous(request.previous)
  if (request.previous !== null && parent === null) return refuse.previous(request.previous)
  const resolved = resolve(request.input, parent?.items ?? [])
  if (!Array.isArray(resolved)) return resolved
  const instructionTokens = countTextTokens(request.instructions ?? '') + countTextTokens(toolWords(request))
  const chain = fitted(request, [...(parent?.items ?? []), ...resolved], contexts, contextTokens - instructionTokens)
  if (!Array.isArray(chain)) return chain
  const memos: Memo[] = []
  for (const item of chain) {
    const told = contexts.memosOf(item)
    if (told === null) return refuse.sealed('input')
    memos.push(...told)
  }
  const unfit = unfitCalls(memos)
  if (unfit) return unfit
  const tokensIn = (items: readonly Item[]): number => items.reduce((sum, item) => sum + contexts.tokensOf(item), 0)
  const remember = new Set(parent?.items)
  const inputTokens = instructionTokens + tokensIn(chain)
  const triggered = request.input.at(-1)?.type === 'compaction_trigger'
  const over = request.compactFrom !== null && inputTokens > request.compactFrom
  return {
    request,
    input: resolved,
    items: chain,
    memos,
    inputTokens,
    cachedTokens: tokensIn(chain.filter((item) => remember.has(item))),
    compaction: triggered ? 'only' : over && request.generate ? 'first' : 'none',
  }
}

/** References become the items that they name. */
function resolve(given: readonly Given[], known: readonly Item[]): Item[] | Refusal {
  const items: Item[] = []
  for (const one of given) {
    if (one.type === 'compaction_trigger') continue
    if (one.type !== 'item_reference') items.push(one)
    else {
      const found = [...known, ...items].find(({ id }) => id === one.id)
      if (found === undefined) return refuse.reference(one.id)
      // Within its own chain a reference repeats nothing.
      if (!known.includes(found)) items.push(found)
    }
  }
  return items
}

/** From the newest compaction on; with `truncation: auto` the oldest items go until the rest fits. */
function fitted(
  request: CreateRequest,
  all: readonly Item[],
  contexts: Contexts,
  mostTokens: number,
): (readonly Item[] & unknown[]) | Refusal {
  const items = [...effective(all)]
  let tokens = items.reduce((sum, item) => sum + contexts.tokensOf(item), 0)
  if (tokens > mostTokens && request.truncation === 'disabled') return refuse.tooLong(contextTokens)
  while (tokens > mostTokens && items.length > 1) {
    const gone = items.shift()
    if (gone === undefined) break
    tokens -= contexts.tokensOf(gone)
    // The result of a call that went with it would answer nothing.
    if (gone.type !== 'function_call') continue
    const orphan = items.findIndex((item) => item.type === 'function_call_output' && item.call_id === gone.call_id)
    const [result] = orphan === -1 ? [] : items.splice(orphan, 1)
    if (result !== undefined) tokens -= contexts.tokensOf(result)
  }
  return tokens > mostTokens ? refuse.tooLong(contextTokens) : items
}

/** Every call needs its output before the model may go on, and every output its call. */
function unfitCalls(memos: readonly Memo[]): Refusal | null {
  const open = new Set<string>()
  const known = new Set<string>()
  for (const memo of memos) {
    if (memo.type === 'call') {
      known.add(memo.callId)
      open.add(memo.callId)
    } else if (memo.type === 'result') {
      if (!known.has(memo.callId)) return refuse.unasked(memo.callId)
      open.delete(memo.callId)
    }
  }
  const [first] = open
  return first === undefined ? null : refuse.unanswered(first)
}

const toolWords = ({ tools }: CreateRequest): string => (tools.length === 0 ? '' : JSON.stringify(tools))
