// One socket's share of the conversation: its wire, its view of what the service does, its one response in flight.
// A call that is over says nothing any more; what it leaves behind goes into the record.
import type { Change } from '../../core/conversation/change.ts'
import type { RestorePlan } from '../../core/conversation/rehydrate.ts'
import { createResponse, type VoiceConfig } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import {
  beginView,
  interpret,
  loseLine,
  receivedSound,
  silence,
  type Act,
  type VoiceView,
} from '../../core/realtime/interpret.ts'
import { askForResponse } from '../../core/realtime/responses.ts'
import type { SpokenItem } from '../../core/turn/barge-in.ts'
import type { Line, LineHandler } from '../net/link.ts'
import { createWire, type WireCounts, type WireProof } from './wire.ts'

export interface CallOpts {
  line: Line
  config: () => VoiceConfig
  plan: () => Promise<RestorePlan>
  newId: (prefix: string) => string
  onReady: (proof: WireProof & { leftOut: number }) => void
  onAct: (act: Act) => void
  /** The socket is gone, with what the record must know. */
  onOver: (changes: Change[], spoken: (readonly [item: string, spoken: SpokenItem])[]) => void
}

export interface Call extends LineHandler {
  send(event: ClientEvent): boolean
  bufferedBytes(): number
  /** Asks for a response, now or after the one in flight. */
  ask(): void
  /** Silences what still comes of the response in flight. The id to cancel, null when none is running. */
  interrupt(): string | null
  /** `item` has its turn already. */
  know(item: string): void
  took(item: string, ms: number): void
  spoken(item: string): SpokenItem | undefined
  /** The person speaks, or a response is in flight. */
  isBusy(): boolean
  counts(): WireCounts
}

export function createCall(opts: CallOpts): Call {
  const { line } = opts
  let view: VoiceView = beginView([])
  let leftOut = 0

  const wire = createWire({
    line,
    config: opts.config,
    async plan() {
      const plan = await opts.plan()
      leftOut = plan.leftOut
      view = beginView(plan.items.map((item) => item.id ?? ''))
      return plan.items
    },
    onReady: (proof) => opts.onReady({ ...proof, leftOut }),
    onEvent(event) {
      const next = interpret(view, event, opts.newId('create'))
      view = next.view
      for (const act of next.acts) opts.onAct(act)
    },
    onClosed: () =>
      opts.onOver(
        loseLine(view),
        Object.keys(view.speaking).map((item) => [item, remember(item)] as const),
      ),
  })

  function remember(item: string): SpokenItem {
    const known = view.speaking[item]
    return { text: known?.text ?? '', receivedMs: known?.receivedMs ?? 0, ofThisSession: true }
  }

  return {
    ...wire,
    bufferedBytes: () => line.bufferedBytes(),
    ask() {
      const { queue, send } = askForResponse(view.queue, opts.newId('create'))
      view = { ...view, queue }
      if (send !== null) wire.send(createResponse(send))
    },
    interrupt() {
      const { active } = view.queue
      view = silence(view)
      return active.type === 'running' ? active.response : null
    },
    know(item) {
      view = { ...view, known: new Set([...view.known, item]) }
    },
    took(item, ms) {
      view = receivedSound(view, item, ms)
    },
    spoken: (item) => (view.speaking[item] ? remember(item) : undefined),
    isBusy: () => view.hearing !== null || view.queue.active.type !== 'none',
  }
}
