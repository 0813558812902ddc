// Where speech begins, pauses and goes on, window by window. Pure. How long a pause must last to end the turn is the
// rule's business (speech-input.ts asks end-of-turn.ts).
import { windowMs } from '../../speech/voice-activity.ts'

/** Window numbers count all windows the speech input ever heard. */
export type Turn =
  | { type: 'quiet'; rising: number }
  | { type: 'voiced'; from: number }
  /** `voiceTo`: the first window without voice. `rising`: windows in a row that may be the voice coming back. */
  | { type: 'paused'; from: number; voiceTo: number; rising: number }

export interface VoiceThresholds {
  /** Voice begins at this probability … */
  on: number
  /** … and goes on until it falls below this one. */
  off: number
}

/** Two windows in a row: one alone is a click or a key. */
const onsetWindows = 2

export const noTurn: Turn = { type: 'quiet', rising: 0 }

export function thresholdsAt(threshold: number): VoiceThresholds {
  return { on: threshold, off: Math.max(threshold - 0.15, Math.min(threshold, 0.05)) }
}

/** @param window number of the window that has this probability of speech */
export function step(turn: Turn, window: number, probability: number, { on, off }: VoiceThresholds): Turn {
  switch (turn.type) {
    case 'quiet': {
      const rising = probability >= on ? turn.rising + 1 : 0
      return rising < onsetWindows ? { type: 'quiet', rising } : { type: 'voiced', from: window + 1 - rising }
    }
    case 'voiced':
      return probability >= off ? turn : { type: 'paused', from: turn.from, voiceTo: window, rising: 0 }
    case 'paused': {
      const rising = probability >= on ? turn.rising + 1 : 0
      return rising < onsetWindows ? { ...turn, rising } : { type: 'voiced', from: turn.from }
    }
  }
}

/** Silence at the end of a pause, in ms of audio; 0 while the voice may be coming back. */
export function silenceMs(turn: Turn, windows: number): number {
  return turn.type === 'paused' && turn.rising === 0 ? (windows - turn.voiceTo) * windowMs : 0
}
