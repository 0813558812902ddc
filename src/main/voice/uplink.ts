// The person's sound on its way to the service: in order, at most one second deep in the socket, kept for ten seconds
// while the line is away or slow. What is older than that is dropped and counted, never hidden. Sound of a turn that the
// service has not understood yet is remembered, so that the next line gets it whole.
import { frameMs, samplesToBytes } from '../../core/audio/pcm.ts'
import { appendAudio } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { encodeBase64 } from '../base64.ts'
import type { Clock, Undo } from '../ports.ts'

export interface UplinkLine {
  send(event: ClientEvent): boolean
  bufferedBytes(): number
}

export interface UplinkHealth {
  sentFrames: number
  droppedFrames: number
  heldMs: number
  /** The socket does not take the sound although it is open. */
  blocked: boolean
}

export interface Uplink {
  push(frame: Int16Array): void
  /** Runs `act` when everything pushed before it has been sent; again on the next line when that sound is sent again. */
  then(act: () => void): void
  /** The line that sound goes to from now on; null while there is none. What is held is sent at once. */
  useLine(line: UplinkLine | null): void
  /**
   * The next line takes over while the one before still works off what it has. A turn being spoken is sent to the next one
   * whole (`again`) unless it is too long for that: then the line before keeps what it has (`split`).
   */
  moveTo(line: UplinkLine): 'nothing' | 'again' | 'split'
  /** Nothing is sent while it is held, and nothing is lost (up to ten seconds). */
  hold(held: boolean): void
  /** The service hears a turn that began `fromMs` into the sound sent over this line: it is remembered from there. */
  keep(turn: string, fromMs: number): void
  /** The key went down: what is sent from now on is remembered until the service makes it a turn … */
  keepPress(): void
  /** … or until the press comes to nothing. */
  dropPress(): void
  /**
   * The service made a turn of what it heard, or of what the oldest press gave.
   * @returns the turn's sound, at most the newest ten seconds
   */
  taken(turn: string): Int16Array[]
  /** The service has understood the turn; its sound is needed no more. */
  forget(turn: string): void
  isKept(turn: string): boolean
  /** Forgets what is held behind the last mark: sound that belongs to no turn yet. */
  clear(): void
  health(): UplinkHealth
}

/** One second of 24 kHz PCM16 as base64 in JSON is about 66 kB. */
export const mostBufferedBytes = 66_000
export const mostHeldMs = 10_000
/** The socket takes nothing for this long: the person is told. */
const stuckAfterMs = 2_000
const retryEveryMs = 50

type Entry = { type: 'frame'; frame: Int16Array } | { type: 'mark'; act: () => void }
/** `at`: frames sent over this line before it. */
type Sent = Entry & { at: number }

/** Where a turn's sound begins among what this line was sent, and whether the service has made a turn of it. */
interface Kept {
  at: number
  taken: boolean
}

/** Keys of `kept` beside the ids of turns. */
const pressed = 'press '
const takenOver = 'taken over'

const mostFrames = mostHeldMs / frameMs

/** @param onStuck told once each time the open socket takes nothing for two seconds */
export function createUplink(clock: Clock, onStuck: () => void): Uplink {
  let line: UplinkLine | null = null
  let held = false
  let waiting: Entry[] = []
  let heldFrames = 0
  let sentFrames = 0
  let droppedFrames = 0
  /** Of this line, the newest ten seconds. */
  let sent: Sent[] = []
  let sentHere = 0
  /** Where turns that are not understood yet begin, by turn, by press, or what was taken over from a lost line. */
  const kept = new Map<string, Kept>()
  let presses = 0
  let blocked: { sinceMs: number; told: boolean } | null = null
  let undoRetry: Undo | null = null

  function flush(): void {
    let entry = waiting[0]
    while (entry && line !== null && !held) {
      if (line.bufferedBytes() > mostBufferedBytes) {
        blocked ??= { sinceMs: clock.monotonicMs(), told: false }
        break
      }
      if (entry.type === 'frame' && !line.send(appendAudio(encodeBase64(samplesToBytes(entry.frame))))) break
      waiting.shift()
      remember(entry)
      if (entry.type === 'mark') entry.act()
      entry = waiting[0]
    }
    // A line that takes some of it now and then has not caught up: it is too slow.
    if (waiting.length === 0) blocked = null
    watch()
  }

  function remember(entry: Entry): void {
    sent.push({ ...entry, at: sentHere })
    if (entry.type === 'frame') {
      sentHere++
      sentFrames++
      heldFrames--
    }
    if (sent.length > 2 * mostFrames) sent = sent.filter(({ at }) => at >= sentHere - mostFrames)
  }

  /** A socket that is full is tried again by itself: after the key is up no frame comes that would do it. */
  function watch(): void {
    if (blocked && !blocked.told && clock.monotonicMs() - blocked.sinceMs >= stuckAfterMs) {
      blocked.told = true
      onStuck()
    }
    if (undoRetry || waiting.length === 0 || line === null || held) return
    undoRetry = clock.after(retryEveryMs, () => {
      undoRetry = null
      flush()
    })
  }

  function dropOldest(): void {
    while (heldFrames > mostFrames) {
      const at = waiting.findIndex((entry) => entry.type === 'frame')
      if (at === -1) return
      waiting.splice(at, 1)
      heldFrames--
      droppedFrames++
    }
  }

  /** What the lost line had of turns that were not understood is sent again, before what waits. */
  function takeBack(): void {
    const from = Math.max(Math.min(...[...kept.values()].map(({ at }) => at)), sentHere - mostFrames)
    const again = kept.size === 0 ? [] : sent.filter(({ at }) => at >= from)
    kept.clear()
    // The next session gives the turn a name of its own.
    if (again.length > 0) kept.set(takenOver, { at: 0, taken: false })
    const frames = again.filter((entry) => entry.type === 'frame').length
    waiting = [...again.map(({ at: _, ...entry }) => entry), ...waiting]
    heldFrames += frames
    sentFrames -= frames
    sent = []
    sentHere = 0
    dropOldest()
  }

  function useLine(next: UplinkLine | null): void {
    if (line !== null && next !== line) takeBack()
    line = next
    blocked = null
    undoRetry?.()
    undoRetry = null
    flush()
  }

  return {
    push(frame) {
      waiting.push({ type: 'frame', frame })
      heldFrames++
      dropOldest()
      flush()
    },
    then(act) {
      waiting.push({ type: 'mark', act })
      flush()
    },
    useLine,
    moveTo(next) {
      // What the line before has made turns of, it will understand.
      for (const [turn, { taken }] of kept) if (taken) kept.delete(turn)
      const oldest = Math.min(...[...kept.values()].map(({ at }) => at))
      const how = kept.size === 0 ? 'nothing' : sentHere - oldest <= mostFrames ? 'again' : 'split'
      if (how !== 'again') kept.clear()
      useLine(next)
      return how
    },
    hold(now) {
      if (held === now) return
      held = now
      flush()
    },
    keep(turn, fromMs) {
      const at = Math.min(sentHere, Math.max(0, Math.floor(fromMs / frameMs)))
      kept.set(turn, { at, taken: false })
    },
    keepPress: () => void kept.set(`${pressed}${presses++}`, { at: sentHere, taken: false }),
    dropPress() {
      const newest = [...kept.keys()].findLast((key) => key.startsWith(pressed))
      if (newest !== undefined) kept.delete(newest)
    },
    taken(turn) {
      const key = kept.has(turn) ? turn : [...kept.keys()].find((other) => other.startsWith(pressed))
      const begun = key === undefined ? undefined : kept.get(key)
      if (key === undefined || !begun) return []
      kept.delete(key)
      kept.set(turn, { at: begun.at, taken: true })
      return sent.flatMap((entry) => (entry.type === 'frame' && entry.at >= begun.at ? [entry.frame] : []))
    },
    forget(turn) {
      kept.delete(turn)
      kept.delete(takenOver)
    },
    isKept: (turn) => kept.has(turn),
    clear() {
      const last = waiting.findLastIndex((entry) => entry.type === 'mark')
      waiting = waiting.slice(0, last + 1)
      heldFrames = waiting.filter((entry) => entry.type === 'frame').length
    },
    health: () => ({ sentFrames, droppedFrames, heldMs: heldFrames * frameMs, blocked: blocked !== null }),
  }
}
