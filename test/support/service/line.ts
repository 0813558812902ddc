// The network between a client and the modelled service, driven by a clock: latency, a slow way up, packets that vanish, resets
// and closes. Knows nothing of what is said over it.
import type { Clock, Socket, SocketClose, SocketEvents } from '../../../src/main/ports.ts'
import type { Habits, SentEvent } from './habits.ts'

/** The service's end of one socket. */
export interface ModelLine {
  send(event: SentEvent): void
  /** An orderly end: what was sent before still arrives. */
  close(code: number, reason: string): void
  /** Everything on its way is lost; the client is told so. */
  reset(cause?: string): void
  /** It ends at once, in this way. */
  end(close: SocketClose): void
  /** From now on packets arrive in neither direction; nobody is told. */
  vanish(): void
  /** What was held by `vanish` arrives, in order. */
  appear(): void
  isOpen(): boolean
  /** What reached the client, in order. */
  readonly delivered: readonly SentEvent[]
}

export interface LineOpts {
  clock: Clock
  habits: Habits
  events: SocketEvents
  onOpen: () => void
  onText: (text: string) => void
  /** Either side ended it. */
  onGone: () => void
}

interface Pipe {
  /** @param bytes how much of the way it takes, 0 for nothing */
  put(bytes: number, act: () => void): void
  waitingBytes(): number
  hold(held: boolean): void
  end(): void
}

/** Bytes leave one after the other and arrive in their order. */
function createPipe(clock: Clock, latencyMs: () => number, bytesPerSecond: () => number): Pipe {
  let queue: { dueMs: number; bytes: number; act: () => void }[] = []
  let freeMs = 0
  let held = false
  let undo: (() => void) | null = null

  function pumpAfter(ms: number): void {
    undo?.()
    undo = clock.after(ms, pump)
  }

  function pump(): void {
    undo?.()
    undo = null
    // What arrives may make the line vanish.
    while (!held) {
      const head = queue[0]
      if (head === undefined) return
      if (head.dueMs > clock.monotonicMs()) {
        return pumpAfter(head.dueMs - clock.monotonicMs())
      }
      queue.shift()
      head.act()
    }
  }

  return {
    put(bytes, act) {
      const nowMs = clock.monotonicMs()
      freeMs = Math.max(nowMs, freeMs) + (bytes / bytesPerSecond()) * 1_000
      queue.push({ dueMs: freeMs + latencyMs(), bytes, act })
      if (queue.length === 1) pump()
    },
    waitingBytes() {
      const sentBeforeMs = clock.monotonicMs() + latencyMs()
      return queue.reduce((sum, { dueMs, bytes }) => (held || dueMs > sentBeforeMs ? sum + bytes : sum), 0)
    },
    hold(now) {
      held = now
      pump()
    },
    end() {
      queue = []
      undo?.()
    },
  }
}

export function createModelLine(opts: LineOpts): { line: ModelLine; socket: Socket } {
  const { clock, habits, events } = opts
  let stage: 'opening' | 'open' | 'closing' | 'over' = 'opening'
  const delivered: SentEvent[] = []
  const up = createPipe(
    clock,
    () => habits.latencyMs,
    () => habits.bytesPerSecond,
  )
  const down = createPipe(
    clock,
    () => habits.latencyMs,
    () => Infinity,
  )

  function over(close: SocketClose): void {
    if (stage === 'over') return
    stage = 'over'
    up.end()
    down.end()
    opts.onGone()
    events.closed(close)
  }

  const undoOpen = clock.after(2 * habits.latencyMs, () => {
    stage = 'open'
    events.opened()
    opts.onOpen()
  })

  /** The client ended it: it is told a moment later, as a real socket tells it. */
  function ended(code: number): void {
    if (stage === 'over' || stage === 'closing') return
    stage = 'closing'
    undoOpen()
    up.end()
    down.end()
    opts.onGone()
    clock.after(1, () => over({ code, reason: '' }))
  }

  const line: ModelLine = {
    delivered,
    send(event) {
      if (stage !== 'open') return
      const text = JSON.stringify(event)
      down.put(0, () => {
        delivered.push(event)
        events.message(text)
      })
    },
    close(code, reason) {
      if (stage !== 'open') return
      up.end()
      opts.onGone()
      down.put(0, () => over({ code, reason }))
    },
    reset: (cause = 'read ECONNRESET') => line.end({ code: 1006, reason: '', cause }),
    end(close) {
      if (stage !== 'open' && stage !== 'opening') return
      undoOpen()
      over(close)
    },
    vanish() {
      up.hold(true)
      down.hold(true)
    },
    appear() {
      up.hold(false)
      down.hold(false)
    },
    isOpen: () => stage === 'open',
  }

  const socket: Socket = {
    send(text) {
      if (stage !== 'open') return false
      up.put(text.length, () => opts.onText(text))
      return true
    },
    bufferedBytes: () => Math.max(0, up.waitingBytes() - habits.kernelBytes),
    ping(mark) {
      if (stage === 'open') up.put(6, () => down.put(0, () => events.alive(true, mark)))
    },
    close: (code) => ended(code),
    terminate: () => ended(1006),
  }
  return { line, socket }
}
