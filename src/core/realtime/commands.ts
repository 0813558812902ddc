// The client events that Parley sends, built in one place. Pure: ids and audio come from the caller.
import type { ClientEvent, ClientEventOf, FunctionTool, WireItem, WireTurnDetection } from './events.ts'

/** How turns end: by meaning, by silence, or by the person's key. */
export type TurnMode = 'semantic' | 'server' | 'manual'
export type Eagerness = 'auto' | 'low' | 'medium' | 'high'

export interface VoiceConfig {
  instructions: string
  voice: string
  /** 0.25–1.5; the service changes it between turns only. */
  speed: number
  /** ISO 639-1, null for the service's own guess. */
  language: string | null
  transcriptionModel: string
  mode: TurnMode
  eagerness: Eagerness
  tools: readonly FunctionTool[]
}

/** 24 kHz is the only rate of PCM16 that the service takes. */
const pcm24k = { type: 'audio/pcm', rate: 24_000 } as const

export function turnDetection(mode: TurnMode, eagerness: Eagerness): WireTurnDetection | null {
  switch (mode) {
    case 'semantic':
      return { type: 'semantic_vad', eagerness, create_response: true, interrupt_response: true }
    case 'server':
      // 500 ms is the documented default; the service has been seen to use 200, which cuts people off.
      return { type: 'server_vad', silence_duration_ms: 500, create_response: true, interrupt_response: true }
    case 'manual':
      return null
  }
}

/** The whole session. The voice is left out once the session has spoken: the service freezes it then. */
export function configureSession(config: VoiceConfig): ClientEventOf<'session.update'> {
  const language = config.language === null ? {} : { language: config.language }
  return {
    type: 'session.update',
    session: {
      type: 'realtime',
      output_modalities: ['audio'],
      instructions: config.instructions,
      audio: {
        input: {
          format: pcm24k,
          transcription: { model: config.transcriptionModel, ...language },
          turn_detection: turnDetection(config.mode, config.eagerness),
        },
        output: { format: pcm24k, voice: config.voice, speed: config.speed },
      },
      tools: [...config.tools],
    },
  }
}

export function changeTurnMode(mode: TurnMode, eagerness: Eagerness): ClientEventOf<'session.update'> {
  return {
    type: 'session.update',
    // The generated type forbids null here although null is the documented way to manual mode.
    session: {
      type: 'realtime',
      audio: { input: { turn_detection: turnDetection(mode, eagerness) } },
    },
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

export function userText(id: string, text: string): WireItem {
  return { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
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
