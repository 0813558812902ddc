// Responses over HTTP: one request, one answer, as JSON or as a stream of server-sent events. What a socket remembers
// does not exist here: only stored responses can be continued, read and deleted.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isTooDeep, maxDepth } from '../depth.ts'
import { createId } from '../realtime/ids.ts'
import { createLine } from '../realtime/line.ts'
import { compactChain } from './compact-request.ts'
import { isRefusal } from './input.ts'
import type { ResponsesParts } from './parts.ts'
import { planTurn, type TurnPlan } from './plan.ts'
import { bodyOf, refuse, type Refusal } from './refusals.ts'
import { readRequest } from './request.ts'
import { runTurn, type TurnEnd } from './turn.ts'
import type { Outgoing } from './wire.ts'

/** As much as a frame on a socket may hold. */
const maxBodyBytes = 16 * 1024 * 1024
const mostInFlight = 64

export interface ResponsesOverHttp {
  /** Whether the path is one of these; then the request is answered. `path` comes without the query. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): boolean
}

interface OneRoute {
  type: 'one' | 'input-items' | 'cancel'
  id: string
}
type Route = { type: 'create' } | { type: 'compact' } | OneRoute | null

export function createResponsesOverHttp(parts: ResponsesParts): ResponsesOverHttp {
  const { stored } = parts
  let inFlight = 0

  function planOf(value: object): TurnPlan | Refusal {
    const asked = readRequest(value, parts.model)
    if (isRefusal(asked)) return asked
    if (!asked.generate) return refuse.unsupported('generate', "'generate' is for sockets only.")
    return planTurn(asked, { previous: (id) => stored.get(id)?.kept ?? null }, parts.contexts)
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readBody(request)
    const plan = isRefusal(read) ? read : planOf(read.value)
    if (isRefusal(plan)) refuseHttp(response, plan)
    else if (inFlight >= mostInFlight) refuseHttp(response, refuse.busy())
    else await answer(plan, response)
  }

  async function answer(plan: TurnPlan, response: ServerResponse): Promise<void> {
    inFlight += 1
    try {
      const end = await (plan.request.stream ? stream(plan, response) : whole(plan, response))
      if (end.type === 'answered' && plan.request.store)
        stored.put({ response: end.response, input: plan.input, kept: end.kept })
    } finally {
      inFlight -= 1
    }
  }

  function run(plan: TurnPlan, response: ServerResponse, send: (event: Outgoing) => void, clear: () => Promise<void>) {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    return runTurn(plan, { ...parts, session: createId('sess'), send, clear, signal: gone.signal })
  }

  async function whole(plan: TurnPlan, response: ServerResponse): Promise<TurnEnd> {
    const end = await run(
      plan,
      response,
      () => undefined,
      () => Promise.resolve(),
    )
    if (end.type !== 'abandoned') sendJson(response, 200, end.response)
    return end
  }

  async function stream(plan: TurnPlan, response: ServerResponse): Promise<TurnEnd> {
    const line = createLine({
      bufferedBytes: () => response.writableLength,
      write: (text, written) => void response.write(text, () => written()),
      close: () => response.end(),
      terminate: () => response.destroy(),
    })
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    let numbered = 0
    const send = (event: Outgoing): void => {
      const data = JSON.stringify({ ...event, sequence_number: numbered++ })
      line.send(`event: ${event.type}\ndata: ${data}\n\n`)
    }
    response.once('close', () => line.dispose())
    try {
      return await run(plan, response, send, () => line.clear())
    } catch (fault) {
      parts.onFault(fault)
      const { code, message, param } = refuse.broken()
      send({ type: 'error', code, message, param })
      return { type: 'abandoned' }
    } finally {
      response.end()
    }
  }

  async function compact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readBody(request)
    const compacted = isRefusal(read) ? read : compactChain(read.value, parts)
    if (isRefusal(compacted)) refuseHttp(response, compacted)
    else sendJson(response, 200, compacted)
  }

  function answerOne(method: string, route: OneRoute, response: ServerResponse): void {
    const found = stored.get(route.id)
    if (found === null) return refuseHttp(response, refuse.stored(route.id))
    switch (`${method} ${route.type}`) {
      case 'GET one':
        return sendJson(response, 200, found.response)
      case 'GET input-items': {
        const data = found.input
        const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
        return sendJson(response, 200, { object: 'list', data, has_more: false, ...ends })
      }
      case 'DELETE one':
        stored.remove(route.id)
        return sendJson(response, 200, { id: route.id, object: 'response.deleted', deleted: true })
      case 'POST cancel':
        return refuseHttp(response, refuse.notCancellable())
      default:
        return refuseHttp(response, refuse.method())
    }
  }

  function broken(fault: unknown, response: ServerResponse): void {
    if (response.destroyed) return
    parts.onFault(fault)
    if (!response.headersSent) refuseHttp(response, refuse.broken())
    else response.destroy()
  }

  return {
    answer(path, request, response) {
      const route = routeOf(path)
      if (route === null) return false
      const method = request.method ?? ''
      if (route.type === 'create' || route.type === 'compact') {
        if (method !== 'POST') refuseHttp(response, refuse.method())
        else
          (route.type === 'create' ? create : compact)(request, response).catch((fault: unknown) =>
            broken(fault, response),
          )
        return true
      }
      request.resume()
      answerOne(method, route, response)
      return true
    },
  }
}

function routeOf(path: string): Route {
  if (path === '/v1/responses') return { type: 'create' }
  if (path === '/v1/responses/compact') return { type: 'compact' }
  const [, id, rest] = /^\/v1\/responses\/([\w-]{1,128})(\/input_items|\/cancel)?$/.exec(path) ?? []
  if (id === undefined) return null
  return { type: rest === '/cancel' ? 'cancel' : rest === '/input_items' ? 'input-items' : 'one', id }
}

async function readBody(request: IncomingMessage): Promise<{ value: object } | Refusal> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    // The rest is read and thrown away, so that the client hears why.
    if (bytes <= maxBodyBytes) pieces.push(piece)
    else pieces.length = 0
    if (bytes > maxBodyBytes * 4) break
  }
  if (bytes > maxBodyBytes) return refuse.tooBig(maxBodyBytes)
  try {
    const value: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse.json()
    return isTooDeep(value) ? refuse.tooDeep(maxDepth) : { value }
  } catch {
    return refuse.json()
  }
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}

const refuseHttp = (response: ServerResponse, refusal: Refusal): void =>
  sendJson(response, refusal.status, bodyOf(refusal), refusal.headers)
