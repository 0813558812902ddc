// Words that were typed while sound still waited to be sent, and those whose sound has to be sent again: which turns were said
// before them shows when the service has come to where that sound ends.
import type { Clock, Undo } from '../ports.ts'
import type { Uplink } from './uplink.ts'

export interface BehindSound {
  /** These words were typed just now. */
  add(turn: string): void
  /** The service tells that somebody speaks, from so far into all sound of this line. */
  hearing(fromMs: number): void
  /**
   * The line is gone, before the uplink is told.
   * @param again how many turns that the line had made of sound come again before these words
   */
  lose(again: (turn: string) => number): void
  /** Nothing is waited for any more. */
  clear(): void
  /** It is not known yet what was said before some of them. */
  isOpen(): boolean
}

export interface BehindSoundOpts {
  clock: Clock
  uplink: Pick<Uplink, 'then' | 'sentMs' | 'provenMs' | 'endedMs'>
  /** The service is about to make a turn of something. */
  isHearing: () => boolean
  /** So many turns that were said before these words are still to come. */
  onKnown: (turn: string, behind: number) => void
}

/** Within this a service tells that it hears somebody. */
const noticedWithinMs = 500
const lookEveryMs = 50
/** A turn is told to begin so much before its first sound, where there was silence (services' `prefix_padding_ms`). */
const paddedMs = 300

export function createBehindSound({ clock, uplink, isHearing, onKnown }: BehindSoundOpts): BehindSound {
  /** Where in the sound of this line the words stand; null until that is sent. */
  const open = new Map<string, { atMs: number | null; undo: Undo }>()

  function end(turn: string, behind: number): void {
    open.get(turn)?.undo()
    if (open.delete(turn)) onKnown(turn, behind)
  }

  function reach(turn: string): void {
    const known = open.get(turn)
    if (!known) return
    known.undo()
    const atMs = uplink.sentMs()
    const look = (): void => {
      // A line that may be dead shows nothing.
      if (uplink.provenMs() >= atMs) return end(turn, Number(isHearing()))
      open.set(turn, { atMs, undo: clock.after(lookEveryMs, look) })
    }
    open.set(turn, { atMs, undo: clock.after(noticedWithinMs, look) })
  }

  function lose(again: (turn: string) => number): void {
    const endedMs = uplink.endedMs()
    for (const [turn, known] of open) {
      known.undo()
      // All that was said before them had become turns; else where they stand is sent again with the sound around it.
      if (known.atMs !== null && known.atMs <= endedMs) end(turn, again(turn))
      known.atMs = null
    }
  }

  return {
    add(turn) {
      open.set(turn, { atMs: null, undo: () => undefined })
      uplink.then(null, () => reach(turn))
    },
    hearing(fromMs) {
      for (const [turn, { atMs }] of open) if (atMs !== null && fromMs + paddedMs >= atMs) end(turn, 0)
    },
    lose,
    clear() {
      for (const { undo } of open.values()) undo()
      open.clear()
    },
    isOpen: () => open.size > 0,
  }
}
