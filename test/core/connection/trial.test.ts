// What a person is told of a service that was tried, and of an address that they typed.
import { describe, expect, it } from 'vitest'
import { completeLocalAddress, completeVoiceAddress } from '../../../src/core/connection/complete-address.ts'
import { engineTroubleWords } from '../../../src/core/connection/engine-trouble.ts'
import { plainCause } from '../../../src/core/connection/plain-cause.ts'
import { failedByError, failedTrial, silentTrial } from '../../../src/core/connection/trial.ts'

const host = 'voice.example'
const closed = (more: { status?: number; cause?: string; code?: number }, isOnline = true, at = host, isTyped = true) =>
  failedTrial({ code: 1006, reason: '', ...more }, null, { host: at, isOnline, isTyped })
/** A name that a system or a protocol has for it. */
const raw = /\b(E[A-Z]{4,}|[1-5]\d\d|\d{4}|CERT_\w+)\b/

describe('a service that is tried', () => {
  it('[W222] a refused key, a wrong host, no network, no credit and a fault of its own are told apart', () => {
    expect(closed({ status: 401 }).why).toBe('key')
    expect(closed({ code: 3000 }).why).toBe('key')
    expect(failedByError({ code: 'invalid_api_key', type: null })?.why).toBe('key')
    expect(failedByError({ code: 'insufficient_quota', type: null })?.why).toBe('credit')
    expect(closed({ status: 402 }).why).toBe('credit')
    expect(closed({ status: 404 }).why).toBe('host')
    for (const cause of ['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])
      expect([cause, closed({ cause }).why]).toEqual([cause, 'host'])
    for (const cause of ['EAI_AGAIN', 'ENETUNREACH', 'ETIMEDOUT'])
      expect([cause, closed({ cause }).why]).toEqual([cause, 'network'])
    expect(closed({ cause: 'ENOTFOUND' }, false).why).toBe('network')
    // Nobody typed it: no slip of theirs.
    expect(closed({ cause: 'ENOTFOUND' }, true, 'api.openai.com', false)).toEqual({
      why: 'network',
      message: 'There is no way to “api.openai.com” now. Check the network and try again.',
    })
    expect(closed({ cause: 'ECONNREFUSED' }, false, '127.0.0.1:8000').why).toBe('host')
    for (const status of [429, 500, 503]) expect(closed({ status }).why).toBe('service')
    expect(failedByError({ code: 'invalid_value', type: null })).toBeNull()
    expect(silentTrial({ host, isOnline: true, isTyped: true }).why).toBe('network')
  })

  it('[W222] it is said in words, with the next step and without a raw code', () => {
    const causes = ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', 'EPIPE']
    const told = [
      ...[400, 401, 402, 403, 404, 410, 426, 429, 500, 503].map((status) => closed({ status }).message),
      ...[1000, 1006, 1008, 1011, 3000, 4000].map((code) => closed({ code }).message),
      ...causes.flatMap((cause) => [closed({ cause }).message, closed({ cause }, false).message]),
      ...causes.map(plainCause),
      ...['The server answered 503.', 'The server answered 429.', 'The line closed (1011).'].map(plainCause),
    ]
    for (const words of told) {
      expect(words).not.toMatch(raw)
      expect(words).toMatch(/[.?]$/)
    }
  })
})

describe('an address', () => {
  it.each([
    ['voice.example/v1', 'wss://voice.example/v1'],
    [' 127.0.0.1:8000/v1 ', 'ws://127.0.0.1:8000/v1'],
    ['localhost:9/v1', 'ws://localhost:9/v1'],
    ['[::1]:9/v1', 'ws://[::1]:9/v1'],
    ['localhost.evil.example', 'wss://localhost.evil.example'],
    ['https://voice.example/v1', 'https://voice.example/v1'],
    ['', ''],
  ])('[W222] %j is completed to %j', (typed, whole) => {
    expect(completeVoiceAddress(typed)).toBe(whole)
    expect(completeVoiceAddress(whole)).toBe(whole)
  })

  it('[W222] so is one of a model on this computer', () => {
    expect(completeLocalAddress('127.0.0.1:11434')).toBe('http://127.0.0.1:11434')
    expect(completeLocalAddress('')).toBe('')
  })
})

describe('the built-in voice that can’t start', () => {
  it('[W223] says why and what to do, whatever it says itself', () => {
    const why = (message: string): string => engineTroubleWords({ type: 'failed', message })
    expect(why('The speech models are not in /x/y. Run: node scripts/models.mjs')).toContain('models')
    expect(why('ENOSPC: no space left on device')).toContain('disk is full')
    expect(why('EACCES: permission denied, mkdir')).toContain('data folder')
    for (const words of [
      why('anything'),
      engineTroubleWords({ type: 'exited' }),
      engineTroubleWords({ type: 'late' }),
    ]) {
      expect(words).toMatch(/try again/i)
      expect(words).toContain('settings')
    }
  })
})
