import { describe, expect, it } from 'vitest'
import { readRetryAfter } from '../../../src/core/connection/retry-after.ts'
import { judgeClose, judgeError } from '../../../src/core/connection/close-codes.ts'

const close = (code: number, reason = '', more = {}): Parameters<typeof judgeClose>[0] => ({ code, reason, ...more })

describe('what an end means', () => {
  it('[C9] a refused key is fatal however it is told: in band, by close code, by the upgrade', () => {
    const key = { type: 'fatal', remedy: 'key' }
    expect(judgeClose(close(3000, 'invalid_request_error.invalid_api_key'), null)).toMatchObject(key)
    expect(judgeClose(close(1006), { code: 'invalid_api_key', type: null })).toMatchObject(key)
    expect(judgeClose(close(1006, '', { status: 401 }), null)).toMatchObject(key)
  })

  it.each([
    ['insufficient_quota', 'quota'],
    ['missing_model', 'model'],
    ['invalid_model', 'model'],
    ['model_not_found', 'model'],
    ['beta_api_shape_disabled', 'update'],
  ])('[C9] %s is fatal and its remedy is %s', (code, remedy) => {
    expect(judgeClose(close(4000, `invalid_request_error.${code}`), null)).toMatchObject({ type: 'fatal', remedy })
    expect(judgeError({ code, type: null })).toMatchObject({ type: 'fatal', remedy })
  })

  it('[C9] expiry is told apart from the same close code without it', () => {
    expect(judgeClose(close(1001), { code: 'session_expired', type: 'invalid_request_error' })).toEqual({
      type: 'expired',
    })
    expect(judgeClose(close(1001, 'going away'), null)).toMatchObject({ type: 'retry' })
  })

  it.each([1005, 1006, 1011, 1012, 1013])('[C9] close %i is tried again', (code) => {
    expect(judgeClose(close(code), null).type).toBe('retry')
  })

  it('[C9] a busy server is tried again when it says, a redirect never', () => {
    expect(judgeClose(close(1006, '', { status: 429, retryAfterMs: 7000 }), null)).toMatchObject({
      type: 'retry',
      afterMs: 7000,
    })
    expect(judgeClose(close(1006, '', { status: 302 }), null)).toMatchObject({ type: 'fatal', remedy: 'address' })
  })

  it('[C9] a code that every object has as a field is no verdict', () => {
    for (const code of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(judgeError({ code, type: null })).toBeNull()
      expect(judgeClose(close(1006, `invalid_request_error.${code}`), null).type).toBe('retry')
    }
  })

  it('[C3] a Retry-After of years is not believed', () => {
    const verdict = judgeClose(close(1006, '', { status: 503, retryAfterMs: 1e12 }), null)
    expect(verdict).toMatchObject({ type: 'retry', afterMs: 60 * 60_000 })
  })

  it('[C10] most errors do not end the session', () => {
    for (const code of ['input_audio_buffer_commit_empty', 'conversation_already_has_active_response', null])
      expect(judgeError({ code, type: null })).toBeNull()
  })

  const verdicts: [close: Parameters<typeof close>, verdict: string][] = [
    [[1000], 'retry'],
    [[1001], 'retry'],
    [[1002], 'retry'],
    [[1003], 'retry'],
    [[1005], 'retry'],
    [[1006], 'retry'],
    [[1007], 'retry'],
    [[1008], 'policy'],
    [[1009], 'retry'],
    [[1011], 'retry'],
    [[1012], 'retry'],
    [[1013], 'retry'],
    [[1014], 'retry'],
    [[1015], 'retry'],
    [[3000], 'key'],
    [[3000, 'invalid_request_error.invalid_api_key'], 'key'],
    [[4000], 'model'],
    [[4000, 'invalid_request_error.missing_model'], 'model'],
    [[4000, 'invalid_request_error.invalid_model'], 'model'],
    [[4000, 'invalid_request_error.beta_api_shape_disabled'], 'update'],
    [[4004], 'model'],
    [[4004, 'invalid_request_error.model_not_found'], 'model'],
    [[4999], 'retry'],
    [[1006, '', { status: 301 }], 'address'],
    [[1006, '', { status: 400 }], 'address'],
    [[1006, '', { status: 401 }], 'key'],
    [[1006, '', { status: 402 }], 'quota'],
    [[1006, '', { status: 403 }], 'key'],
    [[1006, '', { status: 404 }], 'address'],
    [[1006, '', { status: 405 }], 'address'],
    [[1006, '', { status: 408 }], 'retry'],
    [[1006, '', { status: 410 }], 'address'],
    [[1006, '', { status: 425 }], 'retry'],
    [[1006, '', { status: 426 }], 'address'],
    [[1006, '', { status: 429 }], 'retry'],
    ...[500, 502, 503, 504].map((status): [Parameters<typeof close>, string] => [[1006, '', { status }], 'retry']),
    ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', 'CERT_HAS_EXPIRED'].map(
      (cause): [Parameters<typeof close>, string] => [[1006, '', { cause }], 'retry'],
    ),
  ]
  it.each(verdicts)('[C9] %j means %s', (told, verdict) => {
    const judged = judgeClose(close(...told), null)
    expect(judged.type === 'fatal' ? judged.remedy : judged.type).toBe(verdict)
    // Whatever it is, the person is told in a sentence.
    expect(judged.type === 'retry' ? judged.cause : judged.type === 'fatal' ? judged.message : '').not.toBe('')
  })

  it.each([
    ['', 'policy'],
    ['Invalid API key', 'key'],
    ['Unauthorized', 'key'],
    ['session idle timeout', 'retry'],
    ['Max session duration exceeded', 'retry'],
    ['binary frames are not allowed', 'policy'],
  ])('[P338] a close with 1008 that says “%s” means %s, in its words', (reason, verdict) => {
    const judged = judgeClose({ code: 1008, reason }, null)
    expect(judged.type === 'fatal' ? judged.remedy : judged.type).toBe(verdict)
    if (judged.type === 'fatal' && judged.remedy === 'policy') expect(judged.message).toContain(reason)
    if (judged.type === 'retry') expect(judged.cause).toBe(reason)
  })

  it.each([
    ['30', 30_000],
    ['Thu, 01 Jan 1970 00:01:40 GMT', 90_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['soon', null],
    ['-1', null],
    [undefined, null],
  ])('[P337] retry-after %s at ten seconds past means %s ms', (value, ms) => {
    expect(readRetryAfter({ 'Retry-After': value }, 10_000)).toBe(ms)
  })

  it.each([
    ['invalid_api_key', 'key'],
    ['insufficient_quota', 'quota'],
    ['missing_model', 'model'],
    ['invalid_model', 'model'],
    ['model_not_found', 'model'],
    ['beta_api_shape_disabled', 'update'],
    ['session_expired', 'expired'],
    ...[
      'invalid_value',
      'invalid_json',
      'invalid_event',
      'input_audio_buffer_commit_empty',
      'conversation_already_has_active_response',
      'response_cancel_not_active',
      'item_truncate_invalid_item_id',
      'item_delete_invalid_item_id',
      'item_retrieve_invalid_item_id',
      'item_create_invalid_previous_item_id',
      'cannot_update_voice',
      'rate_limit_exceeded',
      'inference_rate_limit_exceeded',
      'string_above_max_length',
    ].map((code): [string, null] => [code, null]),
    [null, null],
  ])('[C9] the error %s means %s', (code, verdict) => {
    const judged = judgeError({ code, type: 'invalid_request_error' })
    expect(judged?.type === 'fatal' ? judged.remedy : (judged?.type ?? null)).toBe(verdict)
  })
})
