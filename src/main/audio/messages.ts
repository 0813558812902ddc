// What main and the sound process say to each other, written once. Sound travels as Int16Array (24 kHz mono).
import type { SoundDevice, SoundPart } from '../../core/audio/device-choice.ts'
import type { InterruptionEvent } from '../../core/turn/interruption.ts'
import type { CleaningChoice, EchoView } from '../../core/audio/echo-view.ts'
import type { SoundErrorKind } from './errors.ts'
import type { FloorDecision } from './interruptions.ts'

export type { SoundDevice, SoundPart }

export type ToHost =
  | { type: 'open'; part: SoundPart; device: string | null }
  | { type: 'close'; part: SoundPart }
  | { type: 'play'; key: string; samples: Int16Array }
  | { type: 'finish'; key: string }
  | { type: 'cut'; cut: number }
  | { type: 'list' }
  /** 0–1. */
  | { type: 'volume'; volume: number }
  /** The person may speak over the voice at any moment. */
  | { type: 'listen'; on: boolean }
  /** What the capture half says of itself: the microphone hears the voice, interruptions need more. */
  | { type: 'half-duplex'; on: boolean }
  | { type: 'interruption'; event: Extract<InterruptionEvent, { type: 'service' | 'words' | 'key' }> }
  | { type: 'clean'; choice: CleaningChoice }
  /** The frames are to say what of them is speech. */
  | { type: 'watch-speech'; on: boolean }

export interface KeyPlayed {
  key: string
  playedSamples: number
}

export type FromHost =
  /** `isInstead`: the wanted device is not there, this is the default one. */
  | { type: 'opened'; part: SoundPart; device: string; isInstead: boolean; rateHz: number }
  | { type: 'refused'; part: SoundPart; kind: SoundErrorKind; message: string }
  | { type: 'closed'; part: SoundPart }
  /** 20 ms from the microphone. Its coming is the microphone's sign of life. */
  /** `rawPeak`: before it was cleaned, 0–32,768; 0 is a device that gives nothing. `speech`: of the moments judged since the last one. */
  | { type: 'frame'; samples: Int16Array; rawPeak: number; speech?: number[] | undefined }
  /** Several at once, while nobody speaks. */
  | { type: 'frames'; frames: (FromHost & { type: 'frame' })[] }
  /** What is speech can't be judged there. */
  | { type: 'no-speech-watch' }
  /** How the voice's echo in the microphone stands: when it changed. */
  | { type: 'echo'; view: EchoView }
  /** At least every 40 ms while the speaker is open, also in silence: the speaker's sign of life. */
  | { type: 'progress'; at: KeyPlayed | null; ended: KeyPlayed[]; underruns: number; startMs: number }
  /** Whether interruptions are judged there. */
  | { type: 'judging'; able: boolean }
  | { type: 'floor'; decision: FloorDecision }
  | { type: 'cut'; cut: number; items: KeyPlayed[] }
  /** `tookMs`: of work there, without the wait for it. */
  | { type: 'devices'; devices: SoundDevice[]; tookMs: number }
