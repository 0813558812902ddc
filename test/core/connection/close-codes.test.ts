import { describe, expect, it } from 'vitest'
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
})
