import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../src/core/default-settings.ts'
import { beginningLine, dayLine, withoutTime, withTime } from '../../src/core/local-time.ts'
import { changeTurnMode, configureSession } from '../../src/core/realtime/commands.ts'
import { readSettings, type Settings } from '../../src/core/settings.ts'
import { voiceConfigOf } from '../../src/core/voice-wishes.ts'

const openAi = { kind: 'openai', model: 'gpt-realtime-2.1' } as const
const compatible = { kind: 'compatible', baseUrl: 'ws://127.0.0.1:8000/v1', model: 'theirs' } as const
const azure = { ...compatible, baseUrl: 'wss://mine.openai.azure.com/openai/v1' }
const pcm = { type: 'audio/pcm', rate: 24_000 }
const answers = { create_response: true, interrupt_response: true }

const sessionOf = (some: Partial<Settings>) =>
  configureSession({ ...voiceConfigOf({ ...defaultSettings, ...some }), instructions: 'Be kind.' }).session
const transcriptionOf = (some: Partial<Settings>) => {
  const session = sessionOf({ endpoint: openAi, ...some })
  return 'audio' in session ? session.audio.input?.transcription : null
}

describe('what a session is asked for', () => {
  it('[V210] OpenAI’s newest models are used with all that they take', () => {
    const chosen = { noiseReduction: 'far', voiceEffort: 'low', languages: ['de', 'en'], keywords: ['Parley'] } as const
    expect(sessionOf({ endpoint: openAi, ...chosen, speed: 1.2 })).toEqual({
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: 'Be kind.',
      audio: {
        input: {
          format: pcm,
          transcription: { model: 'gpt-transcribe', languages: ['de', 'en'], keywords: ['Parley'] },
          noise_reduction: { type: 'far_field' },
          turn_detection: { type: 'semantic_vad', eagerness: 'auto', ...answers },
        },
        output: { format: pcm, voice: 'marin', speed: 1.2 },
      },
      reasoning: { effort: 'low' },
      parallel_tool_calls: true,
      truncation: { type: 'retention_ratio', retention_ratio: 0.8 },
      tools: [],
    })
  })

  it('[V210] of a model that does not think no thinking is asked, and what nobody chose is left to the service', () => {
    const session = sessionOf({ endpoint: { kind: 'openai', model: 'gpt-realtime-1.5' }, voiceEffort: 'high' })
    expect(session).not.toHaveProperty('reasoning')
    expect(session).not.toHaveProperty('parallel_tool_calls')
    expect(session).not.toHaveProperty('audio.input.noise_reduction')
    expect(session).not.toHaveProperty('audio.output.speed')
    expect(transcriptionOf({})).toEqual({ model: 'gpt-transcribe' })
  })

  it('[V211] another server is sent nothing that the person did not choose, and its plain voice activity', () => {
    expect(sessionOf({ endpoint: compatible })).toEqual({
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: 'Be kind.',
      audio: { input: { format: pcm, turn_detection: { type: 'server_vad', ...answers } }, output: { format: pcm } },
      tools: [],
    })
    const mode = { mode: 'semantic', eagerness: 'high', knowsMeaning: false } as const
    expect(changeTurnMode(mode).session).toEqual({
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'server_vad', ...answers } } },
    })
    expect(sessionOf({ endpoint: azure })).toMatchObject({
      audio: { input: { turn_detection: { type: 'semantic_vad' } } },
    })
    expect(sessionOf({ endpoint: azure })).not.toHaveProperty('audio.input.transcription')
  })

  it('[V211] what the person chose it is sent', () => {
    const chosen = {
      voice: 'ada',
      speed: 0.9,
      transcriptionModel: 'whisper-large',
      languages: ['de'],
      noiseReduction: 'near',
      voiceEffort: 'minimal',
      turnMode: 'manual',
    } as const
    expect(sessionOf({ endpoint: compatible, ...chosen })).toMatchObject({
      audio: {
        input: {
          transcription: { model: 'whisper-large', language: 'de' },
          noise_reduction: { type: 'near_field' },
          turn_detection: null,
        },
        output: { voice: 'ada', speed: 0.9 },
      },
      reasoning: { effort: 'minimal' },
    })
    // A language alone names no model.
    expect(sessionOf({ endpoint: compatible, languages: ['de'] })).toMatchObject({
      audio: { input: { transcription: { language: 'de' } } },
    })
  })

  it('[V211] the built-in voice is asked for what it has', () => {
    const chosen = { languages: ['de'], noiseReduction: 'far', voiceEffort: 'high', keywords: ['Parley'] } as const
    expect(sessionOf({ ...chosen })).toEqual({
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: 'Be kind.',
      audio: {
        input: {
          format: pcm,
          transcription: { model: 'embedded' },
          turn_detection: { type: 'semantic_vad', eagerness: 'auto', ...answers },
        },
        output: { format: pcm, voice: 'rms' },
      },
      tools: [],
    })
  })

  it('[V212] languages and words are told in the way that what reads the words takes them', () => {
    const words = { languages: ['de'], keywords: ['Ada', 'Parley'] } as const
    expect(transcriptionOf({ ...words, transcriptionModel: 'gpt-4o-mini-transcribe-2025-12-15' })).toEqual({
      model: 'gpt-4o-mini-transcribe-2025-12-15',
      language: 'de',
      prompt: 'Ada, Parley',
    })
    const whisper = { transcriptionModel: 'gpt-realtime-whisper' }
    expect(transcriptionOf({ ...words, ...whisper })).toEqual({ model: 'gpt-realtime-whisper', language: 'de' })
    // One of several would be told as the only one.
    expect(transcriptionOf({ ...whisper, languages: ['de', 'fr'] })).toEqual({ model: 'gpt-realtime-whisper' })
  })

  it('[V212] no language is set until somebody sets one; English of an older version was nobody’s choice', () => {
    expect(readSettings({})?.settings.languages).toEqual([])
    expect(readSettings({ language: 'en' })?.settings.languages).toEqual([])
    expect(readSettings({ language: 'de' })?.settings.languages).toEqual(['de'])
    expect(readSettings({ language: 'de', languages: ['fr'] })?.settings.languages).toEqual(['fr'])
    expect(readSettings({ language: 'de' })?.unknown).toEqual({})
  })
})

describe('the time in words', () => {
  const berlin = { name: 'Europe/Berlin', offsetMinutes: 60 }
  const at = Date.UTC(2026, 10, 26, 23, 13, 40)

  it('[V213] tells date, zone and offset, at the far side of midnight and of the line', () => {
    expect(dayLine(at, berlin)).toBe('Today is Friday, 27 November 2026, in the time zone Europe/Berlin (UTC+01:00).')
    expect(beginningLine(at, { name: 'America/St_Johns', offsetMinutes: -210 })).toBe(
      'Today is Thursday, 26 November 2026, in the time zone America/St_Johns (UTC-03:30). ' +
        'This session begins at 19:43; the answers of your functions tell the time.',
    )
  })

  it('[S212] stands behind a tool’s answer and is taken off again', () => {
    const told = withTime('{"a":1}', at, berlin)
    expect(told).toBe('{"a":1}\nLocal time: 2026-11-27 00:13 +01:00')
    expect(withoutTime(told)).toBe('{"a":1}')
    expect(withoutTime('Local time: noon')).toBe('Local time: noon')
  })
})
