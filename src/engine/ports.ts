// The seams inside the engine: what the protocol (realtime/) asks of hearing and speaking (speech/) and of the mind (mind/).
import type { Undo } from '../core/emitter.ts'
import type { Transcript } from '../speech/moonshine.ts'

export type { Undo }

/** When a turn ends. Times are milliseconds of audio. */
export type TurnRule =
  | { type: 'none' }
  | { type: 'server_vad'; threshold: number; prefixPaddingMs: number; silenceDurationMs: number }
  | { type: 'semantic_vad'; eagerness: 'low' | 'medium' | 'high' }

export type { Transcript }

export interface SpeechInputEvents {
  /** `audioStartMs`: offset in all audio heard by this input, prefix padding included. */
  started: { audioStartMs: number }
  /** The turn has ended by the rule in force. */
  stopped: { audioStartMs: number; audioEndMs: number }
  /** What has been understood so far of the turn being spoken. */
  partial: { text: string }
}

/** Hears one connection's audio. Offsets count from the first sample ever given to `hear`. */
export interface SpeechInput {
  /** 24 kHz mono PCM16, any length. Returns at once; the work is queued in order. */
  hear(samples: Int16Array): void
  /** Applies from now on. A turn being spoken is dropped when the rule becomes `none`. */
  follow(rule: TurnRule): void
  /** Words of the audio between two offsets (ms). Reuses what was decoded while listening. */
  read(fromMs: number, toMs: number): Promise<Transcript>
  /** Resolves when everything heard so far has been judged. */
  settled(): Promise<void>
  on<Name extends keyof SpeechInputEvents>(name: Name, listen: (event: SpeechInputEvents[Name]) => void): Undo
  close(): void
}

export interface Synthesiser {
  /** Names of the voices; the first is the default. */
  readonly voices: readonly string[]
  /**
   * Speaks one clause or sentence. Yields 24 kHz mono PCM16 as it is made. An unknown voice is the default one.
   * @param speed 0.25–1.5, 1 is the voice's own.
   */
  speak(text: string, how: { voice: string; speed: number; signal: AbortSignal }): AsyncIterable<Int16Array>
}

/** Loaded once for a process; every connection gets a speech input of its own. */
export interface Speech {
  synthesiser: Synthesiser
  createSpeechInput(): SpeechInput
  close(): Promise<void>
}

/** What the mind knows of the conversation, oldest first: the session's items as they are now. */
export type Memo =
  /** `pictures`: so many came with it, which nobody here can see; absent for none. */
  | { type: 'message'; role: 'system' | 'user' | 'assistant'; text: string; pictures?: number }
  | { type: 'call'; callId: string; name: string; arguments: string }
  | { type: 'result'; callId: string; output: string }

export interface MindTool {
  name: string
  description: string
  /** JSON schema of the arguments object. */
  parameters: unknown
}

export interface Ask {
  /** Names the connection, so that a reminder comes back to the one it was asked on. */
  session: string
  memos: readonly Memo[]
  instructions: string
  tools: readonly MindTool[]
  /** `none` forbids calls, `required` wants one, a name wants that one. */
  toolChoice: 'auto' | 'none' | 'required' | { name: string }
  signal: AbortSignal
}

/**
 * A piece of the answer in order. Text pieces are joined as they are; each is at least a clause. A refusal is the whole
 * answer: what was asked for was not done, and why.
 */
export type Thought =
  { type: 'text' | 'refusal'; text: string; manner?: Manner } | { type: 'call'; name: string; arguments: string }

/** How it is spoken, beside what the session has set. */
export interface Manner {
  /** Times the session's own. */
  speed: number
  /** 0–1, of the voice's own loudness. */
  gain: number
}

/**
 * Something the mind wants said without being asked: a timer that is due. It belongs to the session that asked for it;
 * when that connection is gone (a hand-over, a restart) it goes to the newest one.
 */
export interface Announcement {
  session: string
  text: string
}

export interface Mind {
  /** Never throws for what the person says; an aborted signal ends the iteration quietly. */
  reply(ask: Ask): AsyncIterable<Thought>
  /**
   * One step of a task, in writing: the calls to make now, or the answer when there is nothing left to do. Under the
   * same rules as `reply`; keeps nothing beyond the memos.
   */
  work(ask: Ask): AsyncIterable<Thought>
  /** `listen` tells whether somebody is there to hear it; what nobody could hear is offered again until it is heard. */
  onAnnouncement(listen: (announcement: Announcement) => boolean): Undo
  close(): Promise<void>
}

/** Time as the engine sees it; tests move it. */
export interface EngineClock {
  /** Milliseconds since 1970. */
  nowMs(): number
  after(delayMs: number, act: () => void): Undo
}
