// One socket's share of the conversation: its wire, its view of what the service does, what it holds, its one response in flight.
// A call that is over says nothing any more; what it leaves behind goes into the record.
import type { Change } from '../../core/conversation/change.ts'
import type { RefusedItem } from '../../core/conversation/held.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Typed } from '../../core/conversation/reconcile.ts'
import type { RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { SeedDeath, SeedOrder } from '../../core/conversation/seed-trials.ts'
import type { Act, Interpreted } from '../../core/realtime/act.ts'
import {
  cancelResponse,
  changeTurnMode,
  clearAudio,
  commitAudio,
  createResponse,
  sayWords,
  type VoiceConfig,
} from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { interpret, refuseResponse } from '../../core/realtime/interpret.ts'
import type { Refusal } from '../../core/realtime/outstanding.ts'
import { expireLate, expireResponse, responseSilentMs } from '../../core/realtime/response-end.ts'
import { responseAsked } from '../../core/realtime/responses.ts'
import {
  beginView,
  hold,
  loseLine,
  receivedSound,
  setCall,
  silence,
  type VoiceView,
  withdraw,
} from '../../core/realtime/voice-view.ts'
import type { HeardEvent } from '../../core/realtime/wire-events.ts'
import type { SpokenItem } from '../../core/turn/barge-in.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, Undo } from '../ports.ts'
import { createHolding, type Holding } from './holding.ts'
import { createMemory, type Memory } from './memory.ts'
import { createWire, type WireCounts, type WireProof } from './wire.ts'

export interface CallOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  conversation: () => Conversation
  /** Resolves when the record has everything that was appended so far. */
  settled: () => Promise<void>
  /** What this session should hold. @param from the oldest turn that it was given */
  plan: (from?: string | null) => RestorePlan
  /** The turn that the next one follows. */
  last: () => string | null
  /** Words of the person that are not on disk yet. */
  typed: () => readonly Typed[]
  deferred: () => ReadonlySet<string>
  /** The proven session may carry the conversation, or is asked again after so long. */
  mayBegin: () => true | false | { afterMs: number }
  newId: (prefix: string) => string
  order: () => SeedOrder
  onSeedDied: (death: SeedDeath) => void
  /** Gives how many sessions were begun and batches sent for it. */
  onReady: (proof: WireProof & { leftOut: number }, holding: Holding) => { sessions: number; attempts: number }
  /** What one event means, in order; empty when it only changed what is known. */
  onActs: (acts: readonly Act[]) => void
  onRefusedItem: (refused: RefusedItem, plan: RestorePlan) => void
  /** The service made no turn of the sound that it was told to. */
  onUncommitted: () => void
  /** Everything sent before the ping of that mark has arrived. */
  onProven: (mark: number) => void
  /** The socket is gone. */
  onOver: (over: CallEnd) => void
}

export interface CallEnd {
  /** What the record must know. @param again turns whose sound goes to the next session */
  changes: (again: readonly string[]) => Change[]
  spoken: (readonly [item: string, spoken: SpokenItem])[]
}

/** What becomes of a turn that is being spoken when another call takes over: it hears all of it, or the rest. */
export type Handed = 'nothing' | 'again' | 'split'

export interface Call extends LineHandler {
  readonly number: number
  send(event: ClientEvent): boolean
  bufferedBytes(): number
  proven(mark: number): void
  /** Asks the other end for life. @returns the mark that `onProven` tells */
  ping(): number | null
  /** What this session holds, and what it writes beside the conversation. */
  readonly holding: Holding
  readonly memory: Memory
  /** Asks for a response, unless one is in flight. @returns the id of the request */
  ask(): string | null
  /** Says these words aloud, as a turn of the conversation; only while no response is in flight. */
  announce(words: string): void
  /** Another call carries the conversation from now on; this one says what it was saying. */
  retire(handed: Handed): void
  /** Silences and cancels the response in flight. */
  interrupt(): void
  /** Tells the session how turns end, if that has changed since it was told last. */
  followConfig(): void
  took(item: string, ms: number): void
  spoken(item: string): SpokenItem | undefined
  /** A turn of the person is under way: heard, or being made an item. */
  isHearing(): boolean
  /** The person speaks, or a response is in flight. */
  isBusy(): boolean
  /** Words of the person are still to come. */
  isReading(): boolean
  counts(): WireCounts
}

/** After the end of speech the service makes an item of it at once; one that does not is not waited for. */
const committedWithinMs = 2_000

export function createCall(opts: CallOpts): Call {
  const { line, clock } = opts
  let view: VoiceView = beginView([], null)
  /** The configuration that the session was given. */
  let told: VoiceConfig | null = null
  let undoWatchdog: Undo = () => undefined
  let undoCommitting: Undo = () => undefined
  /** `committing`: told to make a turn of what it has heard. `over`: what it still hears is nobody's. */
  let stage: 'in use' | 'retired' | 'committing' = 'in use'

  const holding: Holding = createHolding({
    clock,
    send: (event) => void wire.send(event),
    conversation: opts.conversation,
    plan: opts.plan,
    typed: opts.typed,
    deferred: opts.deferred,
    order: opts.order,
    isHearing,
    onGive(id, turn, isNewest) {
      view = setCall(hold(view, id), id, turn ?? view.last)
      if (turn !== null && isNewest) view = { ...view, last: turn }
    },
    onRemove(id) {
      view = withdraw(view, id)
      if (view.last !== null && opts.last() !== view.last) view = { ...view, last: opts.last() }
      memory.shrunk()
    },
    onRefused: opts.onRefusedItem,
  })

  function isHearing(): boolean {
    return view.hearing !== null || view.committing !== null
  }

  const wire = createWire({
    line,
    clock,
    holding,
    config: () => (told = opts.config()),
    settled: opts.settled,
    onSeedDied: opts.onSeedDied,
    mayBegin: opts.mayBegin,
    onReady(proof) {
      view = { ...view, last: opts.last() }
      memory.begin({ ...proof, ...opts.onReady({ ...proof, leftOut: holding.plan().leftOut }, holding) })
      holding.use()
    },
    onEvent,
    onRefused: refuse,
    onClosed() {
      undoWatchdog()
      undoCommitting()
      memory.end()
      const ended = view
      opts.onOver({
        changes: (again) => loseLine(ended, again),
        spoken: [...ended.speaking.keys()].map((item) => [item, remember(item)] as const),
      })
    },
  })

  const memory = createMemory({ clock, holding, newId: opts.newId, send: (event) => wire.send(event) })

  function onEvent(event: HeardEvent): void {
    if (memory.follow(event)) return
    holding.follow(event)
    const inFlight = view.flight
    if (stage !== 'in use' && isOfNobody(event)) return endWhenDrained()
    follow(interpret(view, event))
    if (view.flight !== inFlight || event.type.startsWith('response.')) watch()
    if (event.type === 'input_audio_buffer.speech_stopped') watchCommit()
    endWhenDrained()
  }

  /** No sound comes any more; what this session still hears has gone to the next one, but for a turn that was split. */
  function isOfNobody(event: HeardEvent): boolean {
    if (event.type === 'input_audio_buffer.committed' && stage === 'committing') {
      stage = 'retired'
      view = { ...view, hearing: null }
      return false
    }
    return event.type === 'input_audio_buffer.speech_started'
  }

  function refuse(refusal: Refusal): void {
    const { command, error, eventId } = refusal
    switch (command.type) {
      case 'create':
      case 'delete':
      case 'truncate':
        return holding.refused(command.type, command.item, error)
      case 'ask':
        if (memory.refused(eventId, error.message)) return
        follow(refuseResponse(view, refusal))
        return watch()
      case 'commit':
        if (stage === 'committing') {
          stage = 'retired'
          view = { ...view, hearing: null }
          return endWhenDrained()
        }
        return opts.onUncommitted()
      case 'configure':
        told = null
        return opts.onActs([{ type: 'notice', message: 'The service did not take the change of settings.' }])
      case 'cancel':
      case 'clear':
        return
    }
  }

  function commit(): void {
    stage = 'committing'
    wire.send(commitAudio)
  }

  function endWhenDrained(): void {
    if (stage === 'retired' && !isBusy() && view.reading.size === 0) line.drained()
  }

  const isBusy = (): boolean => view.hearing !== null || view.flight.type !== 'none'

  function follow(next: Interpreted): void {
    view = next.view
    opts.onActs(next.acts)
  }

  /** Neither a lost reply nor a service that stops in the middle of an answer may keep the person from being answered. */
  function watch(): void {
    undoWatchdog()
    if (view.flight.type === 'none' && view.late.length === 0) return
    undoWatchdog = clock.after(responseSilentMs, () => {
      follow(expireLate(view))
      follow(expireResponse(view))
      watch()
      endWhenDrained()
    })
  }

  function watchCommit(): void {
    undoCommitting()
    undoCommitting = clock.after(committedWithinMs, () => {
      view = { ...view, committing: null }
      opts.onActs([])
    })
  }

  function remember(item: string): SpokenItem {
    const { text = '', receivedMs = 0, complete = false } = view.speaking.get(item) ?? {}
    return { text, receivedMs, complete, ofThisSession: true }
  }

  function request(event: (id: string) => ClientEvent): string | null {
    if (view.flight.type !== 'none') return null
    const id = opts.newId('create')
    view = { ...view, flight: responseAsked(id) }
    wire.send(event(id))
    watch()
    return id
  }

  return {
    ...wire,
    number: line.number,
    bufferedBytes: () => line.bufferedBytes(),
    ping: () => line.ping(),
    proven: (mark) => opts.onProven(mark),
    holding,
    memory,
    send(event) {
      if (event.type === 'conversation.item.truncate') holding.truncated(event.item_id, event.audio_end_ms)
      return wire.send(event)
    },
    drain: endWhenDrained,
    retire(handed) {
      stage = 'retired'
      if (handed === 'split') return commit()
      wire.send(clearAudio)
      view = { ...view, hearing: null, committing: null }
    },
    ask: () => request(createResponse),
    announce: (words) => void request((id) => sayWords(id, words)),
    interrupt() {
      const { flight } = view
      view = silence(view)
      if (flight.type === 'running') wire.send(cancelResponse(flight.response))
    },
    followConfig() {
      const { mode, eagerness } = opts.config()
      if (told === null || (told.mode === mode && told.eagerness === eagerness)) return
      told = opts.config()
      wire.send(changeTurnMode(mode, eagerness))
      // By hand, no end of speech will be told.
      if (mode === 'manual') view = { ...view, hearing: null, committing: null }
    },
    took: (item, ms) => void (view = receivedSound(view, item, ms)),
    spoken: (item) => (view.speaking.has(item) ? remember(item) : undefined),
    isHearing,
    isBusy,
    isReading: () => view.reading.size > 0,
  }
}
