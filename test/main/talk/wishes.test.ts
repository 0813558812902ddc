import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../src/core/default-settings.ts'
import type { Settings } from '../../../src/core/settings.ts'
import { voiceConfigOf } from '../../../src/core/voice-wishes.ts'
import { parseTalk, type TalkOptions } from '../../../src/main/talk/options.ts'
import { wishesOf } from '../../../src/main/talk/wishes.ts'

const server = 'ws://127.0.0.1:8000/v1'
const set: Settings = {
  ...defaultSettings,
  endpoint: { kind: 'openai', model: 'gpt-realtime-2.1-mini' },
  voice: 'cedar',
  speed: 1.1,
  languages: ['de'],
  keywords: ['Ada'],
  noiseReduction: 'near',
  instructions: 'Be brief.',
  turnMode: 'manual',
  transcriptionModel: 'gpt-4o-transcribe',
  agentModel: 'gpt-6.1-sol',
}
const wishes = (...args: string[]): Settings =>
  wishesOf(set, parseTalk(args, { OPENAI_API_KEY: 'sk-of-a-test' }) as TalkOptions)

describe('what a talk is asked for', () => {
  it('[K200] is what was set in the window, and what the command line says instead', () => {
    const config = voiceConfigOf(wishes('--endpoint', 'openai', 'a.wav'))
    expect(config).toMatchObject({
      voice: 'cedar',
      speed: 1.1,
      noiseReduction: 'near_field',
      transcription: { model: 'gpt-4o-transcribe', language: 'de', prompt: 'Ada' },
      mode: 'semantic',
    })
    expect(config.instructions).toContain('Be brief.')
    const other = wishes(
      '--endpoint',
      'openai',
      '--voice',
      'marin',
      '--model',
      'gpt-realtime-2',
      '--mode',
      'server',
      'a.wav',
    )
    expect(other).toMatchObject({ voice: 'marin', endpoint: { model: 'gpt-realtime-2' }, turnMode: 'server' })
    expect(wishes('--endpoint', 'openai', 'a.wav').endpoint.model).toBe('gpt-realtime-2.1-mini')
  })

  it('[K200] another service is not asked for the voice and the models of the one that is set', () => {
    const there = wishes('--endpoint', server, 'a.wav')
    expect(there).toMatchObject({ endpoint: { kind: 'compatible', baseUrl: server }, voice: '', agentModel: '' })
    expect(voiceConfigOf(there)).toMatchObject({ voice: null, transcription: { language: 'de' } })
    expect(voiceConfigOf(wishes('a.wav'))).toMatchObject({ voice: 'rms', transcription: { model: 'embedded' } })
    expect(
      voiceConfigOf(wishesOf(defaultSettings, parseTalk(['a.wav'], {}) as TalkOptions)).transcription,
    ).not.toHaveProperty('language')
  })
})
