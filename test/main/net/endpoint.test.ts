import { describe, expect, it } from 'vitest'
import { EndpointError, openAiBaseUrl, voiceRequest } from '../../../src/main/net/endpoint.ts'

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
})
