// Which call carries the conversation: the link below, a call for each of its sockets, and what a lost line leaves behind.
// What is done with a call's events is acts.ts; who speaks and types is talk.ts and typed.ts.
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import { planRestore, voiceRestoreBudget, type RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { Emitter } from '../../core/emitter.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import { createLink, type Link } from '../net/link.ts'
import type { Clock, OpenSocket, Random, SocketRequest } from '../ports.ts'
import { createCall, type Call, type CallEnd } from './call.ts'
import type { VoiceEvents } from './events.ts'
import type { Ledger } from './ledger.ts'

export interface CarrierOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
  policy: ConnectionPolicy
  config: () => VoiceConfig
  endpoint: { name: string; model: string }
  events: Emitter<VoiceEvents>
  ledger: Ledger
  isQuiet: () => boolean
  newId: (prefix: string) => string
  onAct: (act: Act, call: Call) => void
  /** This call carries the conversation from now on. */
  onCarried: (call: Call) => void
  onLost: (end: CallEnd) => void
  /** What is quiet, held or shown may have changed. */
  onMoved: () => void
}

export interface Carrier {
  link: Link
  /** Null while there is no line. */
  current(): Call | null
}

export function createCarrier(opts: CarrierOpts): Carrier {
  const { clock, policy, ledger, events, newId } = opts
  const calls = new Map<number, Call>()
  let current: Call | null = null

  const link = createLink({
    clock,
    random: opts.random,
    openSocket: opts.openSocket,
    request: opts.request,
    policy,
    attach(line) {
      const call: Call = createCall({
        line,
        clock,
        newId,
        config: opts.config,
        async plan() {
          await ledger.settled()
          return { ...planRestore(ledger.conversation(), voiceRestoreBudget), last: ledger.lastTurn() }
        },
        mayBegin,
        onReady(proof) {
          const { name, model } = opts.endpoint
          const { session, restored } = proof
          void ledger.append([{ type: 'session-opened', session, endpoint: name, model, restored }])
          events.emit('restored', proof)
        },
        onActs(acts) {
          if (call !== current) return
          for (const act of acts) opts.onAct(act, call)
          opts.onMoved()
        },
        onOver(end) {
          calls.delete(line.number)
          if (call === current) lose(end)
        },
      })
      calls.set(line.number, call)
      return call
    },
    onPhase(phase) {
      opts.onMoved()
      events.emit('phase', phase)
      if (phase.type === 'off' && typeof phase.why === 'object') events.emit('fatal', phase.why.fatal)
    },
    onLive(number) {
      current = calls.get(number) ?? null
      if (current) opts.onCarried(current)
      opts.onMoved()
    },
    onRoundTrip: (roundTripMs) => events.emit('roundTripMs', roundTripMs),
  })

  /**
   * A session beside the live one may take over only while nothing goes on and if it holds all that was said; otherwise the
   * live one goes on and there will be another quiet moment. In the last minutes it may in any case.
   */
  function mayBegin(plan: RestorePlan): boolean {
    const phase = link.phase()
    if (phase.type !== 'handing-over' || current === null) return true
    if (phase.from.endsMs - clock.nowMs() <= policy.handOverLatestBeforeEndMs) return true
    const { items } = planRestore(ledger.conversation(), voiceRestoreBudget)
    return opts.isQuiet() && !current.isReading() && JSON.stringify(items) === JSON.stringify(plan.items)
  }

  function lose(end: CallEnd): void {
    current = null
    opts.onLost(end)
    events.emit('hearing', false)
    opts.onMoved()
  }

  return { link, current: () => current }
}
