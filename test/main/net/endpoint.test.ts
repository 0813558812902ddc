import { describe, expect, it } from 'vitest'
import { agentRequest, EndpointError, openAiBaseUrl, voiceRequest } from '../../../src/main/net/endpoint.ts'

describe('where the voice socket goes', () => {
  it('[V17] the key goes to the configured host only, in a header and never in the address', () => {
    const { url, headers } = voiceRequest({ baseUrl: openAiBaseUrl, key: 'sk-test' }, 'gpt-realtime')
    expect(url).toBe('wss://api.openai.com/v1/realtime?model=gpt-realtime')
    expect(headers).toEqual({ Authorization: 'Bearer sk-test' })
    expect(voiceRequest({ baseUrl: 'https://voice.example/v1/', key: null }, 'a b')).toMatchObject({
      url: 'wss://voice.example/v1/realtime?model=a+b',
      headers: {},
    })
  })

  it.each([
    'ws://voice.example/v1',
    'http://voice.example',
    'ftp://localhost',
    'ws://localhost.example',
    'no address',
    '',
  ])(
    '[V17] %j is refused with what to do, since it would carry voice and key in the clear or leads nowhere',
    (baseUrl) => {
      expect(() => voiceRequest({ baseUrl, key: 'sk-test' }, 'm')).toThrow(EndpointError)
    },
  )

  it.each(['ws://127.0.0.1:1/v1', 'ws://localhost:1/v1', 'ws://[::1]:1/v1'])('[V17] %s is this machine', (baseUrl) => {
    expect(voiceRequest({ baseUrl, key: null }, 'm').url).toBe(`${baseUrl}/realtime?model=m`)
  })

  it.each([
    ['wss://host/some/base/v1', 'wss://host/some/base/v1/realtime?model=m', 'wss://host/some/base/v1/responses'],
    [
      'https://me.openai.azure.com/openai?api-version=2024-10-01-preview&deployment=d',
      'wss://me.openai.azure.com/openai/realtime?api-version=2024-10-01-preview&deployment=d&model=m',
      'wss://me.openai.azure.com/openai/responses?api-version=2024-10-01-preview&deployment=d',
    ],
  ])('[C225] path and query of %s are kept', (baseUrl, voice, agent) => {
    expect(voiceRequest({ baseUrl, key: null }, 'm').url).toBe(voice)
    expect(agentRequest({ baseUrl, key: null }).url).toBe(agent)
  })

  it.each([
    ['wss://me.openai.azure.com/openai/v1', 'abc', undefined, { 'api-key': 'abc' }],
    ['wss://me.cognitiveservices.azure.com/openai/v1', 'abc', undefined, { 'api-key': 'abc' }],
    ['wss://me.services.ai.azure.com/openai/v1', 'abc', undefined, { 'api-key': 'abc' }],
    ['wss://me.openai.azure.com/openai/v1', 'eyJhbGciOi', undefined, { Authorization: 'Bearer eyJhbGciOi' }],
    ['wss://me.openai.azure.com/openai/v1', 'abc', 'bearer', { Authorization: 'Bearer abc' }],
    ['wss://openai.azure.com.elsewhere.example/v1', 'abc', undefined, { Authorization: 'Bearer abc' }],
    ['wss://host/v1', 'abc', undefined, { Authorization: 'Bearer abc' }],
    ['wss://host/v1', 'abc', 'api-key', { 'api-key': 'abc' }],
    ['wss://host/v1', ' abc\n', undefined, { Authorization: 'Bearer abc' }],
    ['wss://host/v1', ' ', 'api-key', {}],
  ] as const)(
    '[C225] to %s the key %j goes as it is known, or set, to be wanted',
    (baseUrl, key, keyHeader, headers) => {
      expect(voiceRequest({ baseUrl, key, keyHeader }, 'm').headers).toEqual(headers)
      expect(agentRequest({ baseUrl, key, keyHeader }).headers).toEqual(headers)
    },
  )

  it.each(['sk-a\nb', '“sk”', 'sk-\u200b'])('[C226] the key %j leaves in no header, whoever brought it', (key) => {
    expect(() => voiceRequest({ baseUrl: openAiBaseUrl, key }, 'm')).toThrow(/This key can’t be sent/)
  })
})
