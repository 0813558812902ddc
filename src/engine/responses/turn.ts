// One response from its first event to its last: a plan in, the mind's thoughts out as events, ended exactly once by
// completion, its token limit or a failure. An aborted one ends without another word.
import { pause } from '../pause.ts'
import type { EngineClock, Memo, Mind, Thought } from '../ports.ts'
import { countTextTokens } from '../realtime/tokens.ts'
import { condense, keptChars, sealMemos } from './compact.ts'
import type { Kept } from './memory.ts'
import type { TurnPlan } from './plan.ts'
import type { Seal } from './seal.ts'
import type { Item, Outgoing, WireResponse } from './wire.ts'
import { createResponseWriter, type Outcome, type ResponseWriter } from './writer.ts'

export interface TurnParts {
  clock: EngineClock
  mind: Mind
  seal: Seal
  /** Names the connection to the mind. */
  session: string
  /** How long a thinking server would have taken; for measures only. */
  serverTimeMs: number
  send(event: Outgoing): void
  /** Resolves when the client has taken most of what was sent. */
  clear(): Promise<void>
  signal: AbortSignal
}

export type TurnEnd =
  | { type: 'answered'; response: WireResponse; kept: Kept }
  | { type: 'failed'; response: WireResponse }
  | { type: 'abandoned' }

export async function runTurn(plan: TurnPlan, parts: TurnParts): Promise<TurnEnd> {
  const { signal } = parts
  const writer = createResponseWriter({ plan, clock: parts.clock, send: parts.send })
  writer.begin()
  // Read anew each time: it changes while something is awaited.
  const aborted = (): boolean => signal.aborted
  let outcome: Outcome = { status: 'completed' }
  try {
    if (parts.serverTimeMs > 0) await pause(parts.clock, parts.serverTimeMs, signal)
    const memos = plan.compaction === 'none' ? plan.memos : compact(plan, parts.seal, writer)
    if (plan.request.generate && plan.compaction !== 'only' && !aborted())
      outcome = await answer({ ...plan, memos }, parts, writer)
  } catch (failure) {
    outcome = { status: 'failed', message: failure instanceof Error ? failure.message : 'The response failed.' }
  }
  if (aborted()) return { type: 'abandoned' }
  writer.close(outcome.status === 'completed' ? 'completed' : 'incomplete')
  const response = writer.end(outcome)
  if (outcome.status === 'failed') return { type: 'failed', response }
  const items: readonly Item[] = plan.compaction === 'none' ? [...plan.items, ...writer.output] : [...writer.output]
  return { type: 'answered', response, kept: { id: writer.id, items } }
}

/** @returns what the answer is made from now */
function compact(plan: TurnPlan, seal: Seal, writer: ResponseWriter): readonly Memo[] {
  const kept = condense(plan.memos, keptChars(plan.request.compactFrom ?? plan.inputTokens))
  writer.compaction(sealMemos(kept, seal))
  return kept
}

async function answer(plan: TurnPlan, parts: TurnParts, writer: ResponseWriter): Promise<Outcome> {
  const { request } = plan
  const thoughts = parts.mind.work({
    session: parts.session,
    memos: plan.memos,
    instructions: request.instructions ?? '',
    tools: request.tools.map((tool) => ({
      name: tool.name,
      description: tool.description ?? '',
      parameters: tool.parameters ?? {},
    })),
    toolChoice: typeof request.toolChoice === 'string' ? request.toolChoice : { name: request.toolChoice.name },
    signal: parts.signal,
  })
  let spentTokens = 0
  const spend = (text: string): boolean =>
    request.maxOutputTokens === null || (spentTokens += countTextTokens(text)) <= request.maxOutputTokens
  for await (const thought of thoughts) {
    await parts.clear()
    if (parts.signal.aborted) break
    if (!take(thought, writer, spend)) return { status: 'incomplete', reason: 'max_output_tokens' }
    if (thought.type === 'call' && !request.parallelCalls) break
  }
  return { status: 'completed' }
}

/** @returns false when no tokens are left for it */
function take(thought: Thought, writer: ResponseWriter, spend: (text: string) => boolean): boolean {
  if (thought.type === 'call') {
    if (!spend(`${thought.name} ${thought.arguments}`)) return false
    writer.close('completed')
    writer.call(thought.name, thought.arguments)
    return true
  }
  if (thought.type === 'refusal') {
    writer.close('completed')
    writer.refuse(thought.text)
    return spend(thought.text)
  }
  for (const word of thought.text.match(/\s*\S+\s*$|\s*\S+|\s+$/g) ?? []) {
    if (!spend(word)) return false
    writer.words(word)
  }
  return true
}
