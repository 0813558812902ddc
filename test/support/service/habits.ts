// How the modelled service behaves, as plain values that a test may change at any moment. The defaults are a service on a good
// day (facts: the Realtime reference).
import type { ClientEvent } from '../../../src/core/realtime/events.ts'
import type { ModelItem } from './items.ts'
import type { ModelSession } from './session.ts'

export type SentEvent = Record<string, unknown> & { type: string }

/** What the service makes of a question. */
export interface Answer {
  words: string
  /** Length of its sound; 0 with `modality` audio: an empty item. */
  audioMs: number
  modality: 'audio' | 'text'
  /** Calls in place of words. */
  calls: readonly { name: string; arguments: string }[]
  /** `silent`: no `response.done` ever comes. `nothing`: completed without any output. */
  end:
    | { type: 'completed' | 'silent' | 'nothing' | 'max_output_tokens' | 'content_filter' }
    | { type: 'cancelled' }
    | { type: 'failed'; code: string; message: string }
  /** From being asked to `response.created`. */
  thinkMs: number
  /** Of sound, for each piece of `chunkMs`. */
  everyMs: number
  chunkMs: number
}

export const plainAnswer: Answer = {
  words: '',
  audioMs: 1_000,
  modality: 'audio',
  calls: [],
  end: { type: 'completed' },
  thinkMs: 40,
  everyMs: 50,
  chunkMs: 200,
}

export interface Question {
  /** The conversation when the answer was begun. */
  items: readonly ModelItem[]
  /** What nobody has answered: everything behind the last answer. */
  open: readonly ModelItem[]
  session: ModelSession
  /** How many responses this service has begun, this one included. */
  number: number
}

export interface Refusal {
  message?: string
  code?: string | null
  type?: string
  /** In place of what the service says for such a command. */
  param?: string | null
  /** Overrides `Habits.namesErrors`. */
  named?: boolean
  afterMs?: number
}

export interface Habits {
  /** One way. */
  latencyMs: number
  /** Of the way up. */
  bytesPerSecond: number
  /** So much of what waits is in the kernel and not counted as buffered. */
  kernelBytes: number
  /** Errors carry the id of the client's event. */
  namesErrors: boolean
  /** Of items that the client creates. */
  ackFirstMs: number
  ackEveryMs: number
  /** From `committed`; `before`: ahead of it; null: never; `failed`: told to have failed. */
  transcriptMs: number | 'before' | 'failed' | null
  /** A turn that was committed is answered without being asked for. */
  commitAnswers: boolean
  /** The event does nothing, and nothing is said of it. */
  ignores: (event: ClientEvent, session: ModelSession) => boolean
  /** Silence that ends a turn. */
  silenceMs: number
  sessionMs: number
  words: (frames: readonly number[]) => string
  answer: (question: Question) => Partial<Answer>
  /** What is written beside the conversation. */
  aside: string
  /** An error in place of what the event would do. */
  refuse: (event: ClientEvent, session: ModelSession) => Refusal | null
  /** Before the event does anything; to cut the line at a point. */
  onEvent: (event: ClientEvent, session: ModelSession) => void
  /** What becomes of an event on its way out: sent as it is, twice, later, or not at all. */
  tamper: (event: SentEvent, session: ModelSession) => readonly { event: SentEvent; afterMs?: number }[]
}

export const goodDay: Habits = {
  latencyMs: 10,
  bytesPerSecond: Infinity,
  kernelBytes: 256_000,
  namesErrors: true,
  ackFirstMs: 0,
  ackEveryMs: 0,
  transcriptMs: 200,
  commitAnswers: false,
  ignores: () => false,
  silenceMs: 500,
  sessionMs: 60 * 60_000,
  words: (frames) => (frames.length === 0 ? '' : `Frames ${frames[0] ?? 0} to ${frames.at(-1) ?? 0}.`),
  answer: () => ({}),
  aside: 'A summary of what was said.',
  refuse: () => null,
  onEvent: () => undefined,
  tamper: (event) => [{ event }],
}
