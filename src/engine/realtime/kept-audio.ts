// The samples of the conversation's spoken items, the newest so many minutes of them; lengths are kept for all.
// 24 kHz mono PCM16 throughout.

export const samplesPerMs = 24

export interface KeptAudio {
  append(item: string, samples: Int16Array): void
  /** Whole milliseconds; 0 for an item without audio. */
  durationMs(item: string): number
  /** Forgets what lies behind `endMs`; later samples of the item are not kept either. */
  cut(item: string, endMs: number): void
  /** Null when there is none or it is too long ago. */
  read(item: string): Int16Array | null
  drop(item: string): void
}

interface Track {
  pieces: Int16Array[]
  samples: number
  closed: boolean
  forgotten: boolean
}

/** @param keptMs how much audio of all items together stays readable */
export function createKeptAudio(keptMs: number): KeptAudio {
  const tracks = new Map<string, Track>()
  let held = 0

  function forgetOldest(): void {
    for (const track of tracks.values()) {
      if (held <= keptMs * samplesPerMs) return
      if (track.forgotten) continue
      held -= track.samples
      track.forgotten = true
      track.pieces = []
    }
  }

  return {
    append(item, samples) {
      const track = tracks.get(item) ?? { pieces: [], samples: 0, closed: false, forgotten: false }
      tracks.set(item, track)
      if (track.closed) return
      track.samples += samples.length
      if (track.forgotten) return
      track.pieces.push(samples)
      held += samples.length
      forgetOldest()
    },
    durationMs: (item) => Math.floor((tracks.get(item)?.samples ?? 0) / samplesPerMs),
    cut(item, endMs) {
      const track = tracks.get(item)
      if (!track) return
      const kept = joined(track.pieces).slice(0, endMs * samplesPerMs)
      if (!track.forgotten) {
        held -= track.samples - kept.length
        track.pieces = [kept]
      }
      track.samples = Math.min(track.samples, endMs * samplesPerMs)
      track.closed = true
    },
    read(item) {
      const track = tracks.get(item)
      return track && !track.forgotten ? joined(track.pieces) : null
    },
    drop(item) {
      const track = tracks.get(item)
      if (track && !track.forgotten) held -= track.samples
      tracks.delete(item)
    },
  }
}

export function joined(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
