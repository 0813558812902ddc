// Who may open a session: the questions asked of an upgrade, as one pure decision. As the service does, a wrong key is
// told in band after the upgrade; only what must not reach a session at all is refused before it. Names and users were
// judged before, in listener/.
import { createHash, timingSafeEqual } from 'node:crypto'
import { refuse, type Refusal } from './errors.ts'

export type Headers = Readonly<Record<string, string | string[] | undefined>>

export type Admission =
  | { type: 'refused'; status: 400 | 404; reason: string }
  | { type: 'rejected'; refusal: Refusal }
  | { type: 'admitted'; model: string }

export interface Gate {
  token: string
  /** The engine's own model name. */
  model: string
}

const keyProtocol = 'openai-insecure-api-key.'

/** Why a plain HTTP request, or the upgrade of a socket that tells nothing in band, is refused; null when it is not. */
export function refusedAtGate(headers: Headers, gate: Gate): { status: number; code: string; message: string } | null {
  if (isKey(keyOf(headers), gate.token)) return null
  return { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided.' }
}

/** @param target the request target, e.g. `/v1/realtime?model=x` */
export function admit(target: string, headers: Headers, gate: Gate): Admission {
  const url = URL.canParse(target, 'http://engine') ? new URL(target, 'http://engine') : null
  if (!url) return { type: 'refused', status: 400, reason: 'Bad request' }
  if (url.pathname !== '/v1/realtime') return { type: 'refused', status: 404, reason: 'Not found' }
  if (!isKey(keyOf(headers), gate.token)) return { type: 'rejected', refusal: refuse.apiKey() }
  if (single(headers['openai-beta'])?.includes('realtime')) return { type: 'rejected', refusal: refuse.betaShape() }
  const model = url.searchParams.get('model')
  if (!model) return { type: 'rejected', refusal: refuse.missingModel(gate.model) }
  if (model !== gate.model && !model.startsWith('gpt-realtime'))
    return { type: 'rejected', refusal: refuse.model(model.slice(0, 100), gate.model) }
  return { type: 'admitted', model }
}

/** The key of an `Authorization` header, or of the subprotocol that browsers use because they can't set headers. */
export function keyOf(headers: Headers): string | null {
  const bearer = /^Bearer (.+)$/i.exec(single(headers.authorization) ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const protocols = (single(headers['sec-websocket-protocol']) ?? '').split(',').map((name) => name.trim())
  return protocols.find((name) => name.startsWith(keyProtocol))?.slice(keyProtocol.length) ?? null
}

/** Takes the same time for every wrong key. */
export function isKey(given: string | null, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(token)) && given !== null
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)
