// What the person chose about the echo of the voice in the microphone, and how that stands; decided in echo-mode.ts.

export interface CleaningChoice {
  /** `automatic`: cancelled unless headphones are worn. `off`: what the microphone hears is sent as it is. */
  echo: 'automatic' | 'on' | 'off'
  noise: boolean
}

export const usualCleaning: CleaningChoice = { echo: 'automatic', noise: true }

/** `half-duplex`: while the voice speaks, nothing of the microphone is sent unless somebody clearly speaks over it. */
export type EchoMode =
  | { type: 'off'; why: 'chosen' | 'headphones' | 'no-echo' }
  | { type: 'cancelling' }
  | { type: 'half-duplex'; why: 'leak' | 'no-library' }

export interface EchoView {
  mode: EchoMode
  /** How much less of the voice there is after cancellation; null until the voice has spoken for long enough. */
  erleDb: number | null
  /** From the write to the speaker until the sound is back, as measured; null when it was not found in the microphone. */
  delayMs: number | null
  /** Noise suppression works. */
  noise: boolean
}
