// The events of a Responses socket (and of the HTTP stream, which has the same) that Parley acts on. The final item list comes
// with a response's end, so its deltas are only signs of life.
import { z } from 'zod'
import { itemSchema, searchesIn, type Item } from './item.ts'

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
  | { type: 'ended'; lane: string | null; response: EndedResponse }
  | { type: 'error'; lane: string | null; fault: Fault }

const id = z.string().min(1).max(512)
const nullableText = z.string().nullish()
const count = z.number().int().nonnegative().catch(0).default(0)
const longestMessage = 500

const fault = z.object({ code: nullableText, message: nullableText, param: nullableText })

/** Of the Responses' usage, also where a conversation is compacted. */
export const cacheDetails = z.object({ cached_tokens: count, cache_write_tokens: count }).nullish().catch(null)

const response = z.object({
  id,
  output: z.array(itemSchema).nullish(),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: cacheDetails,
    })
    .nullish(),
  error: fault.nullish(),
  incomplete_details: z.object({ reason: nullableText }).nullish(),
})

const lane = z.string().max(256).nullish()
const ended = { stream_id: lane, response }

export const wireEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response.created'), stream_id: lane, response: z.object({ id }) }),
  z.object({ type: z.literal('response.completed'), ...ended }),
  z.object({ type: z.literal('response.incomplete'), ...ended }),
  z.object({ type: z.literal('response.failed'), ...ended }),
  /** Two shapes are in use: `error` inside, or its fields beside the type. */
  z.object({
    type: z.literal('error'),
    stream_id: lane,
    status: z.number().int().nullish(),
    error: fault.extend({ headers: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    code: nullableText,
    message: nullableText,
    param: nullableText,
  }),
])

export const wireEventTypes: ReadonlySet<string> = new Set(
  wireEventSchema.options.map((option) => option.shape.type.value),
)

export function understand(event: z.infer<typeof wireEventSchema>): AgentEvent {
  const on = event.stream_id ?? null
  switch (event.type) {
    case 'response.created':
      return { type: 'created', lane: on, response: event.response.id }
    case 'response.completed':
      return { type: 'ended', lane: on, response: end(event.response, 'completed') }
    case 'response.incomplete':
      return { type: 'ended', lane: on, response: end(event.response, 'incomplete') }
    case 'response.failed':
      return { type: 'ended', lane: on, response: end(event.response, 'failed') }
    case 'error': {
      const told = event.error ?? event
      const status = event.status ?? null
      const retryAfterMs = readRetryAfter(event.error?.headers ?? {})
      return { type: 'error', lane: on, fault: { ...readFault(told), status, retryAfterMs } }
    }
  }
}

/** The response of an HTTP answer or of a stream's last event. */
function end(told: z.infer<typeof response>, status: ResponseStatus): EndedResponse {
  return {
    id: told.id,
    status,
    output: told.output ?? [],
    usage: {
      inputTokens: told.usage?.input_tokens ?? 0,
      cachedTokens: told.usage?.input_tokens_details?.cached_tokens ?? 0,
      cacheWriteTokens: told.usage?.input_tokens_details?.cache_write_tokens ?? 0,
      outputTokens: told.usage?.output_tokens ?? 0,
      searches: searchesIn(told.output ?? []),
    },
    reason: (told.error?.message ?? told.incomplete_details?.reason ?? '').slice(0, longestMessage),
    fault: told.error ? { ...readFault(told.error), status: null, retryAfterMs: null } : null,
  }
}

function readFault(told: z.infer<typeof fault>): Pick<Fault, 'code' | 'param' | 'message'> {
  return { code: told.code ?? '', param: told.param ?? '', message: (told.message ?? '').slice(0, longestMessage) }
}

/** Of `retry-after` in seconds or `retry-after-ms`; dates are not used by the service. */
export function readRetryAfter(headers: Readonly<Record<string, unknown>>): number | null {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Number(value)]))
  const ms = named.get('retry-after-ms') ?? (named.get('retry-after') ?? Number.NaN) * 1000
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}

const httpFaultSchema = z.object({ error: fault })

/** What a refused HTTP request means. @param body the answer's text, JSON or not */
export function httpFault(status: number, body: string, retryAfterMs: number | null): Fault {
  let told: unknown = null
  try {
    told = JSON.parse(body)
  } catch {
    // A gateway's page in HTML says nothing that a person could use.
  }
  const known = httpFaultSchema.safeParse(told).data
  return { ...readFault(known?.error ?? {}), status, retryAfterMs }
}
