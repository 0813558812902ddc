// Whether one open socket lives: its pings, what they prove, and the checks that find a dead line in time. What to make of it
// is decided in core/connection/heartbeat.ts.
import {
  beatNow,
  beginHeartbeat,
  heartbeatFigures,
  isSilent,
  proveNow,
  sawLife,
  sawProof,
} from '../../core/connection/heartbeat.ts'
import { untilNext } from '../../core/whole-seconds.ts'
import { createBacklog } from './backlog.ts'
import { createPings } from './pings.ts'
import type { Clock, Socket, Undo } from '../ports.ts'

export interface LifeOpts {
  clock: Clock
  socket: () => Socket | null
  /** In an active turn a dead line is found sooner. */
  isActive: () => boolean
  onDead: () => void
  onRoundTrip: (roundTripMs: number) => void
  /** Everything that was sent before the ping of that mark has arrived. */
  onProven: (mark: number) => void
}

export interface Life {
  opened(): void
  /** Any frame came; a pong answers our own ping, whose mark it carries. */
  alive(isPong: boolean, mark?: string): void
  handed(bytes: number): void
  /** @returns the mark of the answer */
  ping(): number
  /** It has a second to prove that it is there. @param ifSilent only where nothing was heard for long */
  prove(ifSilent: boolean): void
  stop(): void
}

export function createLife(opts: LifeOpts): Life {
  const { clock } = opts
  const pings = createPings(clock)
  const backlog = createBacklog()
  let beat = beginHeartbeat(clock.monotonicMs())
  let isOpen = false
  let isCalm = false
  let undo: Undo = () => undefined

  function ping(): number {
    const mark = pings.next()
    opts.socket()?.ping(mark)
    return Number(mark)
  }

  function watch(): void {
    undo()
    isCalm = !opts.isActive() && beat.unanswered === 0 && beat.proveByMs === null
    const inMs = isCalm
      ? untilNext(heartbeatFigures.calmCheckEveryMs, clock.monotonicMs())
      : heartbeatFigures.checkEveryMs
    undo = clock.after(inMs, () => {
      if (backlog.moves(opts.socket()?.bufferedBytes() ?? 0)) beat = sawProof(beat, clock.monotonicMs(), null)
      const next = beatNow(beat, clock.monotonicMs(), opts.isActive())
      beat = next.beat
      if (next.act === 'dead') return opts.onDead()
      if (next.act === 'ping') ping()
      watch()
    })
  }

  return {
    opened() {
      isOpen = true
      beat = beginHeartbeat(clock.monotonicMs())
      watch()
    },
    alive(isPong, mark) {
      const nowMs = clock.monotonicMs()
      if (!isPong) {
        beat = sawLife(beat, nowMs)
        return
      }
      const { proves, roundTripMs, number } = pings.answered(mark)
      beat = proves ? sawProof(beat, nowMs, roundTripMs) : sawLife(beat, nowMs)
      if (roundTripMs !== null) opts.onRoundTrip(roundTripMs)
      opts.onProven(number)
    },
    handed(bytes) {
      backlog.handed(bytes)
      // Somebody begins to send: from here on it is looked more often.
      if (isCalm && isOpen && opts.isActive()) watch()
    },
    ping,
    prove(ifSilent) {
      const nowMs = clock.monotonicMs()
      if (!isOpen || (ifSilent && !isSilent(beat, nowMs))) return
      beat = proveNow(beat, nowMs)
      pings.askAnew()
      ping()
      // From here on the checks fall on the end of its second.
      watch()
    },
    stop: () => undo(),
  }
}
