// The person's sound on its way to the service: in order, at most one second deep in the socket, kept for ten seconds
// while the line is away or slow. What is older than that is dropped and counted, never hidden. Sound counts as received when
// the service proves it: by the answer to a ping that was sent behind it, or by an event that names it. The next line is sent
// what no line has proven, and the turns whose answer still depends on their sound.
import { frameMs, samplesToBytes } from '../../core/audio/pcm.ts'
import { appendAudio } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { encodeBase64 } from '../base64.ts'
import type { Clock, Undo } from '../ports.ts'
import { createSentSound, mostHeldMs, type Entry, type SentSound } from '../../core/audio/sent-sound.ts'

export interface UplinkLine {
  send(event: ClientEvent): boolean
  bufferedBytes(): number
  /** Asks the other end for life. @returns the mark of the answer, null when the socket is gone */
  ping(): number | null
}

export interface UplinkHealth {
  sentFrames: number
  droppedFrames: number
  heldMs: number
  /** The socket does not take the sound although it is open. */
  blocked: boolean
}

export interface Uplink extends Pick<
  SentSound,
  'keep' | 'endTurn' | 'beginPress' | 'endPress' | 'drop' | 'taken' | 'forget' | 'isKept' | 'isUnproven' | 'rest'
> {
  /** @param press the press that it belongs to; null where the service itself finds the turns */
  push(frame: Int16Array, press?: string | null): void
  /**
   * Runs `act` when everything pushed before it has been sent; again on the next line when that press, or the sound around it, is
   * sent again.
   */
  then(press: string | null, act: () => void): void
  /** How much sound this line was sent, how much of it the service has, and up to where that made turns of it. */
  sentMs(): number
  provenMs(): number
  endedMs(): number
  /** The line that sound goes to from now on; null while there is none. What is held is sent at once. */
  useLine(line: UplinkLine | null): void
  /**
   * The next line takes over while the one before still works off what it has. A turn being spoken is sent to the next one
   * whole (`again`) unless it is too long for that: then the line before keeps what it has (`split`).
   */
  moveTo(line: UplinkLine): 'nothing' | 'again' | 'split'
  /** For at most a second at a time nothing is sent while it is held; nothing is lost. */
  hold(held: boolean): void
  /** So long it must still be held until the line has shown what it makes of what it has; 0 where it is not held. */
  holdMs(): number
  /** The line has everything that was sent before the ping of that mark. */
  proven(mark: number): void
  /** Forgets what is held behind the last mark, sound that belongs to no turn yet; or all that no line has taken. */
  clear(what?: 'all'): void
  health(): UplinkHealth
}

/** One second of 24 kHz PCM16 as base64 in JSON is about 66 kB. */
export const mostBufferedBytes = 66_000
/** The socket takes nothing for this long: the person is told. */
const stuckAfterMs = 2_000
const retryEveryMs = 50
/** So much sound is sent between two pings that prove it. */
const framesPerPing = 25
/** Nobody's voice waits longer for the one or the other of two sessions. */
const longestHoldMs = 1_000
/** Within this a service tells that it hears somebody. */
const noticedWithinMs = 500
const mostFrames = mostHeldMs / frameMs

export const slowNetwork =
  'The network is too slow for your voice right now. What you say is kept for ten seconds; check the connection.'

/** @param onStuck told once each time the open socket takes nothing for two seconds */
export function createUplink(clock: Clock, onStuck: () => void): Uplink {
  const { add, ask, handOver, endLine, ...sent } = createSentSound()
  let line: UplinkLine | null = null
  let held: { sinceMs: number } | null = null
  /** When a frame was sent last. */
  let gaveMs = -Infinity
  let waiting: Entry[] = []
  let heldFrames = 0
  let sentFrames = 0
  let droppedFrames = 0
  let unasked = 0
  let blocked: { sinceMs: number; told: boolean } | null = null
  let undoRetry: Undo | null = null

  function flush(): void {
    let entry = waiting[0]
    while (entry && line !== null && held === null) {
      if (line.bufferedBytes() > mostBufferedBytes) {
        blocked ??= { sinceMs: clock.monotonicMs(), told: false }
        break
      }
      if (entry.type === 'frame' && !line.send(appendAudio(encodeBase64(samplesToBytes(entry.frame))))) break
      waiting.shift()
      note(entry)
      entry = waiting[0]
    }
    // A line that takes some of it now and then has not caught up: it is too slow.
    if (waiting.length === 0) blocked = null
    watch()
  }

  function note(entry: Entry): void {
    add(entry)
    if (entry.type === 'mark') {
      if (entry.press === null) askProof()
      return entry.act()
    }
    sentFrames++
    heldFrames--
    gaveMs = clock.monotonicMs()
    if (++unasked >= framesPerPing) askProof()
  }

  function askProof(): void {
    unasked = 0
    const mark = line?.ping() ?? null
    if (mark !== null) ask(mark)
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

  function resend(again: readonly Entry[]): void {
    const frames = again.filter((entry) => entry.type === 'frame').length
    waiting = [...again, ...waiting]
    heldFrames += frames
    sentFrames -= frames
    dropOldest()
  }

  function useLine(next: UplinkLine | null): void {
    if (line !== null && next !== line) resend(endLine('lost'))
    line = next
    blocked = null
    unasked = 0
    undoRetry?.()
    undoRetry = null
    flush()
  }

  return {
    ...sent,
    push(frame, press = null) {
      waiting.push({ type: 'frame', frame, press })
      heldFrames++
      dropOldest()
      const nowMs = clock.monotonicMs()
      if (held && nowMs - held.sinceMs >= longestHoldMs) {
        held = null
        flush()
        held = { sinceMs: nowMs }
      }
      flush()
    },
    then(press, act) {
      waiting.push({ type: 'mark', press, act })
      flush()
    },
    useLine,
    moveTo(next) {
      const how = handOver()
      resend(endLine(how))
      line = null
      useLine(next)
      return how
    },
    hold(now) {
      if ((held !== null) === now) return
      held = now ? { sinceMs: clock.monotonicMs() } : null
      flush()
    },
    holdMs: () => (held === null ? 0 : Math.max(0, gaveMs + noticedWithinMs - clock.monotonicMs())),
    clear(what) {
      const last = waiting.findLastIndex((entry) => entry.type === 'mark')
      waiting = what === 'all' ? waiting.filter(({ type }) => type === 'mark') : waiting.slice(0, last + 1)
      heldFrames = waiting.filter((entry) => entry.type === 'frame').length
    },
    health: () => ({ sentFrames, droppedFrames, heldMs: heldFrames * frameMs, blocked: blocked !== null }),
  }
}
