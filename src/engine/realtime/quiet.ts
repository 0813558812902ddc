// Moments without speech of one session: when the engine may say something by itself, and when its patience with a
// silent person is over. Decides by the clock only; what happens then is the caller's.
import type { Announcement, EngineClock, Undo } from '../ports.ts'

export interface Quiet {
  /** Something happened that may have begun or ended a silence. */
  moved(): void
  /** The client acted; while it is setting up, nobody talks into it. */
  clientActed(): void
  /** To be said at the next quiet moment. */
  announce(announcement: Announcement): void
  /** The response has ended and its playback will: patience counts from there. Null turns it off. */
  wait(patienceMs: number | null): void
  /** @returns what has not been said */
  close(): Announcement[]
}

export interface QuietParts {
  clock: EngineClock
  /** True while anybody speaks or a response is being made. */
  busy(): boolean
  /** When the playback of everything sent will have ended. */
  playedAtMs(): number
  /** Begins to say it; false when that can't be now. `said` is false when the session ended first. */
  say(text: string, ended: (said: boolean) => void): boolean
  onPatienceOver(): void
  /** Playback has ended and patience begins. */
  onPatience(): void
}

/** A client that has just acted may be in the middle of restoring its conversation. */
const settleMs = 2_000

export function createQuiet(parts: QuietParts): Quiet {
  const { clock } = parts
  const announcements: Announcement[] = []
  let actedAtMs = -Infinity
  let look: Undo | null = null
  let patience: Undo | null = null
  let closed = false

  function lookAgainAt(atMs: number): void {
    look?.()
    look = clock.after(Math.max(1, atMs - clock.nowMs()), () => {
      look = null
      consider()
    })
  }

  function consider(): void {
    const [next] = announcements
    if (closed || !next || parts.busy()) return
    const quietAtMs = Math.max(parts.playedAtMs(), actedAtMs + settleMs)
    if (clock.nowMs() < quietAtMs) return lookAgainAt(quietAtMs)
    const begun = parts.say(next.text, (said) => {
      if (said) announcements.splice(announcements.indexOf(next), 1)
    })
    if (!begun) lookAgainAt(clock.nowMs() + settleMs)
  }

  return {
    moved: consider,
    clientActed() {
      actedAtMs = clock.nowMs()
    },
    announce(announcement) {
      announcements.push(announcement)
      consider()
    },
    wait(patienceMs) {
      patience?.()
      patience = null
      if (patienceMs === null || closed) return
      patience = clock.after(Math.max(0, parts.playedAtMs() - clock.nowMs()), () => {
        parts.onPatience()
        patience = clock.after(patienceMs, () => {
          patience = null
          parts.onPatienceOver()
        })
      })
    },
    close() {
      closed = true
      look?.()
      patience?.()
      return announcements.splice(0)
    },
  }
}
