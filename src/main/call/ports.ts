// What one socket's share of the conversation needs, and what it can be told.
import type { Change } from '../../core/conversation/change.ts'
import type { RefusedItem } from '../../core/conversation/held.ts'
import type { Typed } from '../../core/conversation/desired.ts'
import type { Conversation } from '../../core/conversation/reduce.ts'
import type { Beginning, RestorePlan } from '../../core/conversation/rehydrate.ts'
import type { SeedDeath, SeedOrder } from '../../core/conversation/seed-trials.ts'
import type { Act } from '../../core/realtime/act.ts'
import type { VoiceConfig } from '../../core/realtime/commands.ts'
import type { ClientEvent } from '../../core/realtime/events.ts'
import type { SpokenItem } from '../../core/turn/barge-in.ts'
import type { Line, LineHandler } from '../net/link.ts'
import type { Clock } from '../ports.ts'
import type { DialectStore } from './configuring.ts'
import type { Holding } from './holding.ts'
import type { Memory } from './memory.ts'
import type { WireCounts } from './reading.ts'
import type { WireProof } from './wire.ts'

export interface CallOpts {
  line: Line
  clock: Clock
  config: () => VoiceConfig
  /** What was found of the endpoint. */
  dialect: DialectStore
  conversation: () => Conversation
  /** Resolves when the record has everything that was appended so far. */
  settled: () => Promise<void>
  /** What this session should hold. @param from the oldest turn that it was given */
  plan: (from?: Beginning) => RestorePlan
  /** The turn that the next one follows, by the person or the voice. @param without turns that come behind it */
  last: (without?: Iterable<string>, by?: 'person' | 'voice') => string | null
  /** Words of the person that are not on disk yet. */
  typed: () => readonly Typed[]
  deferred: () => ReadonlySet<string>
  /** The proven session may carry the conversation, or is asked again after so long. */
  mayBegin: () => true | false | { afterMs: number }
  newId: (prefix: string) => string
  /** Puts the bytes of pictures into what is sent. */
  fill: (event: ClientEvent) => ClientEvent
  order: () => SeedOrder
  onSeedDied: (death: SeedDeath) => void
  /** Gives how many sessions were begun and batches sent for it. */
  onReady: (proof: WireProof & { leftOut: number }, holding: Holding) => { sessions: number; attempts: number }
  /** What one event means, in order; empty when it only changed what is known. */
  onActs: (acts: readonly Act[]) => void
  /** One sentence for the person. */
  onNotice: (message: string) => void
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
  /** The response that the service is about to begin by itself is not wanted, or is after all. */
  spurn(on: boolean): void
  /** Tells the session how turns end, if that has changed since it was told last. */
  followConfig(): void
  took(item: string, ms: number): void
  spoken(item: string): SpokenItem | undefined
  /** A turn of the person is under way: heard, or being made an item. */
  isHearing(): boolean
  /** The person speaks, or a response is in flight. */
  isBusy(): boolean
  /** Words of the person are still to come. */
  /** A response has begun and not ended. */
  isAnswering(): boolean
  isReading(): boolean
  counts(): WireCounts
}
