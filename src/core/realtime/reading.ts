// What a session is sent that only reads words aloud: beside every conversation, piece by piece, so that none is too long to
// be said as it stands. Pure.
import { configureSession, type VoiceConfig } from './commands.ts'
import type { ClientEvent } from './events.ts'

/** The built-in voice says no more than a thousand characters as they are. */
const longestPiece = 900

export function beginReading(voice: string | null, speed: number): ClientEvent {
  const config: VoiceConfig = {
    instructions: 'You read out what you are given, word for word, and say nothing else.',
    voice,
    speed,
    transcription: null,
    mode: 'manual',
    eagerness: 'auto',
    knowsMeaning: false,
    noiseReduction: null,
    effort: null,
    parallelCalls: null,
    retention: null,
    tools: [],
  }
  return configureSession(config)
}

export function readPiece(eventId: string, words: string): ClientEvent {
  const instructions = `Say exactly: "${words.replaceAll('"', '”')}"`
  return {
    type: 'response.create',
    event_id: eventId,
    response: {
      conversation: 'none',
      output_modalities: ['audio'],
      instructions,
      input: [],
      tools: [],
      tool_choice: 'none',
    },
  }
}

/** Pieces that can be said one after another, cut behind a sentence where there is one, else between words. */
export function piecesOf(text: string, longest = longestPiece): readonly string[] {
  const pieces: string[] = []
  let rest = text.replace(/\s+/g, ' ').trim()
  while (rest.length > longest) {
    const head = rest.slice(0, longest)
    const sentence = Math.max(...['. ', '! ', '? ', '。', '؟ '].map((end) => head.lastIndexOf(end)))
    const at = sentence > longest / 3 ? sentence + 1 : head.lastIndexOf(' ') > 0 ? head.lastIndexOf(' ') : longest
    pieces.push(rest.slice(0, at).trim())
    rest = rest.slice(at).trim()
  }
  return rest === '' ? pieces : [...pieces, rest]
}
