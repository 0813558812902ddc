// Which call carries the conversation: the link below, a call for each of its sockets, and what a lost line leaves behind.
// After a hand-over in the middle of things the call before still says what it was saying; nothing new goes to it. What is
// done with a call's events is acts.ts; who speaks and types is talk.ts and owed.ts.
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import { wordsOf, type RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { Emitter } from '../../core/emitter.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import { createLink, type Link } from '../net/link.ts'
import type { Clock, OpenSocket, Random, SocketRequest } from '../ports.ts'
import { createCall, type Call, type CallEnd } from './call.ts'
import { createCatchUp } from './catch-up.ts'
import type { VoiceEvents } from './events.ts'
import type { Ledger } from './ledger.ts'
import { createRestoring } from './restoring.ts'

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
  /** To be said at the next quiet moment. */
  sayAloud: (words: string) => void
  onAct: (act: Act, call: Call) => void
  /** This call carries the conversation from now on. */
  onCarried: (call: Call, before: Call | null) => void
  /** @param isCurrent false: the call before, which was still saying something */
  onLost: (end: CallEnd, isCurrent: boolean) => void
  /** What is quiet, held or shown may have changed. */
  onMoved: () => void
}

export interface Carrier {
  link: Link
  /** Null while there is no line. */
  current(): Call | null
  /** The current one and the one before, while that is still at it. */
  speaking(): Call[]
}

/** What a call that has been overtaken may still do. */
const lastActs: ReadonlySet<Act['type']> = new Set([
  'record',
  'play',
  'finish',
  'caption',
  'taken',
  'understood',
  'send',
  'asked',
  'answered',
  'unanswered',
  'notice',
])

export function createCarrier(opts: CarrierOpts): Carrier {
  const { clock, policy, ledger, events, newId } = opts
  const calls = new Map<number, Call>()
  /** The turns of which each call was given the words, or that were left out on purpose. */
  const planned = new WeakMap<Call, ReadonlySet<string>>()
  const catchUp = createCatchUp(() => ledger.conversation())
  ledger.onAppended(() => catchUp.look())
  const restoring = createRestoring({
    endpoint: opts.endpoint.name,
    conversation: () => ledger.conversation(),
    record: (changes) => void ledger.append(changes),
    notice: (message) => events.emit('notice', { message }),
    sayAloud: opts.sayAloud,
  })
  let current: Call | null = null
  let before: Call | null = null

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
          const said = ledger.conversation().turns.filter((turn) => wordsOf(turn) !== '')
          planned.set(call, new Set(said.map(({ id }) => id)))
          return { ...restoring.plan(), last: ledger.lastTurn() }
        },
        batch: () => restoring.batch(),
        onSeedDied: (death) => restoring.died(death),
        mayBegin,
        onReady(proof, restored) {
          const { name, model } = opts.endpoint
          const { session, restored: items } = proof
          void ledger.append([{ type: 'session-opened', session, endpoint: name, model, restored: items }])
          const trials = restoring.taken(restored)
          events.emit('restored', { ...proof, ...trials })
          return trials
        },
        onActs(acts) {
          if (call !== current && call !== before) return
          for (const act of acts) if (call === current || lastActs.has(act.type)) opts.onAct(act, call)
          opts.onMoved()
        },
        onOver(end) {
          calls.delete(line.number)
          if (call !== current && call !== before) return
          const isCurrent = call === current
          if (isCurrent) current = null
          else before = null
          opts.onLost(end, isCurrent)
          if (isCurrent) events.emit('hearing', false)
          opts.onMoved()
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
      before = current
      current = calls.get(number) ?? null
      if (current) opts.onCarried(current, before)
      if (current && before) catchUp.begin(current, planned.get(current) ?? new Set())
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
    const { items } = restoring.plan()
    return opts.isQuiet() && !current.isReading() && JSON.stringify(items) === JSON.stringify(plan.items)
  }

  return {
    link,
    current: () => current,
    speaking: () => [current, before].filter((call) => call !== null),
  }
}
