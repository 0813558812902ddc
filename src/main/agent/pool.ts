// The agent's connections: at most a few, each with as many seats as the server has lanes (one where it has none), closed when
// nobody has used them for a while; plain HTTP where the server takes no sockets. A seat is one chain's alone until it is freed.
import { judgeClose, type Verdict } from '../../core/connection/close-codes.ts'
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import type { TurnEnd } from '../../core/agent/exchange.ts'
import type { PoolFigures } from '../../core/agent/policy.ts'
import type { CreateRequest } from '../../core/agent/request.ts'
import type { TurnUsage } from '../../core/agent/wire-events.ts'
import type { Clock, OpenSocket, Random, SocketClose, SocketRequest, Undo } from '../ports.ts'
import type { LaneKnowledge } from './channel.ts'
import { createConnection, type Connection, type Footing } from './connection.ts'
import type { AgentCounts } from './counts.ts'
import type { ResponsesHttp } from './http.ts'

export interface PoolOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
  http: ResponsesHttp
  counts: AgentCounts
  /** What telling a server ahead has cost. */
  onWarmed?: (usage: TurnUsage) => void
  policy: ConnectionPolicy
  figures: PoolFigures
}

export interface Seat {
  /** `http`: no state is held there. `elsewhere`: this seat is of no more use, take another. */
  settle(signal: AbortSignal): Promise<Footing | { type: 'http' } | { type: 'elsewhere' }>
  ask(request: CreateRequest, signal: AbortSignal): Promise<TurnEnd>
  free(): void
}

export interface Pool {
  /** Resolves in the order of asking. Rejects when `signal` is aborted or the pool stopped. */
  seat(signal: AbortSignal): Promise<Seat>
  warm(request: CreateRequest): void
  stop(): void
  counts(): AgentCounts & { connections: number; seats: number; route: 'sockets' | 'http' }
  phases(): ConnectionPhase[]
}

interface Member {
  connection: Connection
  /** Lanes in use by number. */
  taken: Set<number>
  undoIdle: Undo
  retired: boolean
}

export function createPool(opts: PoolOpts): Pool {
  const { clock, figures, counts } = opts
  const lanes: LaneKnowledge = { known: 'untried' }
  const members = new Set<Member>()
  const waiting: { take: (seat: Seat) => void; drop: () => void }[] = []
  let issued = 0
  let refusals = 0
  let httpUntilMs: number | null = null
  let httpSeats = 0
  let stopped = false

  const isHttp = (): boolean => httpUntilMs !== null && clock.monotonicMs() < httpUntilMs

  function onUpgrade(close: SocketClose | null): Verdict | null {
    if (close === null) refusals = 0
    if (close?.status === undefined) return null
    const usual = judgeClose(close, null)
    // A key that is refused, or an address that has moved, is no different over HTTP.
    if (usual.type === 'fatal' && (usual.remedy !== 'address' || close.status < 400)) return null
    refusals++
    if (close.status !== 426 && refusals < figures.refusedUpgrades) {
      return { type: 'retry', cause: `The server refused the connection (${close.status}).` }
    }
    httpUntilMs = clock.monotonicMs() + figures.httpForMs
    return { type: 'fatal', remedy: 'address', message: 'The server takes no sockets.' }
  }

  function open(): Member {
    const member: Member = {
      taken: new Set(),
      undoIdle: () => undefined,
      retired: false,
      connection: createConnection({
        ...opts,
        connectWithinMs: figures.connectWithinMs,
        number: ++issued,
        lanes,
        counts,
        onMoved: serve,
        onUpgrade,
      }),
    }
    members.add(member)
    member.connection.start()
    return member
  }

  function retire(member: Member): void {
    if (member.retired) return
    member.retired = true
    member.undoIdle()
    members.delete(member)
    member.connection.stop()
  }

  const capacity = (): number => (lanes.known === 'offered' ? figures.lanesEach : 1)

  function findSeat(): Seat | null {
    if (isHttp()) return httpSeats < figures.mostConnections ? httpSeat() : null
    for (const member of members) {
      const lane = isOff(member) ? null : freeLane(member)
      if (lane !== null) return socketSeat(member, lane)
    }
    return members.size < figures.mostConnections ? socketSeat(open(), 1) : null
  }

  function freeLane({ taken, connection }: Member): number | null {
    for (let lane = 1; lane <= capacity(); lane++) if (!taken.has(lane) && !connection.isBusy(nameOf(lane))) return lane
    return null
  }

  function isOff(member: Member): boolean {
    const phase = member.connection.phase()
    return phase.type === 'off' && phase.why !== 'not-started'
  }

  function isGone(member: Member): boolean {
    return isOff(member) || member.connection.phase().type === 'waiting'
  }

  function serve(): void {
    // A lost connection is sought again only for those who need it.
    for (const member of members) if (isGone(member) && member.taken.size === 0) retire(member)
    while (waiting.length > 0 && !stopped) {
      const seat = findSeat()
      if (seat === null) return
      waiting.shift()?.take(seat)
    }
  }

  function socketSeat(member: Member, lane: number): Seat {
    member.undoIdle()
    const name = nameOf(lane)
    member.taken.add(lane)
    const { connection } = member
    let freed = false
    return {
      async settle(signal) {
        const footing = await connection.settle(name, signal)
        if (isHttp() && footing.type === 'off') return { type: 'elsewhere' }
        // Lanes turned out not to be there: the connection is the first one's.
        if (lanes.known === 'none' && Math.min(...member.taken) < lane) return { type: 'elsewhere' }
        return footing
      },
      async ask(request, signal) {
        const end = await connection.ask(name, request, signal)
        // Nobody else uses this connection, so closing it spares the service the rest of the answer.
        if (end.type === 'abandoned' && member.taken.size === 1) retire(member)
        return end
      },
      free() {
        if (freed) return
        freed = true
        member.taken.delete(lane)
        if (member.taken.size === 0 && !member.retired)
          member.undoIdle = clock.after(figures.idleMs, () => retire(member))
        serve()
      },
    }
  }

  function httpSeat(): Seat {
    httpSeats++
    let freed = false
    return {
      settle: () => Promise.resolve({ type: 'http' }),
      ask: (request, signal) => opts.http.respond(request, signal),
      free() {
        if (freed) return
        freed = true
        httpSeats--
        serve()
      },
    }
  }

  return {
    seat(signal) {
      return new Promise((resolve, reject) => {
        const waiter = {
          take(seat: Seat) {
            signal.removeEventListener('abort', drop)
            resolve(seat)
          },
          drop: () => drop(),
        }
        const drop = (): void => {
          const at = waiting.indexOf(waiter)
          if (at !== -1) waiting.splice(at, 1)
          reject(new Error('No connection is wanted any more.'))
        }
        if (signal.aborted || stopped) return drop()
        signal.addEventListener('abort', drop, { once: true })
        waiting.push(waiter)
        serve()
      })
    },
    warm(request) {
      if (isHttp() || members.size > 0 || stopped) return
      const member = open()
      member.connection.warm(nameOf(1), request)
      member.undoIdle = clock.after(figures.idleMs, () => retire(member))
    },
    stop() {
      stopped = true
      for (const waiter of [...waiting]) waiter.drop()
      for (const member of [...members]) retire(member)
    },
    counts: () => ({
      ...counts,
      connections: members.size,
      seats: httpSeats + [...members].reduce((sum, { taken }) => sum + taken.size, 0),
      route: isHttp() ? 'http' : 'sockets',
    }),
    phases: () => [...members].map(({ connection }) => connection.phase()),
  }
}

function nameOf(lane: number): string {
  return `lane_${lane}`
}
