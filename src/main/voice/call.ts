// One socket's share of the conversation: its wire, its view of what the service does, its one response in flight.
// A call that is over says nothing any more; what it leaves behind goes into the record.
import type { Change } from '../../core/conversation/change.ts'
import type { RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { Act, Interpreted } from '../../core/realtime/act.ts'
import {
  cancelResponse,
  changeTurnMode,
  createItem,
  createResponse,
  userText,
  type VoiceConfig,
} from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import { functionCall, functionOutput, type AskedFunction } from '../../core/realtime/function-calls.ts'
import { interpret } from '../../core/realtime/interpret.ts'
import { expireResponse, responseSilentMs } from '../../core/realtime/response-end.ts'
import { askForResponse } from '../../core/realtime/responses.ts'
import { beginView, hold, know, loseLine, receivedSound, silence, type VoiceView } from '../../core/realtime/voice-view.ts'
import type { SpokenItem } from '../../core/turn/barge-in.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock, Undo } from '../ports.ts'
import { createWire, type WireCounts, type WireProof } from './wire.ts'

export interface CallOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  /** `last`: the turn that the next one follows. */
  plan: () => Promise<RestorePlan & { last: string | null }>
  /** The proven session may carry the conversation; asked once, when it could. */
  mayBegin: (plan: RestorePlan) => boolean
  newId: (prefix: string) => string
  onReady: (proof: WireProof & { leftOut: number }) => void
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

export interface Call extends LineHandler {
  send(event: ClientEvent): boolean
  bufferedBytes(): number
  /** Gives typed words their item, unless the session has it already. */
  type(item: string, text: string): void
  /** Gives a function call its output; where this session has not asked for it itself, the call as well. */
  give(asked: Pick<AskedFunction, 'call' | 'name' | 'arguments'>, output: string, isOwn: boolean): void
  /** Asks for a response, now or after the one in flight. */
  ask(): void
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
  let plan: RestorePlan = { items: [], leftOut: 0 }
  let undoWatchdog: Undo = () => undefined

  const wire = createWire({
    line,
    config: () => (told = opts.config()),
    async plan() {
      const { last, ...planned } = await opts.plan()
      plan = planned
      view = beginView(
        plan.items.map((item) => item.id ?? ''),
        last,
      )
      return plan.items
    },
    mayBegin: () => opts.mayBegin(plan),
    onReady: (proof) => opts.onReady({ ...proof, leftOut: plan.leftOut }),
    onEvent(event) {
      const inFlight = view.queue.active
      follow(interpret(view, event, opts.newId('create')))
      if (view.queue.active !== inFlight || event.type.startsWith('response.')) watch()
    },
    onClosed() {
      undoWatchdog()
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
    ask() {
      const { queue, send } = askForResponse(view.queue, opts.newId('create'))
      view = { ...view, queue }
      if (send !== null) wire.send(createResponse(send))
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
    isBusy: () => view.hearing !== null || view.queue.active.type !== 'none',
    isReading: () => view.reading.size > 0,
  }
}
