// The same requests over plain HTTP: for a server that takes no sockets, and for compaction, which has no event. An answer is a
// stream of the same events; no state is held between requests, so every one carries everything.
import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import { toFrame } from '../../core/clean-text.ts'
import { endOf, mostItems, type TurnEnd } from '../../core/agent/exchange.ts'
import { itemSchema, type Item } from '../../core/agent/item.ts'
import { answerSilentMs } from '../../core/agent/policy.ts'
import { parseAgentEvent } from '../../core/agent/parse.ts'
import type { CreateRequest } from '../../core/agent/request.ts'
import { createKeyHider, type KeyHider } from '../../core/connection/said-back.ts'
import { httpFault, usageOf, withItems, type Fault, type TurnUsage } from '../../core/agent/wire-events.ts'
import { readRetryAfter } from '../../core/connection/retry-after.ts'
import { fieldsOf } from '../../core/wire-values.ts'
import { plainCause } from '../../core/connection/plain-cause.ts'
import { ProxyError } from '../net/dial.ts'
import type { Clock, Fetch, SocketRequest } from '../ports.ts'
import { countRead, type AgentCounts } from './counts.ts'

export interface HttpOpts {
  clock: Clock
  fetch: Fetch
  /** The socket's address and headers; the same path answers HTTP. */
  request: () => Promise<SocketRequest>
  counts: AgentCounts
}

export type Compaction =
  | { type: 'compacted'; items: Item[]; usage: TurnUsage }
  | { type: 'refused'; fault: Fault }
  | { type: 'lost'; cause: string }

export interface ResponsesHttp {
  respond(request: CreateRequest, signal: AbortSignal): Promise<TurnEnd>
  compact(model: string, input: readonly Item[], signal: AbortSignal): Promise<Compaction>
}

const compactWithinMs = 120_000
const largestAnswerBytes = 32 * 1024 * 1024
const webPage = 'The server answered with a web page. Check its address.'

const compactionSchema = z.object({
  output: z.array(itemSchema).min(1),
  usage: z.unknown(),
})

export function createResponsesHttp({ clock, fetch, request, counts }: HttpOpts): ResponsesHttp {
  /** Redirects are not followed: the key goes to the configured host and nowhere else. */
  function post({ url, headers }: SocketRequest, path: string, body: object, signal: AbortSignal): Promise<Response> {
    const to = new URL(url.replace(/^ws/, 'http'))
    to.pathname += path
    return fetch(to.href, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: toFrame(body),
      redirect: 'manual',
      signal,
    })
  }

  async function respond(create: CreateRequest, signal: AbortSignal): Promise<TurnEnd> {
    const { type: _type, stream_id: _lane, generate: _generate, previous_response_id: _none, ...body } = create
    const to = await request().catch((error: unknown) => causeOf(error))
    if (typeof to === 'string') return { type: 'lost', outcome: 'not-sent', cause: to }
    const watch = watchSilence(clock, signal)
    const hider = createKeyHider(to.headers)
    let isAnswered = false
    try {
      const answer = await post(to, '', { ...body, stream: true }, watch.signal)
      isAnswered = true
      if (!answer.ok) return { type: 'refused', fault: await readRefusal(answer, hider, clock.nowMs()) }
      const kind = answer.headers.get('content-type') ?? ''
      if (/json/i.test(kind)) return await readWhole(answer, hider)
      const end = await readStream(answer, { alive: watch.alive, hider, counts })
      return end ?? broken(/html/i.test(kind) ? webPage : 'The answer ended in its middle.')
    } catch (error) {
      if (signal.aborted) return { type: 'abandoned' }
      return isAnswered ? broken(causeOf(error)) : unsent(error)
    } finally {
      watch.end()
    }
  }

  return {
    respond,
    async compact(model, input, signal) {
      const undo = new AbortController()
      const undoLate = clock.after(compactWithinMs, () => undo.abort())
      try {
        const to = await request()
        const answer = await post(to, '/compact', { model, input }, AbortSignal.any([signal, undo.signal]))
        if (!answer.ok)
          return { type: 'refused', fault: await readRefusal(answer, createKeyHider(to.headers), clock.nowMs()) }
        const read = compactionSchema.safeParse(JSON.parse(await readText(answer)))
        if (!read.success) return { type: 'lost', cause: 'The compacted conversation can’t be read.' }
        const { output, usage } = read.data
        return { type: 'compacted', items: output, usage: usageOf(usage) }
      } catch (error) {
        return { type: 'lost', cause: causeOf(error) }
      } finally {
        undoLate()
      }
    },
  }
}

interface ReadingStream {
  alive: () => void
  hider: KeyHider
  counts: AgentCounts
}

/** @returns null when the stream ends without an end of its response */
async function readStream(answer: Response, { alive, hider, counts }: ReadingStream): Promise<TurnEnd | null> {
  let end: TurnEnd | null = null
  const items: Item[] = []
  const parser = createParser({
    onEvent({ data }) {
      const parsed = parseAgentEvent(hider.frame(data))
      countRead(counts, parsed)
      if (parsed.type !== 'known' || end !== null) return
      const { event } = parsed
      if (event.type === 'error') end = { type: 'refused', fault: event.fault }
      if (event.type === 'item' && items.length < mostItems) items.push(event.item)
      if (event.type === 'ended') end = endOf(withItems(event.response, items))
    },
  })
  for await (const text of textOf(answer)) {
    alive()
    parser.feed(text)
  }
  return end
}

/** Some answer a request for a stream with the response itself. */
async function readWhole(answer: Response, hider: KeyHider): Promise<TurnEnd> {
  const response = fieldsOf(JSON.parse(await readText(answer)))
  const status = typeof response?.['status'] === 'string' ? response['status'] : 'completed'
  const parsed = parseAgentEvent(hider.frame(JSON.stringify({ type: `response.${status}`, response })))
  if (parsed.type === 'known' && parsed.event.type === 'ended') return endOf(parsed.event.response)
  return broken('The server’s answer can’t be read.')
}

async function* textOf(answer: Response): AsyncIterable<string> {
  if (answer.body === null) return
  const decoder = new TextDecoder()
  let bytes = 0
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > largestAnswerBytes) throw new Error('The answer is too long.')
    yield decoder.decode(chunk, { stream: true })
  }
}

async function readText(answer: Response): Promise<string> {
  let text = ''
  for await (const piece of textOf(answer)) text += piece
  return text
}

async function readRefusal(answer: Response, hider: KeyHider, nowMs: number): Promise<Fault> {
  if (answer.status < 400) {
    void answer.body?.cancel()
    return { ...noFault(''), status: answer.status }
  }
  const headers = Object.fromEntries(answer.headers)
  const body = await readText(answer).catch(() => '')
  return httpFault(answer.status, hider.text(body), readRetryAfter(headers, nowMs))
}

function noFault(message: string): Fault {
  return { status: null, code: '', param: '', message, retryAfterMs: null }
}

function broken(cause: string): TurnEnd {
  return { type: 'lost', outcome: 'unknown', cause }
}

/** A connection that was never made carried nothing; of one that broke it can't be known. */
function unsent(error: unknown): TurnEnd {
  const cause = causeOf(error)
  if (notSent(error)) return { type: 'lost', outcome: 'not-sent', cause: plainCause(cause) }
  const isNever = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(cause)
  return { type: 'lost', outcome: isNever ? 'not-sent' : 'unknown', cause }
}

/** A proxy that did not lead there, or a certificate that was not believed: the request was still here. */
function notSent(error: unknown): boolean {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return inner instanceof ProxyError || /CERT|ALTNAME|UNABLE_TO_/.test(causeOf(error))
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code
  return inner instanceof Error ? inner.message : String(inner)
}

/** Aborts with `signal`, and when nothing was heard for too long. */
function watchSilence(clock: Clock, signal: AbortSignal): { signal: AbortSignal; alive: () => void; end: () => void } {
  const late = new AbortController()
  const arm = (): (() => void) => clock.after(answerSilentMs, () => late.abort(new Error('The answer stopped coming.')))
  let undo = arm()
  return {
    signal: AbortSignal.any([signal, late.signal]),
    alive() {
      undo()
      undo = arm()
    },
    end: () => undo(),
  }
}
