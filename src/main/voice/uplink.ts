// The person's sound on its way to the service: in order, at most one second deep in the socket, kept for ten seconds
// while the line is away or slow. What is older than that is dropped and counted, never hidden.
import { encodeBase64 } from '../../core/audio/base64.ts'
import { frameMs, samplesToBytes } from '../../core/audio/pcm.ts'
import { appendAudio } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import type { Clock } from '../ports.ts'

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
  /** Runs `act` when everything pushed before it has been sent. */
  then(act: () => void): void
  /** The line that sound goes to from now on; null while there is none. What is held is sent at once. */
  useLine(line: UplinkLine | null): void
  /** Forgets what is held. */
  clear(): void
  health(): UplinkHealth
}

/** One second of 24 kHz PCM16 as base64 in JSON is about 66 kB. */
export const mostBufferedBytes = 66_000
export const mostHeldMs = 10_000
/** The socket takes nothing for this long: the person is told. */
const stuckAfterMs = 2_000

type Entry = { type: 'frame'; frame: Int16Array } | { type: 'mark'; act: () => void }

/** @param onStuck told once each time the open socket takes nothing for two seconds */
export function createUplink(clock: Clock, onStuck: () => void): Uplink {
  let line: UplinkLine | null = null
  let waiting: Entry[] = []
  let heldFrames = 0
  let sentFrames = 0
  let droppedFrames = 0
  let blocked = false
  let blockedSinceMs: number | null = null
  let told = false

  function flush(): void {
    while (waiting.length > 0 && line !== null) {
      blocked = line.bufferedBytes() > mostBufferedBytes
      if (blocked) return
      const entry = waiting[0]
      if (!entry) return
      if (entry.type === 'frame') {
        if (!line.send(appendAudio(encodeBase64(samplesToBytes(entry.frame))))) return
        sentFrames++
        heldFrames--
      }
      waiting.shift()
      if (entry.type === 'mark') entry.act()
    }
  }

  function watch(): void {
    if (!blocked) {
      blockedSinceMs = null
      told = false
      return
    }
    blockedSinceMs ??= clock.monotonicMs()
    if (told || clock.monotonicMs() - blockedSinceMs < stuckAfterMs) return
    told = true
    onStuck()
  }

  function dropOldest(): void {
    const at = waiting.findIndex((entry) => entry.type === 'frame')
    if (at === -1) return
    waiting.splice(at, 1)
    heldFrames--
    droppedFrames++
  }

  return {
    push(frame) {
      waiting.push({ type: 'frame', frame })
      heldFrames++
      if (heldFrames * frameMs > mostHeldMs) dropOldest()
      flush()
      watch()
    },
    then(act) {
      waiting.push({ type: 'mark', act })
      flush()
    },
    useLine(next) {
      line = next
      blocked = false
      flush()
    },
    clear() {
      waiting = []
      heldFrames = 0
    },
    health: () => ({ sentFrames, droppedFrames, heldMs: heldFrames * frameMs, blocked }),
  }
}
