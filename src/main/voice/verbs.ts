// What a voice session needs and what it can be told: the whole surface of this folder.
import type { Change } from '../../core/conversation/change.ts'
import type { ConnectionPolicy } from '../../core/connection/policy.ts'
import type { ConnectionPhase } from '../../core/connection/state.ts'
import type { ContextView } from '../../core/conversation/budget.ts'
import type { HoldsView } from '../../core/conversation/holds.ts'
import type { Emitter } from '../../core/emitter.ts'
import type { Picture } from '../../core/pictures/picture.ts'
import type { Eagerness, TurnMode, VoiceConfig } from '../../core/realtime/commands.ts'
import type { PressOutcome } from '../../core/turn/push-to-talk.ts'
import type { DialectStore } from '../call/configuring.ts'
import type { WireCounts } from '../call/reading.ts'
import type { Clock, ConversationRecord, OpenSocket, Random, SocketRequest, Speaker } from '../ports.ts'
import type { VoiceEvents } from './events.ts'
import type { Told, VoiceFunctions } from './functions.ts'
import type { RollingBack } from './rolling-back.ts'
import type { UplinkHealth } from './uplink.ts'

/** What was to be said can't be given to this service; the message is for the person. */
export class SayError extends Error {
  override readonly name = 'SayError'
}

export interface VoiceSessionOpts {
  clock: Clock
  random: Random
  openSocket: OpenSocket
  request: () => Promise<SocketRequest>
  record: ConversationRecord
  speaker: Speaker
  config: VoiceConfig
  /** What a model without a clock is told of the time when a session begins. */
  today?: () => string
  endpoint: { name: string; model: string }
  /** What is known of the endpoint from before, and kept of it. */
  dialect?: DialectStore
  policy?: ConnectionPolicy
  /** What the model can have done; absent: it only talks. */
  functions?: VoiceFunctions
  newId: (prefix: string) => string
}

export interface VoiceSession {
  on: Emitter<VoiceEvents>['on']
  start(): void
  /** Tries now: after a refusal, or instead of waiting for the next attempt. A turn that was not answered is asked again. */
  retry(): void
  /** Ends the line and asks anew where to connect; what is owed and kept stays. */
  reopen(): void
  /** The line may have died unnoticed (sleep, another network): it has a second to answer, else it is replaced. */
  prove(): void
  /** Ends the line and the voice; the record stays open. Resolves when the record has everything. */
  stop(): Promise<void>
  /** A 20 ms frame of the person's sound; null: nobody speaks in what came behind the last turn, and nothing follows for now. */
  hear(frame: Int16Array | null): void
  press(): void
  release(): PressOutcome | null
  /**
   * Typed words, or pictures with or without words; they interrupt the voice as spoken ones do. Resolves when they are in the
   * record; rejects with SayError where the server is known to take no pictures.
   */
  say(text: string, asTyped?: true, pictures?: readonly Picture[]): Promise<void>
  /** Of this conversation the picture is kept no longer. Resolves when that is in the record. */
  removePicture(digest: string): Promise<void>
  /** Silences the voice and cancels its response. */
  hush(): Promise<void>
  setTurnMode(mode: TurnMode, eagerness: Eagerness): void
  /** Whether there is a line only while somebody talks; false opens it at once. Before `start` that opens none. */
  setResting(rests: boolean): void
  takeBack: RollingBack['takeBack']
  putBack: RollingBack['putBack']
  /** The person does without the words that came to nothing. */
  dropDraft(): Promise<void>
  /** What the model holds. */
  holds(): HoldsView
  /** How full its memory is; null while there is no line. */
  context(): ContextView | null
  /** Something that comes by itself; the voice tells it at the next quiet moment, or only knows it. */
  tell(told: Told): void
  phase(): ConnectionPhase
  /** Nobody speaks, no response is in flight, nothing is on its way to the ear. */
  isQuiet(): boolean
  health(): UplinkHealth & WireCounts
}

/** What the session of a line is made with: the person's wishes, and what is known at the moment. */
export function sessionConfig(config: VoiceConfig, { speaker, today, functions }: VoiceSessionOpts): VoiceConfig {
  return {
    ...config,
    isJudgedHere: speaker.floor !== undefined,
    instructions: [config.instructions, today?.() ?? ''].filter(Boolean).join('\n\n'),
    tools: functions?.offered() ?? config.tools,
  }
}

/** While there is no line. */
export const noCounts: WireCounts = { events: 0, unknown: 0, broken: 0, losses: [] }

/** A turn of the person's that was typed, as the record has it. */
export function typedTurn(given: {
  turn: string
  text: string
  after: string | null
  asTyped?: true | undefined
  pictures?: Picture[]
}): Change[] {
  const { turn, text, after, asTyped, pictures } = given
  return [
    { type: 'turn-started', turn, role: 'user', via: 'text', after },
    { type: 'words-heard', turn, text, ...(asTyped && { asTyped }), ...(pictures && { pictures }) },
  ]
}
