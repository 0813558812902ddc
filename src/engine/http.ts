// What the engine answers over plain HTTP: who may ask at all, and which part answers.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusedAtGate, type Gate } from './realtime/admission.ts'
import type { ResponsesOverHttp } from './responses/http.ts'

export function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  responses: ResponsesOverHttp,
): void {
  const answer = (status: number, body: unknown): void => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify(body))
  }
  const wrong = (status: number, code: string, message: string): void =>
    answer(status, { error: { type: 'invalid_request_error', code, message, param: null } })
  const refused = refusedAtGate(request.headers, gate)
  if (refused) return wrong(refused.status, refused.code, refused.message)
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  if (responses.answer(path, request, response)) return
  if (request.method !== 'GET' || path !== '/v1/models') return wrong(404, 'not_found', 'Nothing is served here.')
  answer(200, { object: 'list', data: [{ id: gate.model, object: 'model', created: 0, owned_by: 'parley' }] })
}
