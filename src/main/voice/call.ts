// One socket's share of the conversation: its wire, its view of what the service does, its one response in flight.
// A call that is over says nothing any more; what it leaves behind goes into the record.
import type { Change } from '../../core/conversation/change.ts'
import { emptyPlan, type RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { SeedDeath } from '../../core/conversation/seed-trials.ts'
import type { Act, Interpreted } from '../../core/realtime/act.ts'
import {
  cancelResponse,
  changeTurnMode,
  clearAudio,
  commitAudio,
  createItem,
  deleteItem,
  createResponse,
  sayWords,
  userText,
  type VoiceConfig,
} from '../../core/realtime/commands.ts'
import type { ClientEvent, WireItem } from '../../core/realtime/events.ts'
import { functionCall, functionOutput, type AskedFunction } from '../../core/realtime/function-calls.ts'
import { interpret } from '../../core/realtime/interpret.ts'
import { expireResponse, responseSilentMs } from '../../core/realtime/response-end.ts'
import { askForResponse } from '../../core/realtime/responses.ts'
import {
  beginView,
  hold,
  know,
  loseLine,
  receivedSound,
  silence,
  type VoiceView,
  withdraw,
} from '../../core/realtime/voice-view.ts'
import type { SpokenItem } from '../../core/turn/barge-in.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, Undo } from '../ports.ts'
import { createMemory, type Memory } from './memory.ts'
import { createWire, type Restored, type WireCounts, type WireProof } from './wire.ts'

export interface CallOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  /** `last`: the turn that the next one follows. */
  plan: () => Promise<RestorePlan & { last: string | null }>
  /** The proven session may carry the conversation; asked once, when it could. */
  mayBegin: (plan: RestorePlan) => boolean
  newId: (prefix: string) => string
  /** Items a batch of what the session is given. */
  batch: () => number
  onSeedDied: (death: SeedDeath) => void
  /** Gives how many sessions were begun and batches sent for it. */
  onReady: (proof: WireProof & { leftOut: number }, restored: Restored) => { sessions: number; attempts: number }
  /** What one event means, in order; empty when it only changed what is known. */
  onActs: (acts: readonly Act[]) => void
  /** The socket is gone. `changes` tells what the record must know, given which turns' sound is still kept. */
  onOver: (over: CallEnd) => void
}

export interface CallEnd {
  changes: (isKept: (turn: string) => boolean) => Change[]
  spoken: (readonly [item: string, spoken: SpokenItem])[]
  /** A response was wanted and nothing of it has sounded. */
  owesAnswer: boolean
}

/** What becomes of a turn that is being spoken when another call takes over: it hears all of it, or the rest. */
export type Handed = 'nothing' | 'again' | 'split'

export interface Call extends LineHandler {
  send(event: ClientEvent): boolean
  bufferedBytes(): number
  /** Gives typed words their item, unless the session has it already. */
  type(item: string, text: string): void
  /** Gives a function call its output; where this session has not asked for it itself, the call as well. */
  give(asked: Pick<AskedFunction, 'call' | 'name' | 'arguments'>, output: string, isOwn: boolean): void
  /** Gives a turn of the conversation that this session has not, behind `previous`; null: before everything. */
  insert(item: WireItem, previous: string | null): void
  /** As `insert`; resolves to whether the service took it. */
  insertProven(item: WireItem, previous: string | null): Promise<boolean>
  /** Deletes those of the items that this session has, and what it has of these calls. */
  withdraw(items: readonly string[], calls: readonly string[]): void
  /** What this session holds, and what it writes beside the conversation. */
  readonly memory: Memory
  knows(item: string): boolean
  /** Asks for a response, now or after the one in flight. */
  ask(): void
  /**
   * Another call carries the conversation from now on; this one says what it was saying.
   * @returns whether a response was wanted that this session has not been asked for
   */
  retire(handed: Handed): boolean
  /** Says these words aloud, as a turn of the conversation; only while no response is in flight. */
  announce(words: string): void
  /** Silences and cancels the response in flight. */
  interrupt(): void
  /** Tells the session how turns end, if that has changed since it was told last. */
  followConfig(): void
  took(item: string, ms: number): void
  spoken(item: string): SpokenItem | undefined
  /** The person speaks, or a response is in flight. */
  isBusy(): boolean
  /** Words of the person are still to come. */
  isReading(): boolean
  counts(): WireCounts
}

export function createCall(opts: CallOpts): Call {
  const { line, clock } = opts
  let view: VoiceView = beginView([], null)
  /** The configuration that the session was given. */
  let told: VoiceConfig | null = null
  let plan: RestorePlan = emptyPlan
  let undoWatchdog: Undo = () => undefined
  /** `committing`: told to make a turn of what it has heard. */
  let stage: 'in use' | 'retired' | 'committing' = 'in use'

  const wire = createWire({
    line,
    clock,
    config: () => (told = opts.config()),
    batch: opts.batch,
    onSeedDied: opts.onSeedDied,
    async plan() {
      const { last, ...planned } = await opts.plan()
      plan = planned
      view = beginView(
        plan.items.map((item) => item.id ?? ''),
        last,
      )
      return plan
    },
    mayBegin: () => opts.mayBegin(plan),
    onReady(proof, restored) {
      memory.begin({ ...proof, ...opts.onReady({ ...proof, leftOut: plan.leftOut }, restored) }, restored)
    },
    onEvent(event) {
      if (memory.follow(event)) return
      const inFlight = view.queue.active
      if (stage !== 'in use') followLast(event.type)
      follow(interpret(view, event, opts.newId('create')))
      if (view.queue.active !== inFlight || event.type.startsWith('response.')) watch()
      endWhenDrained()
    },
    onClosed() {
      undoWatchdog()
      memory.end()
      const ended = view
      const { active, waiting } = ended.queue
      const isWanted = waiting || active.type === 'running' || (active.type === 'asked' && !active.unwanted)
      const isHalfSaid = [...ended.speaking.values()].some((item) => !item.complete && item.receivedMs > 0)
      opts.onOver({
        changes: (isKept) => loseLine(ended, isKept),
        spoken: [...ended.speaking.keys()].map((item) => [item, remember(item)] as const),
        owesAnswer: isWanted && !isHalfSaid,
      })
    },
  })

  const memory = createMemory({ clock, newId: opts.newId, send: (event) => wire.send(event) })

  function insert(item: WireItem, previous: string | null): void {
    const id = item.id ?? ''
    view = hold(view, id)
    wire.send({ ...createItem(item, id), previous_item_id: previous ?? 'root' })
  }

  /** No sound comes any more: what began to be spoken is a turn as it is. */
  function followLast(type: string): void {
    if (type === 'input_audio_buffer.speech_started') commit()
    else if (stage === 'committing' && (type === 'input_audio_buffer.committed' || type === 'error')) {
      stage = 'retired'
      view = { ...view, hearing: null }
    }
  }

  function commit(): void {
    stage = 'committing'
    wire.send(commitAudio)
  }

  function endWhenDrained(): void {
    if (stage === 'retired' && !isBusy() && view.reading.size === 0) line.drained()
  }

  const isBusy = (): boolean => view.hearing !== null || view.queue.active.type !== 'none'

  function follow(next: Interpreted): void {
    view = next.view
    opts.onActs(next.acts)
  }

  /** Neither a lost reply nor a service that stops in the middle of an answer may keep the person from being answered. */
  function watch(): void {
    undoWatchdog()
    if (view.queue.active.type !== 'none')
      undoWatchdog = clock.after(responseSilentMs, () => {
        follow(expireResponse(view, opts.newId('create')))
        watch()
        endWhenDrained()
      })
  }

  function remember(item: string): SpokenItem {
    const { text = '', receivedMs = 0, complete = false } = view.speaking.get(item) ?? {}
    return { text, receivedMs, complete, ofThisSession: true }
  }

  return {
    ...wire,
    bufferedBytes: () => line.bufferedBytes(),
    type(item, text) {
      if (view.known.has(item)) return
      view = know(view, item)
      wire.send(createItem(userText(item, text), item))
    },
    give(asked, output, isOwn) {
      const pair = [functionCall(asked), functionOutput(asked.call, output)]
      for (const item of isOwn ? pair.slice(1) : pair) {
        const id = item.id ?? ''
        if (view.known.has(id)) continue
        view = hold(view, id)
        wire.send(createItem(item, id))
      }
    },
    insert,
    insertProven(item, previous) {
      const taken = memory.acknowledged(item.id ?? '')
      insert(item, previous)
      return taken
    },
    withdraw(items, calls) {
      const ids = [...items.filter((item) => view.known.has(item)), ...memory.idsOfCalls(calls)]
      for (const id of new Set(ids)) {
        view = withdraw(view, id)
        wire.send(deleteItem(id))
      }
      if (ids.length > 0) memory.shrunk()
    },
    memory,
    knows: (item) => view.known.has(item),
    drain: endWhenDrained,
    retire(handed) {
      const owesAnswer = view.queue.waiting
      view = { ...view, queue: { ...view.queue, waiting: false } }
      stage = 'retired'
      if (handed === 'split') commit()
      if (handed === 'again') {
        wire.send(clearAudio)
        view = { ...view, hearing: null }
      }
      return owesAnswer
    },
    ask() {
      const { queue, send } = askForResponse(view.queue, opts.newId('create'))
      view = { ...view, queue }
      if (send !== null) wire.send(createResponse(send))
      watch()
    },
    announce(words) {
      const { queue, send } = askForResponse(view.queue, opts.newId('create'))
      view = { ...view, queue }
      if (send !== null) wire.send(sayWords(send, words))
      watch()
    },
    interrupt() {
      const { active } = view.queue
      view = silence(view)
      if (active.type === 'running') wire.send(cancelResponse(active.response))
    },
    followConfig() {
      const { mode, eagerness } = opts.config()
      if (told === null || (told.mode === mode && told.eagerness === eagerness)) return
      told = opts.config()
      wire.send(changeTurnMode(mode, eagerness))
      // By hand, no end of speech will be told.
      if (mode === 'manual') view = { ...view, hearing: null }
    },
    took: (item, ms) => void (view = receivedSound(view, item, ms)),
    spoken: (item) => (view.speaking.has(item) ? remember(item) : undefined),
    isBusy,
    isReading: () => view.reading.size > 0,
  }
}
