// Feeds a player without a pause: sound when there is some, silence when not. The player's `write` paces it.
import type { Played, Playout } from '../../core/audio/playout.ts'

export interface Progress {
  at: Played | null
  ended: Played[]
}

/** Reported with every second frame (25 times a second) and with each end. */
const framesPerReport = 2

export async function pumpFrames(pump: {
  playout: Playout
  write: (frame: Int16Array) => Promise<void>
  isOpen: () => boolean
  onProgress: (progress: Progress) => void
}): Promise<void> {
  for (let frames = 1; pump.isOpen(); frames++) {
    const { frame, ended } = pump.playout.take()
    await pump.write(frame)
    if (ended.length > 0 || frames % framesPerReport === 0) pump.onProgress({ at: pump.playout.position(), ended })
  }
}
