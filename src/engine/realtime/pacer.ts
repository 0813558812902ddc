// When the next piece of speech may go out: faster than real time, but never far ahead of what the person can have
// heard by now, so that a barge-in cancels something and a truncation means something.
import { pause } from '../pause.ts'
import type { EngineClock } from '../ports.ts'

/** How far speech may run ahead of its playback. */
export const leadMs = 2_000

export interface Pacer {
  /** Resolves when `audioMs` more may be sent, or at once when the signal is aborted. */
  turn(audioMs: number, signal: AbortSignal): Promise<void>
  /** When everything sent so far will have been played, if the client plays what it gets without a pause. */
  playedAtMs(): number
  /** The person has interrupted: what was sent and not played will not be. */
  cut(): void
}

/** @param lineClear resolves when the connection has taken what was sent before */
export function createPacer(clock: EngineClock, lineClear: () => Promise<void>): Pacer {
  let playedAtMs = 0
  return {
    async turn(audioMs, signal) {
      await lineClear()
      for (let aheadMs = playedAtMs - clock.nowMs(); aheadMs + audioMs > leadMs; aheadMs = playedAtMs - clock.nowMs()) {
        if (signal.aborted) return
        await pause(clock, Math.max(1, aheadMs + audioMs - leadMs), signal)
      }
      playedAtMs = Math.max(playedAtMs, clock.nowMs()) + audioMs
    },
    playedAtMs: () => playedAtMs,
    cut() {
      playedAtMs = Math.min(playedAtMs, clock.nowMs())
    },
  }
}
