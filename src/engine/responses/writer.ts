// The events of one response in the service's order, each with its number. It knows nothing of where the words come from.
import type { EngineClock } from '../ports.ts'
import { createId } from '../realtime/ids.ts'
import { countTextTokens } from '../realtime/tokens.ts'
import type { TurnPlan } from './plan.ts'
import type {
  AssistantMessage,
  FunctionCall,
  Outgoing,
  OutputItem,
  OutputText,
  WireResponse,
  WireUsage,
} from './wire.ts'

export type Outcome =
  | { status: 'completed' }
  | { status: 'incomplete'; reason: 'max_output_tokens' }
  | { status: 'failed'; message: string }

export interface ResponseWriter {
  readonly id: string
  readonly output: readonly OutputItem[]
  /** The two events that every response begins with. */
  begin(): void
  /** A piece of the open message, which is opened when there is none. */
  words(delta: string): void
  /** Closes the open message, if any. */
  close(status: 'completed' | 'incomplete'): void
  /** A message of its own that says what was not done. */
  refuse(text: string): void
  call(name: string, args: string): FunctionCall
  compaction(encrypted: string): void
  /** The one terminal event; also says what the response is then. */
  end(outcome: Outcome): WireResponse
}

const argumentsPerDelta = 64

export function createResponseWriter(opts: {
  plan: TurnPlan
  clock: EngineClock
  send: (event: Outgoing) => void
}): ResponseWriter {
  const { plan, clock, send } = opts
  const id = createId('resp')
  const createdMs = clock.nowMs()
  const output: OutputItem[] = []
  let open: { item: AssistantMessage; index: number; text: string } | null = null
  let writtenTokens = 0

  function response(status: WireResponse['status'], outcome: Outcome | null): WireResponse {
    const error = outcome?.status === 'failed' ? ({ code: 'server_error', message: outcome.message } as const) : null
    return {
      ...echoOf(plan),
      id,
      created_at: seconds(createdMs),
      completed_at: status === 'completed' ? seconds(clock.nowMs()) : null,
      status,
      error,
      incomplete_details: outcome?.status === 'incomplete' ? { reason: outcome.reason } : null,
      output: [...output],
      usage: outcome === null || outcome.status === 'failed' ? null : usageOf(plan, writtenTokens),
    }
  }

  function add(item: OutputItem): number {
    const index = output.push(item) - 1
    send({ type: 'response.output_item.added', output_index: index, item })
    return index
  }

  function finish(item: OutputItem, index: number): void {
    output[index] = item
    send({ type: 'response.output_item.done', output_index: index, item })
  }

  const newMessage = (): AssistantMessage => ({
    id: createId('msg'),
    type: 'message',
    role: 'assistant',
    status: 'in_progress',
    content: [],
  })

  function opened(): NonNullable<typeof open> {
    if (open) return open
    const item = newMessage()
    open = { item, index: add(item), text: '' }
    const about = { item_id: item.id, output_index: open.index, content_index: 0 }
    send({ type: 'response.content_part.added', ...about, part: textPart('') })
    return open
  }

  return {
    id,
    output,
    begin() {
      send({ type: 'response.created', response: response('in_progress', null) })
      send({ type: 'response.in_progress', response: response('in_progress', null) })
    },
    words(delta) {
      const at = opened()
      at.text += delta
      const about = { item_id: at.item.id, output_index: at.index, content_index: 0 }
      send({ type: 'response.output_text.delta', ...about, delta, logprobs: [] })
    },
    close(status) {
      if (!open) return
      const { item, index, text } = open
      open = null
      writtenTokens += countTextTokens(text)
      const about = { item_id: item.id, output_index: index, content_index: 0 }
      send({ type: 'response.output_text.done', ...about, text, logprobs: [] })
      send({ type: 'response.content_part.done', ...about, part: textPart(text) })
      finish({ ...item, status, content: [textPart(text)] }, index)
    },
    refuse(refusal) {
      const item = newMessage()
      const index = add(item)
      const about = { item_id: item.id, output_index: index, content_index: 0 }
      const part = { type: 'refusal', refusal } as const
      send({ type: 'response.content_part.added', ...about, part: { ...part, refusal: '' } })
      send({ type: 'response.refusal.delta', ...about, delta: refusal })
      send({ type: 'response.refusal.done', ...about, refusal })
      send({ type: 'response.content_part.done', ...about, part })
      writtenTokens += countTextTokens(refusal)
      finish({ ...item, status: 'completed', content: [part] }, index)
    },
    call(name, args) {
      const begun: FunctionCall = {
        id: createId('fc'),
        type: 'function_call',
        status: 'in_progress',
        call_id: createId('call'),
        name,
        arguments: '',
      }
      const index = add(begun)
      const about = { item_id: begun.id, output_index: index }
      for (let from = 0; from < args.length; from += argumentsPerDelta) {
        const delta = args.slice(from, from + argumentsPerDelta)
        send({ type: 'response.function_call_arguments.delta', ...about, delta })
      }
      send({ type: 'response.function_call_arguments.done', ...about, arguments: args })
      const done: FunctionCall = { ...begun, status: 'completed', arguments: args }
      writtenTokens += countTextTokens(`${name} ${args}`)
      finish(done, index)
      return done
    },
    compaction(encrypted_content) {
      const item = { id: createId('cmp'), type: 'compaction', encrypted_content } as const
      const index = add({ ...item, encrypted_content: '' })
      send({ type: 'response.compaction.compacting', item_id: item.id, output_index: index })
      finish(item, index)
    },
    end(outcome) {
      const ended = response(outcome.status, outcome)
      send({ type: `response.${outcome.status}`, response: ended })
      return ended
    },
  }
}

const textPart = (text: string): OutputText => ({ type: 'output_text', text, annotations: [], logprobs: [] })
const seconds = (ms: number): number => Math.floor(ms / 1_000)

/** What a response repeats of its request. */
function echoOf({ request }: TurnPlan) {
  return {
    object: 'response',
    background: false,
    instructions: request.instructions,
    max_output_tokens: request.maxOutputTokens,
    metadata: request.metadata,
    model: request.model,
    parallel_tool_calls: request.parallelCalls,
    previous_response_id: request.previous,
    service_tier: 'default',
    store: request.store,
    temperature: request.temperature,
    text: { format: { type: 'text' } },
    tool_choice: request.toolChoice,
    tools: request.tools.map((tool) => ({
      type: tool.type,
      name: tool.name,
      description: tool.description ?? null,
      parameters: tool.parameters ?? null,
      strict: tool.strict ?? null,
    })),
    top_p: request.topP,
    truncation: request.truncation,
  } as const
}

export function usageOf(plan: Pick<TurnPlan, 'inputTokens' | 'cachedTokens'>, outputTokens: number): WireUsage {
  return {
    input_tokens: plan.inputTokens,
    input_tokens_details: { cached_tokens: plan.cachedTokens, cache_write_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: plan.inputTokens + outputTokens,
  }
}
