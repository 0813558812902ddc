// The client events that Parley sends, built in one place. Pure: ids and audio come from the caller.
import { addressOf, type Picture } from '../pictures/picture.ts'
import type { ClientEvent, ClientEventOf, FunctionTool, WireItem, WireTurnDetection } from './events.ts'

/** How turns end: by meaning, by silence, or by the person's key. */
export type TurnMode = 'semantic' | 'server' | 'manual'
export type Eagerness = 'auto' | 'low' | 'medium' | 'high'

/** How hard a model thinks before it speaks, in the service's words. */
export type Effort = 'minimal' | 'low' | 'medium' | 'high' | 'xhigh'

/** What reads the person's words. A field that is absent is the service's own choice. */
export interface Reading {
  model?: string
  /** ISO 639-1. */
  language?: string
  languages?: readonly string[]
  keywords?: readonly string[]
  prompt?: string
}

/** Null is not sent: it is left to the service. */
export interface VoiceConfig {
  instructions: string
  voice: string | null
  /** 0.25–1.5; the service changes it between turns only. 1 is the voice's own. */
  speed: number
  transcription: Reading | null
  mode: TurnMode
  eagerness: Eagerness
  /** The service is known to judge by meaning; another gets its plain voice activity for that. */
  knowsMeaning: boolean
  /** Whether words over the voice are an interruption is judged on this side: the service does not break off by itself. */
  isJudgedHere?: boolean
  noiseReduction: 'near_field' | 'far_field' | null
  effort: Effort | null
  parallelCalls: boolean | null
  /** Of a session that is full so much stays when the service drops its oldest, 0–1. */
  retention: number | null
  tools: readonly FunctionTool[]
}

/** 24 kHz is the only rate of PCM16 that the service takes. */
const pcm24k = { type: 'audio/pcm', rate: 24_000 } as const

export type TurnWish = Pick<VoiceConfig, 'mode' | 'eagerness' | 'knowsMeaning' | 'isJudgedHere'>

export function turnDetection(wish: TurnWish): WireTurnDetection | null {
  const { mode, eagerness, knowsMeaning, isJudgedHere = false } = wish
  const answers = { create_response: true, interrupt_response: !isJudgedHere }
  switch (mode) {
    case 'semantic':
      return knowsMeaning ? { type: 'semantic_vad', eagerness, ...answers } : { type: 'server_vad', ...answers }
    case 'server':
      // 500 ms is the documented default; the service has been seen to use 200, which cuts people off.
      return { type: 'server_vad', silence_duration_ms: 500, ...answers }
    case 'manual':
      return null
  }
}

/** The whole session. The voice is left out once the session has spoken: the service freezes it then. */
export function configureSession(config: VoiceConfig): ClientEventOf<'session.update'> {
  const { voice, speed, transcription, noiseReduction, effort, parallelCalls, retention } = config
  return {
    type: 'session.update',
    session: {
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: config.instructions,
      audio: {
        input: {
          format: pcm24k,
          ...(transcription === null ? {} : { transcription: readingOf(transcription) }),
          ...(noiseReduction === null ? {} : { noise_reduction: { type: noiseReduction } }),
          turn_detection: turnDetection(config),
        },
        output: { format: pcm24k, ...(voice === null ? {} : { voice }), ...(speed === 1 ? {} : { speed }) },
      },
      ...(effort === null ? {} : { reasoning: { effort } }),
      ...(parallelCalls === null ? {} : { parallel_tool_calls: parallelCalls }),
      ...(retention === null ? {} : { truncation: { type: 'retention_ratio', retention_ratio: retention } }),
      tools: [...config.tools],
    },
  }
}

function readingOf({ languages, keywords, ...one }: Reading) {
  return {
    ...one,
    ...(languages ? { languages: [...languages] } : {}),
    ...(keywords ? { keywords: [...keywords] } : {}),
  }
}

export function changeTurnMode(wish: TurnWish): ClientEventOf<'session.update'> {
  return {
    type: 'session.update',
    // The generated type forbids null here although null is the documented way to manual mode.
    session: { type: 'realtime', audio: { input: { turn_detection: turnDetection(wish) } } },
  }
}

/** @param audio base64 of PCM16, little-endian, 24 kHz mono */
export function appendAudio(audio: string): ClientEvent {
  return { type: 'input_audio_buffer.append', audio }
}

export const commitAudio: ClientEvent = { type: 'input_audio_buffer.commit' }
export const clearAudio: ClientEvent = { type: 'input_audio_buffer.clear' }

export function createItem(item: WireItem): ClientEventOf<'conversation.item.create'> {
  return { type: 'conversation.item.create', item }
}

export function deleteItem(item: string): ClientEvent {
  return { type: 'conversation.item.delete', item_id: item }
}

/** What the person says and shows; of pictures the addresses, which are made bytes when it is sent. */
export function userMessage(id: string, text: string, pictures: readonly Picture[] = []): WireItem {
  const words = text === '' && pictures.length > 0 ? [] : [{ type: 'input_text' as const, text }]
  const shown = pictures.map((one) => ({ type: 'input_image' as const, image_url: addressOf(one) }))
  return { id, type: 'message', role: 'user', content: [...words, ...shown] }
}

/** The service gives it back with the response: that tells ours from those that it begins by itself. */
export const askedWithKey = 'asked_with'

export function createResponse(eventId: string): ClientEvent {
  const response = { output_modalities: ['audio' as const], metadata: { [askedWithKey]: eventId } }
  return { type: 'response.create', event_id: eventId, response }
}

/** A response of these words alone. */
export function sayWords(eventId: string, words: string): ClientEvent {
  const instructions = `Say exactly: "${words.replaceAll('"', '”')}"`
  const response = { output_modalities: ['audio' as const], instructions, metadata: { [askedWithKey]: eventId } }
  return { type: 'response.create', event_id: eventId, response }
}

/** @param responseId null for whichever is running */
export function cancelResponse(responseId: string | null): ClientEvent {
  return responseId === null ? { type: 'response.cancel' } : { type: 'response.cancel', response_id: responseId }
}

/** @param playedMs what left the speaker, an integer within the audio received */
export function truncateItem(item: string, playedMs: number): ClientEventOf<'conversation.item.truncate'> {
  return { type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: Math.floor(playedMs) }
}
