// Hearing and speaking that a test can reckon with: anything louder than a whisper is voice, a turn ends after the
// silence its rule asks for, and every letter is spoken for the same time. The words heard come from the test.
import { createEmitter } from '../../src/core/emitter.ts'
import type { SpeechInput, SpeechInputEvents, Speech, Transcript, TurnRule } from '../../src/engine/ports.ts'

const samplesPerMs = 24
export const msPerLetter = 50

export interface ScriptedSpeech extends Speech {
  /** What the speech input will understand of any audio, from now on. */
  words: string
  /** While set, recognition waits for it. */
  reading: Promise<void> | null
  /** Set to make recognition fail. */
  deaf: boolean
  /** Texts given to the synthesiser, as they were. */
  readonly spoken: { text: string; voice: string; speed: number }[]
  openInputs(): number
}

/** Voice for the scripted input: a square wave. */
export const voiceFor = (ms: number): Int16Array =>
  Int16Array.from({ length: ms * samplesPerMs }, (_, at) => (at % 48 < 24 ? 8_000 : -8_000))
export const silenceFor = (ms: number): Int16Array => new Int16Array(ms * samplesPerMs)

export function createScriptedSpeech(): ScriptedSpeech {
  let inputs = 0
  const speech: ScriptedSpeech = {
    words: 'what time is it',
    reading: null,
    deaf: false,
    spoken: [],
    openInputs: () => inputs,
    synthesiser: {
      voices: ['plain', 'other'],
      async *speak(text, how) {
        speech.spoken.push({ text, voice: how.voice, speed: how.speed })
        const piece = voiceFor(msPerLetter)
        for (let letter = 0; letter < text.length; letter++) {
          if (how.signal.aborted) return
          yield piece
        }
      },
    },
    createSpeechInput() {
      inputs += 1
      return createScriptedInput(speech, () => (inputs -= 1))
    },
    close: async () => undefined,
  }
  return speech
}

function createScriptedInput(speech: ScriptedSpeech, onClosed: () => void): SpeechInput {
  const events = createEmitter<SpeechInputEvents>()
  let rule: TurnRule = { type: 'none' }
  let heard = 0
  let turn: { start: number; lastVoice: number } | null = null
  const silenceMs = (): number => (rule.type === 'server_vad' ? rule.silenceDurationMs : 700)
  const paddingMs = (): number => (rule.type === 'server_vad' ? rule.prefixPaddingMs : 0)

  function judge(voiced: boolean): void {
    if (rule.type === 'none') return
    if (voiced && turn) turn.lastVoice = heard
    else if (voiced) {
      const start = Math.max(0, heard - paddingMs() * samplesPerMs)
      turn = { start, lastVoice: heard }
      events.emit('started', { audioStartMs: start / samplesPerMs })
    } else if (turn && heard - turn.lastVoice >= silenceMs() * samplesPerMs) {
      const { start } = turn
      turn = null
      events.emit('stopped', { audioStartMs: start / samplesPerMs, audioEndMs: heard / samplesPerMs })
    }
  }

  return {
    hear(samples) {
      for (const sample of samples) {
        heard += 1
        judge(Math.abs(sample) > 1_000)
      }
    },
    follow(next) {
      rule = next
      if (next.type === 'none') turn = null
    },
    async read(): Promise<Transcript> {
      const { words } = speech
      if (speech.reading) await speech.reading
      if (speech.deaf) throw new Error('deaf')
      return { text: words, meanLogProbability: -0.1 }
    },
    settled: async () => undefined,
    on: (name, listen) => events.on(name, listen),
    close: onClosed,
  }
}
