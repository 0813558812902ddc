// Everything a Responses request can be refused for, in one table, and the two shapes in which the service says so.
// Codes and words are the service's where they are known; clients match on `code`.
import type { Refusal as Told } from '../realtime/errors.ts'

export interface Refusal {
  /** As HTTP says it. */
  status: number
  type: 'invalid_request_error' | 'server_error' | 'rate_limit_error'
  code: string | null
  message: string
  param: string | null
  /** Told to clients as headers over HTTP and inside the envelope on a socket. */
  headers?: Record<string, string>
}

const mostNamedLanes = 32

function bad(code: string | null, message: string, param: string | null = null): Refusal {
  return { status: 400, type: 'invalid_request_error', code, message, param }
}

export const refuse = {
  previous: (id: string) =>
    bad('previous_response_not_found', `Previous response with id '${id}' not found.`, 'previous_response_id'),
  streamId: () =>
    bad(
      'invalid_stream_id',
      "The 'stream_id' field must be a non-empty string with at most 256 characters and may only contain letters, numbers, underscores, hyphens, and periods.",
      'stream_id',
    ),
  lanes: () =>
    bad(
      'websocket_stream_limit_reached',
      `This WebSocket connection has reached its maximum number of distinct stream IDs (${mostNamedLanes}). Reuse an existing stream_id or open a new WebSocket connection.`,
      'stream_id',
    ),
  hour: () =>
    bad(
      'websocket_connection_limit_reached',
      'Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue.',
    ),
  json: () => bad('invalid_json', 'We could not parse the JSON body of your request.'),
  tooDeep: (limit: number) => bad('invalid_json', `Values are nested deeper than ${limit} levels.`),
  binary: () => bad('invalid_event', 'Expected a text WebSocket message; binary frames are not supported.'),
  missing: (param: string) => bad('missing_required_parameter', `Missing required parameter: '${param}'.`, param),
  value: (param: string, message: string) => bad('invalid_value', message, param),
  unsupported: (param: string, message: string) => bad('unsupported_parameter', message, param),
  unknown: (param: string) =>
    bad('unknown_parameter', `Unknown parameter: '${param.slice(0, 100)}'.`, param.slice(0, 100)),
  tooBig: (limit: number): Refusal => ({ ...bad(null, `The body is longer than ${limit} bytes.`), status: 413 }),
  method: (): Refusal => ({ ...bad(null, 'Not allowed method.'), status: 405 }),
  model: (name: string) => ({
    ...bad('model_not_found', `The requested model '${name}' does not exist.`, 'model'),
    status: 404,
  }),
  unanswered: (callId: string) => bad(null, `No tool output found for function call ${callId}.`, 'input'),
  unasked: (callId: string) =>
    bad(null, `No tool call found for function call output with call_id ${callId}.`, 'input'),
  reference: (id: string) => ({ ...bad(null, `Item with id '${id}' not found.`, 'input'), status: 404 }),
  sealed: (param: string) =>
    bad(
      'invalid_encrypted_content',
      'The encrypted content could not be verified: it was made elsewhere or altered.',
      param,
    ),
  tooLong: (limit: number) =>
    bad(
      'context_length_exceeded',
      `Your input exceeds the context window of this model (${limit} tokens). Please adjust your input and try again.`,
      'input',
    ),
  /** More waits on one connection than will ever be answered in time. */
  busy: (): Refusal => ({
    status: 429,
    type: 'rate_limit_error',
    code: 'rate_limit_exceeded',
    message: 'Too many requests wait on this connection. Try again when some have ended.',
    param: null,
    headers: { 'retry-after': '1' },
  }),
  broken: (): Refusal => ({
    status: 500,
    type: 'server_error',
    code: 'server_error',
    message: 'The engine failed on this request and goes on.',
    param: null,
  }),
  stored: (id: string): Refusal => ({
    ...bad(null, `Response with id '${id}' not found.`, 'response_id'),
    status: 404,
  }),
  notCancellable: () => bad(null, 'Cannot cancel a synchronous response.'),
} as const

/** A refusal of the fields that the engine checks as it does those of Realtime. */
export const refusedFields = ({ code, message, param }: Told): Refusal => bad(code, message, param)

/** The usual shape on a socket: everything about the error under `error`. */
export function envelopeOf(refusal: Refusal, lane: string | null): object {
  const { status, type, code, message, param, headers } = refusal
  return {
    type: 'error',
    status,
    ...(lane === null ? {} : { stream_id: lane }),
    error: { type, code, message, param, ...(headers === undefined ? {} : { headers }) },
  }
}

/** The body of a refused HTTP request. */
export function bodyOf({ type, code, message, param }: Refusal): object {
  return { error: { message, type, param, code } }
}
