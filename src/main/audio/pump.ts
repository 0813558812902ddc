// Feeds a player without a pause: sound when there is some, silence when not. The player's `write` paces it.
import type { Loudness } from '../../core/audio/loudness.ts'
import { msToSamples } from '../../core/audio/pcm.ts'
import type { Played, Playout } from '../../core/audio/playout.ts'

export interface Progress {
  at: Played | null
  ended: Played[]
  /** Gaps since the start: items that came too slowly, and times when the device got nothing while one was played. */
  underruns: number
  /** With how much an item begins at the moment. */
  startMs: number
}

/** Half a frame at a time, as the device takes it: a cut is heard so much earlier. */
const pieceSamples = msToSamples(10)
/** Reported with every fourth of them (25 times a second) and with each end. */
const piecesPerReport = 4

export async function pumpFrames(pump: {
  playout: Playout
  loudness: Loudness
  /** True when the device had run dry. */
  write: (frame: Int16Array) => Promise<boolean>
  isOpen: () => boolean
  onProgress: (progress: Progress) => void
  /** Another piece is with the device. */
  onMoved: () => void
}): Promise<void> {
  const { playout, loudness } = pump
  let dry = 0
  for (let pieces = 1; pump.isOpen(); pieces++) {
    const { frame, ended, edges } = playout.take(pieceSamples)
    loudness.apply(frame, edges)
    const ranDry = await pump.write(frame)
    pump.onMoved()
    if (ranDry && playout.position() !== null) dry += 1
    if (ended.length === 0 && pieces % piecesPerReport !== 0) continue
    pump.onProgress({ at: playout.position(), ended, underruns: playout.underruns() + dry, startMs: playout.startMs() })
  }
}
