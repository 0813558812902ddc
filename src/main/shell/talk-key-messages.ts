// What main and the process that listens to the keyboard say to each other, and how main sees that process.
import type { Undo } from '../../core/emitter.ts'

/** The combination to listen for; a new one replaces the old one. */
export interface ToTalkKeyHost {
  keys: string
}

export type FromTalkKeyHost =
  | 'listening'
  /** It is the desktop itself that listens, for these keys in its own words; empty when it does not say. */
  | { type: 'bound'; keys: string }
  /** `handMs` by the clock of what felt the key. */
  | { type: 'edge'; edge: 'down' | 'up'; handMs: number }
  | 'escape'

export interface TalkKeyProcess {
  post(message: ToTalkKeyHost): void
  onMessage(listen: (message: FromTalkKeyHost) => void): void
  onExit(listen: () => void): void
  stop: Undo
}
