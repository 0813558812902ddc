// Runs the connection machine: the only holder of open sockets and connection timers. What a socket says is for the
// session's handler of that socket; whether it lives is decided in core/connection.
import { beatNow, beginHeartbeat, heartbeatFigures, sawLife, type Heartbeat } from '../../core/connection/heartbeat.ts'
import type { Verdict } from '../../core/connection/close-codes.ts'
import {
  step,
  unstarted,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionPhase,
  type TimerName,
} from '../../core/connection/machine.ts'
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import { EndpointError } from './endpoint.ts'
import type { Clock, OpenSocket, Random, Socket, SocketClose, SocketRequest, Undo } from '../ports.ts'

export interface Line {
  readonly number: number
  /** False when the socket is gone. */
  send(text: string): boolean
  bufferedBytes(): number
  /** The session is configured, restored and proven. `endsMs`: wall clock, null when the service does not say. */
  ready(endsMs: number | null): void
  /** The session can't be made ready over this socket. */
  fail(verdict: Verdict): void
}

/** What a session does with one socket. Nothing is called after `closed`. */
export interface LineHandler {
  opened(): void
  message(text: string): void
  /** The socket is gone; what that means is for the session to say, which has read its errors. */
  closed(close: SocketClose): Verdict
}

export interface LinkOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  policy: ConnectionPolicy
  /** Where to connect now. Rejects with EndpointError when that must be mended first; any other rejection is a failed attempt. */
  request: () => Promise<SocketRequest>
  attach: (line: Line) => LineHandler
  /** The state after every step that changed it. */
  onPhase: (phase: ConnectionPhase) => void
  /** From now on this line carries the conversation (also after a hand-over). */
  onLive: (line: number) => void
  /** How long the answer to one of our pings took. */
  onRoundTrip?: (roundTripMs: number) => void
}

export interface Link {
  start(): void
  stop(): void
  /** Cuts a wait between attempts. */
  wake(): void
  setQuiet(quiet: boolean): void
  /** In an active turn a dead line is found within 5 s. */
  setActive(active: boolean): void
  phase(): ConnectionPhase
}

/** What was handed to a socket and how much of it still waited at the last check. */
interface Backlog {
  handedBytes: number
  waitingBytes: number
  goneBytes: number
}

interface Held {
  socket: Socket | null
  handler: LineHandler
  beat: Heartbeat
  backlog: Backlog
  undoBeat: Undo
  /** When the ping was sent whose answer is awaited. */
  pingedMs: number | null
  gone: boolean
}

export function createLink(opts: LinkOpts): Link {
  const { clock, policy } = opts
  const held = new Map<number, Held>()
  const timers = new Map<TimerName, Undo>()
  let state = unstarted
  let active = false
  const queue: ConnectionEvent[] = []
  let running = false

  /** An event that an effect of another one causes waits until that one is done. */
  function happen(event: ConnectionEvent): void {
    queue.push(event)
    if (running) return
    running = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) take(next)
    } finally {
      running = false
    }
  }

  function take(event: ConnectionEvent): void {
    const before = state.phase
    const [next, effects] = step(state, event, { nowMs: clock.nowMs(), chance: opts.random(), policy })
    state = next
    for (const effect of effects) perform(effect)
    if (state.phase !== before) opts.onPhase(state.phase)
    if (event.type === 'ready' && state.phase.type === 'live' && state.phase.socket === event.socket)
      opts.onLive(event.socket)
  }

  function perform(effect: ConnectionEffect): void {
    switch (effect.type) {
      case 'open':
        return open(effect.socket)
      case 'drop':
        return end(effect.socket, (socket) => socket.terminate())
      case 'switch':
        // What the old session still had to say is in the speaker's queue already.
        return end(effect.from, (socket) => socket.close(1000, 'handed over'))
      case 'arm':
        timers.get(effect.timer)?.()
        timers.set(
          effect.timer,
          clock.after(effect.delayMs, () => fire(effect.timer)),
        )
        return
      case 'disarm':
        timers.get(effect.timer)?.()
        timers.delete(effect.timer)
        return
    }
  }

  function fire(timer: TimerName): void {
    timers.delete(timer)
    happen({ type: 'timer', timer })
  }

  function open(number: number): void {
    const line: Line = {
      number,
      send(text) {
        const entry = held.get(number)
        if (!(entry?.socket?.send(text) ?? false)) return false
        if (entry) entry.backlog.handedBytes += text.length
        return true
      },
      bufferedBytes: () => held.get(number)?.socket?.bufferedBytes() ?? 0,
      ready: (endsMs) => happen({ type: 'ready', socket: number, endsMs }),
      fail: (verdict) => happen({ type: 'failed', socket: number, verdict }),
    }
    const entry: Held = {
      socket: null,
      handler: opts.attach(line),
      beat: beginHeartbeat(clock.monotonicMs()),
      backlog: { handedBytes: 0, waitingBytes: 0, goneBytes: 0 },
      undoBeat: () => undefined,
      pingedMs: null,
      gone: false,
    }
    held.set(number, entry)
    opts.request().then(
      (request) => {
        if (entry.gone) return
        happen({ type: 'dialled', socket: number })
        entry.socket = connect(number, entry, request)
      },
      (error: unknown) => {
        if (entry.gone) return
        if (error instanceof EndpointError) happen({ type: 'failed', socket: number, verdict: error.verdict })
        else closed(number, entry, { code: 1006, reason: '', cause: messageOf(error) })
      },
    )
  }

  function connect(number: number, entry: Held, request: SocketRequest): Socket {
    const alive = (isPong: boolean): void => {
      const nowMs = clock.monotonicMs()
      entry.beat = sawLife(entry.beat, nowMs)
      if (!isPong || entry.pingedMs === null) return
      opts.onRoundTrip?.(nowMs - entry.pingedMs)
      entry.pingedMs = null
    }
    return opts.openSocket(request, {
      opened() {
        if (entry.gone) return
        entry.beat = beginHeartbeat(clock.monotonicMs())
        watch(number, entry)
        entry.handler.opened()
      },
      message(text) {
        alive(false)
        if (!entry.gone) entry.handler.message(text)
      },
      alive,
      closed: (close) => closed(number, entry, close),
    })
  }

  function closed(number: number, entry: Held, close: SocketClose): void {
    if (entry.gone) return
    const verdict = entry.handler.closed(close)
    forget(number, entry)
    happen({ type: 'closed', socket: number, verdict })
  }

  function end(number: number, how: (socket: Socket) => void): void {
    const entry = held.get(number)
    if (!entry) return
    forget(number, entry)
    entry.handler.closed({ code: 1000, reason: 'ended here' })
    if (entry.socket) how(entry.socket)
  }

  function forget(number: number, entry: Held): void {
    entry.gone = true
    entry.undoBeat()
    held.delete(number)
  }

  function watch(number: number, entry: Held): void {
    entry.undoBeat = clock.after(heartbeatFigures.checkEveryMs, () => {
      if (isDraining(entry)) entry.beat = sawLife(entry.beat, clock.monotonicMs())
      const { beat, act } = beatNow(entry.beat, clock.monotonicMs(), active)
      entry.beat = beat
      if (act === 'dead') {
        entry.socket?.terminate()
        return closed(number, entry, { code: 1006, reason: '', cause: 'The line went dead.' })
      }
      if (act === 'ping') {
        entry.pingedMs ??= clock.monotonicMs()
        entry.socket?.ping()
      }
      watch(number, entry)
    })
  }

  return {
    start: () => happen({ type: 'start' }),
    stop: () => happen({ type: 'stop' }),
    wake: () => happen({ type: 'woke' }),
    setQuiet: (quiet) => happen({ type: 'quiet', quiet }),
    setActive: (now) => void (active = now),
    phase: () => state.phase,
  }
}

/**
 * A backlog from which bytes go out is life: the kernel takes more only as the other end confirms. On a slow line our ping
 * stands behind a second of sound, so that its answer alone would come too late.
 */
function isDraining({ socket, backlog }: Held): boolean {
  const waitingBytes = socket?.bufferedBytes() ?? 0
  const goneBytes = backlog.handedBytes - waitingBytes
  const drained = backlog.waitingBytes > 0 && waitingBytes > 0 && goneBytes > backlog.goneBytes
  backlog.waitingBytes = waitingBytes
  backlog.goneBytes = goneBytes
  return drained
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
