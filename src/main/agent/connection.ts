// One connection of the pool, over however many sockets its life takes: which socket is live and what was warmed on it. A request
// ends on the socket that it was sent on. When sockets are opened and freed is decided in core/connection.
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import type { Verdict } from '../../core/connection/close-codes.ts'
import type { TurnEnd } from '../../core/agent/exchange.ts'
import { answerSilentMs, warmSilentMs } from '../../core/agent/policy.ts'
import type { CreateRequest } from '../../core/agent/request.ts'
import type { TurnUsage } from '../../core/agent/wire-events.ts'
import { createLink } from '../net/link.ts'
import type { Clock, OpenSocket, Random, SocketClose, SocketRequest } from '../ports.ts'
import { createChannel, type Channel, type LaneKnowledge } from './channel.ts'
import type { AgentCounts } from './counts.ts'

/** Where a turn can be sent now. */
export type Footing =
  /** `place` names socket and lane: a parent held there is held nowhere else. */
  { type: 'socket'; place: string; warmed: string | null } | { type: 'off'; reason: string } | { type: 'abandoned' }

export interface ConnectionOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
  policy: ConnectionPolicy
  number: number
  connectWithinMs: number
  lanes: LaneKnowledge
  counts: AgentCounts
  onMoved: () => void
  /** What telling the server ahead has cost. */
  onWarmed?: (usage: TurnUsage) => void
  /** An upgrade was refused with this status, or (null) accepted. @returns a verdict in place of the usual one */
  onUpgrade: (close: SocketClose | null) => Verdict | null
}

export interface Connection {
  start(): void
  stop(): void
  /** Resolves when a request may be sent on this lane: the socket is live and not about to be handed over. */
  settle(lane: string, signal: AbortSignal): Promise<Footing>
  ask(lane: string, request: CreateRequest, signal: AbortSignal): Promise<TurnEnd>
  /** Tells the server instructions and tools ahead of the first request. */
  warm(lane: string, request: CreateRequest): void
  /** A request is in flight there, perhaps one that was given up. */
  isBusy(lane: string): boolean
  phase(): ConnectionPhase
}

export function createConnection(opts: ConnectionOpts): Connection {
  const { clock } = opts
  const channels = new Map<number, Channel>()
  const waiting = new Set<() => void>()
  let live: Channel | null = null
  let warming: { lane: string; request: CreateRequest } | null = null
  let warmed: { place: string; response: string } | null = null
  let isWarming = false
  /** Why there is no connection, for the person. */
  let lastCause = ''

  const link = createLink({
    clock,
    random: opts.random,
    openSocket: opts.openSocket,
    request: opts.request,
    policy: opts.policy,
    attach(line) {
      const channel = createChannel({
        clock,
        line,
        lanes: opts.lanes,
        counts: opts.counts,
        onOpened() {
          opts.onUpgrade(null)
          line.ready(null)
        },
        onMoved: moved,
        onClosed(close, opened) {
          channels.delete(line.number)
          if (live === channel) live = null
          return opened ? null : opts.onUpgrade(close)
        },
      })
      channels.set(line.number, channel)
      return channel
    },
    onPhase(phase) {
      if (phase.type === 'waiting') lastCause = phase.cause
      if (phase.type === 'live') lastCause = ''
      moved()
    },
    onLive(number) {
      live = channels.get(number) ?? null
      if (warming) void sendWarm(warming.lane, warming.request)
      moved()
    },
  })

  function moved(): void {
    const busy = (live?.inFlight() ?? 0) > 0
    link.setActive(busy)
    link.setQuiet(live !== null && !busy)
    for (const look of [...waiting]) look()
    opts.onMoved()
  }

  function placeOf(channel: Channel, lane: string): string {
    return `${opts.number}/${channel.number}/${lane}`
  }

  function footing(lane: string): Footing | null {
    const phase = link.phase()
    if (phase.type === 'off') {
      if (phase.why === 'not-started') return null
      return {
        type: 'off',
        reason: typeof phase.why === 'string' ? 'The connection was closed.' : phase.why.fatal.message,
      }
    }
    if (phase.type !== 'live' || live === null || isWarming) return null
    const place = placeOf(live, lane)
    return { type: 'socket', place, warmed: warmed?.place === place ? warmed.response : null }
  }

  async function sendWarm(lane: string, request: CreateRequest): Promise<void> {
    warming = null
    const channel = live
    if (channel === null) return
    isWarming = true
    const end = await channel.ask(lane, request, warmSilentMs, new AbortController().signal)
    isWarming = false
    if (end.type === 'answered') opts.onWarmed?.(end.response.usage)
    if (end.type === 'answered' && channel === live)
      warmed = { place: placeOf(channel, lane), response: end.response.id }
    moved()
  }

  return {
    start: () => link.start(),
    stop: () => link.stop(),
    settle(lane, signal) {
      const now = signal.aborted ? ({ type: 'abandoned' } as const) : footing(lane)
      if (now) return Promise.resolve(now)
      link.wake()
      return new Promise((resolve) => {
        const end = (settled: Footing): void => {
          waiting.delete(look)
          signal.removeEventListener('abort', abandon)
          undoLate()
          resolve(settled)
        }
        const look = (): void => {
          const found = footing(lane)
          if (found) end(found)
        }
        const abandon = (): void => end({ type: 'abandoned' })
        const undoLate = clock.after(opts.connectWithinMs, () => {
          end({ type: 'off', reason: `The service could not be reached. ${lastCause}`.trim() })
        })
        waiting.add(look)
        signal.addEventListener('abort', abandon, { once: true })
      })
    },
    ask(lane, request, signal) {
      if (live === null) return Promise.resolve({ type: 'lost', outcome: 'not-sent', cause: 'The connection is gone.' })
      warmed = null
      return live.ask(lane, request, answerSilentMs, signal)
    },
    warm(lane, request) {
      if (live === null) warming = { lane, request }
      else void sendWarm(lane, request)
    },
    // Who comes during a warm-up waits for it in `settle`.
    isBusy: (lane) => !isWarming && (live?.isBusy(lane) ?? false),
    phase: () => link.phase(),
  }
}
