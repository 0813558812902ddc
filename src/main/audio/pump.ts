// Feeds a player without a pause: sound when there is some, silence when not. The player's `write` paces it.
import type { Played, Playout } from '../../core/audio/playout.ts'

export interface Progress {
  at: Played | null
  ended: Played[]
  /** Gaps since the start: items that came too slowly, and times when the device got nothing while one was played. */
  underruns: number
}

/** Reported with every second frame (25 times a second) and with each end. */
const framesPerReport = 2

export async function pumpFrames(pump: {
  playout: Playout
  /** True when the device had run dry. */
  write: (frame: Int16Array) => Promise<boolean>
  isOpen: () => boolean
  onProgress: (progress: Progress) => void
}): Promise<void> {
  const { playout } = pump
  let dry = 0
  for (let frames = 1; pump.isOpen(); frames++) {
    const { frame, ended } = playout.take()
    const ranDry = await pump.write(frame)
    if (ranDry && playout.position() !== null) dry += 1
    if (ended.length === 0 && frames % framesPerReport !== 0) continue
    pump.onProgress({ at: playout.position(), ended, underruns: playout.underruns() + dry })
  }
}
