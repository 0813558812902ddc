// POST /responses/compact: a chain in, the person's messages and one sealed item out, to be given whole to the next
// chain. Nothing is remembered of it.
import { createId } from '../realtime/ids.ts'
import { condense, keptChars, sealMemos } from './compact.ts'
import { isRefusal } from './input.ts'
import type { ResponsesParts } from './parts.ts'
import { planTurn } from './plan.ts'
import { refuse, type Refusal } from './refusals.ts'
import { readRequest } from './request.ts'
import type { Compaction, GivenMessage, Item, WireUsage } from './wire.ts'
import { usageOf } from './writer.ts'

export interface CompactedResponse {
  id: string
  object: 'response.compaction'
  created_at: number
  output: (GivenMessage | Compaction)[]
  usage: WireUsage
}

/** Of the fields of a request, those that this one has. */
const known = new Set([
  'model',
  'input',
  'previous_response_id',
  'instructions',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'service_tier',
  'image',
])
const mostKeptTokens = 16_000

export function compactChain(
  body: object,
  parts: Pick<ResponsesParts, 'clock' | 'contexts' | 'model' | 'seal' | 'stored'>,
): CompactedResponse | Refusal {
  const unknown = Object.keys(body).find((name) => !known.has(name))
  if (unknown !== undefined) return refuse.unknown(unknown)
  const asked = readRequest(body, parts.model)
  if (isRefusal(asked)) return asked
  const parent = asked.previous === null ? null : (parts.stored.get(asked.previous)?.kept ?? null)
  const plan = planTurn(asked, { previous: () => parent }, parts.contexts)
  if (isRefusal(plan)) return plan
  const memos = condense(plan.memos, keptChars(Math.min(plan.inputTokens, mostKeptTokens)))
  const sealed = sealMemos(memos, parts.seal)
  const given = [...(parent?.items ?? []), ...plan.input].filter(isOfPerson)
  const compaction = { id: createId('cmp'), type: 'compaction', encrypted_content: sealed } as const
  return {
    id: createId('resp'),
    object: 'response.compaction',
    created_at: Math.floor(parts.clock.nowMs() / 1_000),
    output: [...given, compaction],
    usage: usageOf(plan, parts.contexts.tokensOf(compaction)),
  }
}

const isOfPerson = (item: Item): item is GivenMessage => item.type === 'message' && item.role === 'user'
