// Everything the engine can refuse, in one table: code, words, whether the session survives it and how it is closed.
// Codes, words and close codes are those of the GA Realtime service where they are known.

/** What an `error` event says besides the client event it answers. */
export interface Refusal {
  type: 'invalid_request_error' | 'server_error'
  code: string | null
  message: string
  param: string | null
  /** Set when the session can't go on: the error is the last event before the socket is closed with this. */
  close?: { code: number; reason: string }
}

function refusal(code: string | null, message: string, param: string | null = null): Refusal {
  return { type: 'invalid_request_error', code, message, param }
}

function fatal(closeCode: number, code: string, message: string, param: string | null = null): Refusal {
  return { ...refusal(code, message, param), close: { code: closeCode, reason: `invalid_request_error.${code}` } }
}

const expired = 'Your session hit the maximum duration of 60 minutes.'

export const refuse = {
  apiKey: () => fatal(3000, 'invalid_api_key', 'Incorrect API key provided. Use the key this engine was started with.'),
  betaShape: () =>
    fatal(4000, 'beta_api_shape_disabled', 'The Realtime Beta API is not supported. Leave out the OpenAI-Beta header.'),
  missingModel: (model: string) =>
    fatal(
      4000,
      'missing_model',
      `You must provide a model parameter, for example /v1/realtime?model=${model}`,
      'model',
    ),
  model: (name: string, known: string) =>
    fatal(4000, 'invalid_model', `Model "${name}" is not supported in realtime mode. Use "${known}".`, 'model'),
  expired: (): Refusal => ({ ...refusal('session_expired', expired), close: { code: 1001, reason: expired } }),

  json: () => refusal('invalid_json', 'Invalid event: failed to parse JSON value.'),
  tooDeep: (limit: number) => refusal('invalid_json', `Invalid event: values are nested deeper than ${limit} levels.`),
  binary: () => refusal('invalid_event', 'Expected a text WebSocket message; binary frames are not supported.'),
  value: (param: string, message: string) => refusal('invalid_value', message, param),
  unknownParameter: (param: string) => refusal('unknown_parameter', `Unknown parameter: '${param}'.`, param),
  tooLong: (param: string, limit: number, length: number) =>
    refusal(
      'string_above_max_length',
      `Invalid '${param}': string too long. Expected a string with maximum length ${limit}, but got a string with length ${length} instead.`,
      param,
    ),
  voice: () =>
    refusal(
      'cannot_update_voice',
      "Cannot update a conversation's voice if assistant audio is present.",
      'session.audio.output.voice',
    ),

  emptyCommit: (bufferedMs: number, leastMs: number) =>
    refusal(
      'input_audio_buffer_commit_empty',
      `Error committing input audio buffer: buffer too small. Expected at least ${leastMs}ms of audio, but buffer only has ${bufferedMs.toFixed(2)}ms of audio.`,
    ),

  activeResponse: (response: string) =>
    refusal(
      'conversation_already_has_active_response',
      `Conversation already has an active response in progress: ${response}. Wait until the response is finished before creating a new one.`,
    ),
  nothingToCancel: () => refusal('response_cancel_not_active', 'Cancellation failed: no active response found'),

  previousItem: (id: string) =>
    refusal(
      'item_create_invalid_previous_item_id',
      `Error adding item: the previous item with id '${id}' does not exist.`,
      'previous_item_id',
    ),
  duplicateItem: (id: string) =>
    refusal('item_create_duplicate_item_id', `Error adding item: an item with id '${id}' already exists.`, 'item.id'),
  unknownCall: (callId: string) =>
    refusal(
      null,
      `Error adding item: no function call with call_id '${callId}' exists in the conversation.`,
      'item.call_id',
    ),
  unknownItem: (doing: 'delete' | 'retrieve' | 'truncate', id: string) =>
    refusal(
      `item_${doing}_invalid_item_id`,
      `Error ${{ delete: 'deleting', retrieve: 'retrieving', truncate: 'truncating' }[doing]} item: the item with id '${id}' does not exist.`,
      'item_id',
    ),
  notTruncatable: () => refusal(null, 'Only model output audio messages can be truncated'),
  shorter: (haveMs: number, wantMs: number) =>
    refusal('invalid_value', `Audio content of ${haveMs}ms is already shorter than ${wantMs}ms`, 'audio_end_ms'),

  broken: (): Refusal => ({
    type: 'server_error',
    code: 'internal_error',
    message: 'The engine failed on this event and goes on.',
    param: null,
  }),
} as const
