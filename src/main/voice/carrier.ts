// Which call carries the conversation: the link below, a call for each of its sockets, and what a lost line leaves behind.
// After a hand-over in the middle of things the call before still says what it was saying; nothing new goes to it. What is
// done with a call's events is acts.ts; who is answered is turns.ts.
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import type { RefusedItem } from '../../core/conversation/held.ts'
import type { Typed } from '../../core/conversation/desired.ts'
import type { Emitter } from '../../core/emitter.ts'
import { voiceTypes } from '../../core/picture-limits.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import { createLink, type Link } from '../net/link.ts'
import { fillEvent } from '../fill-pictures.ts'
import type { Clock, OpenSocket, PictureBytes, Random, SocketRequest } from '../ports.ts'
import { createCall, type Call, type CallEnd } from '../call/call.ts'
import { createDialectStore, type DialectStore } from '../call/configuring.ts'
import { createRestoring, type SessionPlan } from '../call/restoring.ts'
import type { VoiceEvents } from './events.ts'
import type { Journal } from './journal.ts'

export interface CarrierOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
  policy: ConnectionPolicy
  config: () => VoiceConfig
  endpoint: { name: string; model: string }
  /** What is known of the endpoint from before; absent: nothing, and nothing is kept. */
  dialect?: DialectStore
  events: Emitter<VoiceEvents>
  journal: Journal
  pictures: Pick<PictureBytes, 'has' | 'dataUrl'>
  isQuiet: () => boolean
  /** Sound goes up: a line that has died must be found in time. */
  isSending: () => boolean
  /** How long the person's sound must still be held before no word can be lost between two sessions. */
  holdMs: () => number
  typed: () => readonly Typed[]
  deferred: () => ReadonlySet<string>
  /** Of those, what was typed behind speech of which the service has made no turn yet. */
  awaiting: () => ReadonlySet<string>
  newId: (prefix: string) => string
  /** To be said at the next quiet moment. */
  sayAloud: (words: string) => void
  onAct: (act: Act, call: Call) => void
  /** This call carries the conversation from now on. */
  onCarried: (call: Call, before: Call | null) => void
  /** @param isCurrent false: the call before, which was still saying something */
  onLost: (end: CallEnd, call: Call, isCurrent: boolean) => void
  /** @returns whether that was dealt with */
  onRefusedItem: (refused: RefusedItem) => boolean
  onUncommitted: (call: Call) => void
  onProven: (call: Call, mark: number) => void
  /** What is quiet, held or shown may have changed. */
  onMoved: () => void
}

export interface Carrier {
  link: Link
  /** Null while there is no line. */
  current(): Call | null
  /** The current one and the one before, while that is still at it. */
  speaking(): Call[]
  /** False: this server is known to take none. */
  takesPictures(): boolean
}

/** What a call that has been overtaken may still do. */
const lastActs: ReadonlySet<Act['type']> = new Set([
  'record',
  'play',
  'finish',
  'caption',
  'taken',
  'words',
  'send',
  'asked',
  'began',
  'ended',
  'refused',
  'notice',
])

export function createCarrier(opts: CarrierOpts): Carrier {
  const { clock, policy, journal, events, newId } = opts
  const calls = new Map<number, Call>()
  const dialect = opts.dialect ?? createDialectStore(opts.config().knowsMeaning)
  const restoring = createRestoring({
    endpoint: opts.endpoint.name,
    conversation: () => journal.conversation(),
    record: (changes) => void journal.append(changes),
    notice: (message) => events.emit('notice', { message }),
    sayAloud: opts.sayAloud,
    pictures: ({ digest, type }) => dialect.get().takesPictures && voiceTypes.has(type) && opts.pictures.has(digest),
  })
  let current: Call | null = null
  let before: Call | null = null
  const carried = new Set<Call>()

  const link = createLink({
    clock,
    random: opts.random,
    openSocket: opts.openSocket,
    request: opts.request,
    policy,
    isActive: opts.isSending,
    attach(line) {
      let session: SessionPlan | null = null
      const planned = (): SessionPlan => (session ??= restoring.next())
      const call: Call = createCall({
        line,
        clock,
        newId,
        fill: (event) => fillEvent(event, opts.pictures),
        config: opts.config,
        dialect,
        onNotice: (message) => events.emit('notice', { message }),
        conversation: () => journal.conversation(),
        settled: () => journal.settled(),
        plan: (from) => planned().plan(from),
        order: () => planned().order,
        last: (without = [], by = 'voice') =>
          journal.lastTurn(new Set([...(by === 'person' ? opts.awaiting() : opts.deferred()), ...without])),
        typed: opts.typed,
        deferred: opts.deferred,
        onSeedDied: (death) => restoring.died(death),
        mayBegin: () => mayBegin(call),
        onReady(proof, holding) {
          const { name, model } = opts.endpoint
          const { session: id, restored: items } = proof
          void journal.append([{ type: 'session-opened', session: id, endpoint: name, model, restored: items }])
          const trials = restoring.taken(holding)
          events.emit('restored', { ...proof, ...trials })
          for (const refused of holding.held().refused) opts.onRefusedItem(refused)
          return trials
        },
        onActs(acts) {
          if (call !== current && call !== before) return
          for (const act of acts) if (call === current || lastActs.has(act.type)) opts.onAct(act, call)
          opts.onMoved()
        },
        onRefusedItem(refused, plan) {
          if (!opts.onRefusedItem(refused)) restoring.refused(refused, plan)
        },
        onUncommitted: () => opts.onUncommitted(call),
        onProven: (mark) => opts.onProven(call, mark),
        onOver(end) {
          calls.delete(line.number)
          // One that never carried the conversation leaves nothing; one that did may have an answer that others wait for.
          if (!carried.delete(call)) return
          const isCurrent = call === current
          if (isCurrent) current = null
          else if (call === before) before = null
          opts.onLost(end, call, isCurrent)
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
      if (current) carried.add(current)
      // Words that nothing was said before come before sound that was ended behind them.
      current?.holding.look()
      if (current) opts.onCarried(current, before)
      opts.onMoved()
    },
    onRoundTrip: (roundTripMs) => events.emit('roundTripMs', roundTripMs),
  })

  /**
   * A session beside the live one may take over only while nothing goes on and if it holds all that was said; otherwise the
   * live one goes on and there will be another quiet moment. In the last minutes it may in any case.
   */
  function mayBegin(call: Call): true | false | { afterMs: number } {
    const phase = link.phase()
    if (phase.type !== 'handing-over' || current === null) return true
    const isLate = phase.from.endsMs - clock.nowMs() <= policy.handOverLatestBeforeEndMs
    if (!isLate && (!opts.isQuiet() || current.isReading() || !call.holding.isWhole())) return false
    const afterMs = opts.holdMs()
    return afterMs > 0 ? { afterMs } : true
  }

  return {
    link,
    current: () => current,
    takesPictures: () => dialect.get().takesPictures,
    speaking: () => [current, before].filter((call) => call !== null),
  }
}
