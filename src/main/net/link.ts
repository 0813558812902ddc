// Runs the connection machine: the only holder of open sockets and connection timers. What a socket says is for the
// session's handler of that socket; whether it lives is decided in core/connection.
import type { Verdict } from '../../core/connection/close-codes.ts'
import { step } from '../../core/connection/machine.ts'
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import {
  phaseAt,
  unstarted,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionPhase,
  type TimerName,
} from '../../core/connection/state.ts'
import { EndpointError } from './endpoint.ts'
import { createLife, type Life } from './life.ts'
import { createPongKnowledge } from './pong-knowledge.ts'
import type { Clock, OpenSocket, Random, Socket, SocketClose, SocketRequest, Undo } from '../ports.ts'

export interface Line {
  readonly number: number
  /** False when the socket is gone. */
  send(text: string): boolean
  bufferedBytes(): number
  /** Asks the other end for life. @returns the mark that `proven` tells; null when the socket is gone */
  ping(): number | null
  /** Making the session ready goes on: it has its time anew. */
  progress(): void
  /** The session is configured, restored and proven. `endsMs`: wall clock, null when the service does not say. */
  ready(endsMs: number | null): void
  /** The session can't be made ready over this socket. */
  fail(verdict: Verdict): void
  /** Another line carries the session and nothing more is expected of this one. */
  drained(): void
}

/** What a session does with one socket. Nothing is called after `closed`. */
export interface LineHandler {
  opened(): void
  message(text: string): void
  /** Everything that was sent before the ping of that mark has arrived. */
  proven?(mark: number): void
  /** Another line carries the session now: call `drained` when this one has said what it was saying. Without it, at once. */
  drain?(): void
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
  /** Asked whenever it matters, beside what `setActive` says. */
  isActive?: () => boolean
  /** How long the answer to one of our pings took. */
  onRoundTrip?: (roundTripMs: number) => void
}

export interface Link {
  start(): void
  stop(): void
  /** Cuts a wait between attempts, and opens what rests. */
  wake(): void
  /** The line may have died unnoticed: it is asked now and has a second; a wait between attempts is cut. */
  prove(): void
  /** The person begins: as `wake`, and a line of which nothing was heard for long proves itself. */
  begin(): void
  /** @param restful quiet, and it will stay so until the person does something that `begin` or `wake` tells of */
  setQuiet(quiet: boolean, restful?: boolean): void
  /** Whether there is none but while somebody talks: it rests as soon as it is quiet, and from the start; false begins. */
  setResting(rests: boolean): void
  /** In an active turn a dead line is found within 5 s. */
  setActive(active: boolean): void
  phase(): ConnectionPhase
}

interface Held {
  socket: Socket | null
  handler: LineHandler
  life: Life
  gone: boolean
}

export function createLink(opts: LinkOpts): Link {
  const { clock, policy } = opts
  const held = new Map<number, Held>()
  const pongs = createPongKnowledge(clock)
  const timers = new Map<TimerName, Undo>()
  let state = unstarted
  let active = false
  let rests = false
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
    // What has to happen before an end is timed by the steady clock: the other one may be set.
    const [next, effects] = step(state, event, { nowMs: clock.monotonicMs(), chance: opts.random(), policy })
    state = next
    for (const effect of effects) perform(effect)
    const isNewlyLive = event.type === 'ready' && state.phase.type === 'live' && state.phase.socket === event.socket
    // Before the phase is told: what is held for the next session must not go to the one before.
    if (isNewlyLive) opts.onLive(event.socket)
    if (state.phase !== before) opts.onPhase(phase())
    if (isNewlyLive && before.type === 'handing-over' && state.draining !== null) drain(state.draining)
  }

  /** As the wall clock has it now. */
  function phase(): ConnectionPhase {
    return phaseAt(state.phase, clock.nowMs() - clock.monotonicMs())
  }

  function drain(number: number): void {
    const handler = held.get(number)?.handler
    if (handler?.drain) handler.drain()
    else happen({ type: 'drained', socket: number })
  }

  function perform(effect: ConnectionEffect): void {
    switch (effect.type) {
      case 'open':
        return open(effect.socket)
      case 'drop':
        return end(effect.socket, (socket) => socket.terminate())
      case 'close':
        return end(effect.socket, (socket) => socket.close(1000, 'done'))
      case 'arm': {
        const { timer, delayMs } = effect
        timers.get(timer)?.()
        timers.set(
          timer,
          clock.after(delayMs, () => happen({ type: 'timer', timer })),
        )
        return
      }
      case 'disarm':
        timers.get(effect.timer)?.()
        timers.delete(effect.timer)
        return
    }
  }

  function open(number: number): void {
    const line: Line = {
      number,
      send(text) {
        const entry = held.get(number)
        if (!(entry?.socket?.send(text) ?? false)) return false
        entry?.life.handed(text.length)
        return true
      },
      bufferedBytes: () => held.get(number)?.socket?.bufferedBytes() ?? 0,
      ping: () => held.get(number)?.life.ping() ?? null,
      progress: () => happen({ type: 'progress', socket: number }),
      ready(endsMs) {
        const steadyMs = endsMs === null ? null : endsMs - clock.nowMs() + clock.monotonicMs()
        happen({ type: 'ready', socket: number, endsMs: steadyMs })
      },
      fail: (verdict) => happen({ type: 'failed', socket: number, verdict }),
      drained: () => happen({ type: 'drained', socket: number }),
    }
    const entry: Held = {
      socket: null,
      handler: opts.attach(line),
      life: createLife({
        clock,
        socket: () => entry.socket,
        pongs,
        isActive: () => active || (opts.isActive?.() ?? false),
        onDead() {
          entry.socket?.terminate()
          closed(number, entry, { code: 1006, reason: '', cause: 'The line went dead.' })
        },
        onRoundTrip: (roundTripMs) => opts.onRoundTrip?.(roundTripMs),
        onProven(mark) {
          if (!entry.gone) entry.handler.proven?.(mark)
        },
      }),
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
        else
          closed(number, entry, {
            code: 1006,
            reason: '',
            cause: error instanceof Error ? error.message : String(error),
          })
      },
    )
  }

  function connect(number: number, entry: Held, request: SocketRequest): Socket {
    return opts.openSocket(request, {
      opened() {
        if (entry.gone) return
        entry.life.opened()
        entry.handler.opened()
      },
      message(text) {
        entry.life.alive(false)
        if (!entry.gone) entry.handler.message(text)
      },
      alive: (isPong, mark) => entry.life.alive(isPong, mark),
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
    entry.handler.closed({ code: 1000, reason: 'ended here', isOurs: true })
    if (entry.socket) how(entry.socket)
  }

  function forget(number: number, entry: Held): void {
    entry.gone = true
    entry.life.stop()
    held.delete(number)
  }

  function prove(ifSilent: boolean): void {
    for (const { life } of held.values()) life.prove(ifSilent)
  }

  function begin(): void {
    prove(true)
    happen({ type: 'woke' })
  }

  return {
    start: () => happen({ type: rests && state.issued === 0 && state.phase.type === 'off' ? 'rest' : 'start' }),
    stop: () => happen({ type: 'stop' }),
    wake: () => happen({ type: 'woke' }),
    prove() {
      prove(false)
      // What rests goes on resting: nobody has asked for it.
      if (state.phase.type === 'waiting') happen({ type: 'woke' })
    },
    begin,
    setQuiet(quiet, restful = false) {
      happen({ type: 'quiet', quiet, restful })
      if (rests && quiet) happen({ type: 'rest' })
    },
    setResting(now) {
      rests = now
      if (!now) begin()
      else if (state.phase.type !== 'off') happen({ type: 'rest' })
    },
    setActive: (now) => void (active = now),
    phase,
  }
}
