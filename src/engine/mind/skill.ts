// What a skill is: a pure reading of the person's words into an answer and, where something is to be kept, the
// notebook as it shall be. Which skill speaks is decided in answer.ts.
import type { Manner, Memo } from '../ports.ts'
import type { Heard } from '../language/heard.ts'
import type { Alarm, Notebook } from '../notebook/notebook.ts'

/** All a skill may know. */
export interface Scene {
  session: string
  /** Milliseconds since 1970. */
  nowMs: number
  /** IANA name. */
  timeZone: string
  /** The conversation up to, and without, the words being answered. */
  memos: readonly Memo[]
  /** What the voice is called. */
  name: string
  notebook: Notebook
  /** The notebook before its last change, null when there is nothing to take back. */
  before: Notebook | null
  /** What the last answer was about; null when nothing can follow it. */
  topic: Topic | null
  /** How it speaks now. */
  manner: Manner
  random: () => number
}

/** What an answer was about, as far as a few more words can turn it: `and of 120?`, `make it 12`, `another one`. */
export type Topic =
  | { about: 'sum'; command: string }
  | { about: 'conversion'; amount: string; from: string; to: string }
  | { about: 'alarm'; alarm: Alarm }
  /** Something that comes out differently each time. */
  | { about: 'chance'; command: string }
  | { about: 'time' }
  | { about: 'day' }
  | { about: 'spelling' }
  /** `removes`: the last thing done to it was to take something away. */
  | { about: 'list'; name: string; removes?: true }
  /** It was declined, and so is what follows it. */
  | { about: 'declined'; say: string }

export interface Answer {
  say: string
  /** The notebook from now on. */
  notebook?: Notebook
  topic?: Topic
  /** The way to get more, said once a day. */
  offer?: string
  /** How it speaks from now on. */
  manner?: Manner
}

/** The voice asked something of this form; the reply becomes a whole command. */
export interface FollowUp {
  asked: RegExp
  /** Null when the reply is no answer to that question. */
  complete: (reply: Heard, asked: RegExpExecArray) => string | null
}

export interface Skill {
  name: string
  /**
   * `machine` skills give exact answers that a language model can't (time, timers, sums, what is kept); they come
   * before a local model and before the person's tools. `talk` skills come after both.
   */
  kind: 'machine' | 'talk'
  /**
   * Whole commands in levelled words; a misheard command is compared with them. `#` stands for a number. A command in
   * which one word changes what is meant is none of them.
   */
  examples: readonly string[]
  followUps?: readonly FollowUp[]
  answer(heard: Heard, scene: Scene): Answer | null
}

/** One of several ways to say it. */
export function pick(random: () => number, ways: readonly [string, ...string[]]): string {
  return ways[Math.min(ways.length - 1, Math.max(0, Math.floor(random() * ways.length)))] ?? ways[0]
}
