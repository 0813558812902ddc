// One socket of the agent from its opening to its end: sends requests, at most one a lane, and gives each its one end.
import { toFrame } from '../../core/clean-text.ts'
import { judgeClose, type ErrorFacts } from '../../core/connection/close-codes.ts'
import { matchEvent, type Exchange, type TurnEnd } from '../../core/agent/exchange.ts'
import { parseAgentEvent } from '../../core/agent/parse.ts'
import { namesField } from '../../core/agent/failure.ts'
import type { AgentEvent } from '../../core/agent/wire-events.ts'
import type { CreateRequest } from '../../core/agent/request.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, SocketClose, Undo } from '../ports.ts'
import { countRead, type AgentCounts } from './counts.ts'

/** Whether the server has lanes: known only by having tried. */
export interface LaneKnowledge {
  known: 'untried' | 'offered' | 'none'
}

export interface ChannelOpts {
  clock: Clock
  line: Line
  lanes: LaneKnowledge
  counts: AgentCounts
  onOpened: () => void
  /** The number in flight changed, or it became known whether there are lanes. */
  onMoved: () => void
  /** @returns the verdict in place of the usual one, null to keep that */
  onClosed: (close: SocketClose, opened: boolean) => ReturnType<typeof judgeClose> | null
}

export interface Channel extends LineHandler {
  readonly number: number
  /**
   * @param lane sent as its `stream_id` unless the server has no lanes
   * @param silentMs without a word on this socket for so long it is given up
   */
  ask(lane: string, request: CreateRequest, silentMs: number, signal: AbortSignal): Promise<TurnEnd>
  inFlight(): number
  isBusy(lane: string): boolean
}

interface Open {
  exchange: Exchange
  end: (end: TurnEnd) => void
}

export function createChannel(opts: ChannelOpts): Channel {
  const { clock, line, lanes, counts } = opts
  let open: Open[] = []
  let opened = false
  let isRetired = false
  let heardMs = 0
  let lastError: ErrorFacts | null = null
  let over: SocketClose | null = null

  function take(event: AgentEvent): void {
    if (event.type === 'error') lastError = { code: event.fault.code, type: null }
    const exchanges = open.map(({ exchange }) => exchange)
    const matched = matchEvent(exchanges, event)
    switch (matched.type) {
      case 'begun':
        if (matched.exchange.isTrial) learn(matched.lane === null ? 'none' : 'offered')
        return replace(matched.exchange, {
          ...matched.exchange,
          lane: matched.lane,
          isTrial: false,
          response: matched.response,
        })
      case 'grown':
        return replace(matched.exchange, { ...matched.exchange, items: matched.items })
      case 'over':
        if (matched.exchange.isTrial && matched.exchange.response === null) learnFrom(matched.end)
        return finish(matched.exchange, matched.end)
      case 'expired':
        finishAll((exchange) => ({ type: 'expired', outcome: exchange.response === null ? 'not-run' : 'unknown' }))
        return line.fail({ type: 'expired' })
      case 'doubtful':
        finishAll(() => ({ type: 'lost', outcome: 'unknown', cause: matched.fault.message }))
        return line.fail({ type: 'retry', cause: matched.fault.message })
      case 'stray':
        counts.stray++
        return
    }
  }

  /** A refusal of the named lane itself; any other says nothing about lanes. */
  function learnFrom(end: TurnEnd): void {
    if (end.type === 'refused' && namesField(end.fault, 'stream_id')) learn('none')
  }

  function learn(known: LaneKnowledge['known']): void {
    if (lanes.known === known) return
    lanes.known = known
    opts.onMoved()
  }

  function replace(exchange: Exchange, by: Exchange): void {
    open = open.map((one) => (one.exchange === exchange ? { ...one, exchange: by } : one))
  }

  function finish(exchange: Exchange, end: TurnEnd): void {
    const found = open.find((one) => one.exchange === exchange)
    open = open.filter((one) => one !== found)
    found?.end(end)
    leaveWhenDone()
    opts.onMoved()
  }

  /** Calls `giveUp` when nothing has come for `silentMs`. */
  function watch(silentMs: number, giveUp: () => void): Undo {
    heardMs = clock.monotonicMs()
    const look = (): void => {
      const leftMs = heardMs + silentMs - clock.monotonicMs()
      if (leftMs > 0) undo = clock.after(leftMs, look)
      else giveUp()
    }
    let undo = clock.after(silentMs, look)
    return () => undo()
  }

  /** What was asked here is answered here, also when another socket has taken over. */
  function leaveWhenDone(): void {
    if (isRetired && open.length === 0) line.drained()
  }

  function finishAll(end: (exchange: Exchange) => TurnEnd): void {
    const all = open
    open = []
    for (const one of all) one.end(end(one.exchange))
    opts.onMoved()
  }

  return {
    number: line.number,
    inFlight: () => open.length,
    isBusy: (lane) => open.some(({ exchange }) => exchange.lane === null || exchange.lane === lane),
    ask(lane, request, silentMs, signal) {
      const name = lanes.known === 'none' ? null : lane
      if (over !== null || signal.aborted || open.some(({ exchange }) => exchange.lane === name))
        return Promise.resolve(
          signal.aborted
            ? { type: 'abandoned' }
            : { type: 'lost', outcome: 'not-sent', cause: 'The connection is gone.' },
        )
      return new Promise((resolve) => {
        const exchange: Exchange = { lane: name, isTrial: lanes.known === 'untried', response: null, items: [] }
        const abandon = (): void => {
          // There is no way to cancel on this socket. The lane stays taken until the tail of this one has passed.
          resolve({ type: 'abandoned' })
          opts.onMoved()
        }
        const undoWatch = watch(silentMs, () => line.fail({ type: 'retry', cause: 'The answer stopped coming.' }))
        open.push({
          exchange,
          end(end) {
            undoWatch()
            signal.removeEventListener('abort', abandon)
            resolve(end)
          },
        })
        signal.addEventListener('abort', abandon, { once: true })
        opts.onMoved()
        if (!line.send(toFrame(name === null ? request : { ...request, stream_id: name })))
          finish(exchange, { type: 'lost', outcome: 'not-sent', cause: 'The connection is gone.' })
      })
    },
    opened() {
      opened = true
      opts.onOpened()
    },
    drain() {
      isRetired = true
      leaveWhenDone()
    },
    message(text) {
      heardMs = clock.monotonicMs()
      const parsed = parseAgentEvent(text)
      countRead(counts, parsed)
      if (parsed.type === 'known') take(parsed.event)
    },
    closed(close) {
      over = close
      const verdict = opts.onClosed(close, opened) ?? judgeClose(close, lastError)
      const cause =
        verdict.type === 'retry' ? verdict.cause : verdict.type === 'fatal' ? verdict.message : 'It expired.'
      finishAll(() => ({ type: 'lost', outcome: 'unknown', cause }))
      return verdict
    },
  }
}
