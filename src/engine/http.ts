// What the engine answers over plain HTTP: who may ask at all, and which part answers.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RefusedFor } from '../listener/listener.ts'
import { refusedAtGate, type Gate } from './realtime/admission.ts'
import type { ResponsesOverHttp } from './responses/http.ts'

export interface HttpParts {
  gate: Gate
  responses: ResponsesOverHttp
  /** Told once the key was shown. */
  admitted: () => void
}

export function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  { gate, responses, admitted }: HttpParts,
): void {
  const refused = refusedAtGate(request.headers, gate)
  if (refused) {
    response.setHeader('connection', 'close')
    return wrong(response, refused.status, refused.code, refused.message)
  }
  admitted()
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  if (responses.answer(path, request, response)) return
  request.resume()
  if (request.method !== 'GET' || path !== '/v1/models')
    return wrong(response, 404, 'not_found', 'Nothing is served here.')
  const models = [{ id: gate.model, object: 'model', created: 0, owned_by: 'parley' }]
  answer(response, 200, { object: 'list', data: models })
}

const refusals: Record<RefusedFor, readonly [code: string, message: string]> = {
  host: ['unknown_host', 'Unknown host.'],
  origin: ['origin_not_allowed', 'Origin not allowed.'],
  user: ['user_not_allowed', 'This server belongs to another user of this machine.'],
}

export function refuseHttp(why: RefusedFor, response: ServerResponse): void {
  wrong(response, 403, ...refusals[why])
}

function wrong(response: ServerResponse, status: number, code: string, message: string): void {
  answer(response, status, { error: { type: 'invalid_request_error', code, message, param: null } })
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
