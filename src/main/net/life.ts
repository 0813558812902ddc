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
import type { PongKnowledge } from './pong-knowledge.ts'
import type { Clock, Socket, Undo } from '../ports.ts'

export interface LifeOpts {
  clock: Clock
  socket: () => Socket | null
  /** Of all sockets of the link. */
  pongs: PongKnowledge
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

/** Of a server that answers no pings: nothing has come for so long while something should. */
const speechlessMs = 30_000

export function createLife(opts: LifeOpts): Life {
  const { clock, pongs } = opts
  const pings = createPings(clock)
  const backlog = createBacklog()
  let beat = beginHeartbeat(clock.monotonicMs())
  let isOpen = false
  /** Since when somebody waits for what comes. */
  let waitingMs: number | null = null
  let isCalm = false
  let undo: Undo = () => undefined

  function ping(): number {
    const mark = pings.next()
    pongs.asked()
    opts.socket()?.ping(mark)
    return Number(mark)
  }

  /** Where pings are left unanswered that says nothing; only a silence does while somebody waits. */
  function isDead(): boolean {
    if (!pongs.ignores()) return true
    return waitingMs !== null && clock.monotonicMs() - Math.max(waitingMs, beat.lastLifeMs) >= speechlessMs
  }

  function watch(): void {
    undo()
    isCalm = !opts.isActive() && beat.unanswered === 0 && beat.proveByMs === null
    const inMs = isCalm
      ? untilNext(heartbeatFigures.calmCheckEveryMs, clock.monotonicMs())
      : heartbeatFigures.checkEveryMs
    undo = clock.after(inMs, () => {
      if (backlog.moves(opts.socket()?.bufferedBytes() ?? 0)) beat = sawProof(beat, clock.monotonicMs(), null)
      const isActive = opts.isActive()
      waitingMs = isActive ? (waitingMs ?? clock.monotonicMs()) : null
      const next = beatNow(beat, clock.monotonicMs(), isActive)
      beat = next.beat
      if (next.act === 'dead' && isDead()) {
        pongs.gaveUp()
        return opts.onDead()
      }
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
        pongs.cameElse()
        beat = sawLife(beat, nowMs)
        return
      }
      pongs.answered()
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
      if (!isOpen || (ifSilent && (pongs.ignores() || !isSilent(beat, nowMs)))) return
      // Nothing can prove that it is there.
      if (pongs.ignores()) {
        opts.onDead()
        return
      }
      beat = proveNow(beat, nowMs)
      pings.askAnew()
      ping()
      // From here on the checks fall on the end of its second.
      watch()
    },
    stop: () => undo(),
  }
}
