// What everything that answers Responses requests shares in one engine, over sockets and over HTTP.
import type { EngineClock, Mind } from '../ports.ts'
import type { Contexts } from './context.ts'
import type { Seal } from './seal.ts'
import type { StoredResponses } from './stored.ts'

export interface ResponsesParts {
  clock: EngineClock
  mind: Mind
  seal: Seal
  contexts: Contexts
  stored: StoredResponses
  /** What the engine calls its mind. */
  model: string
  /** How long a thinking server would take for each response; 0 but in measures. */
  serverTimeMs: number
  /** Hears of failures of the engine's own; never of what was asked. */
  onFault(fault: unknown): void
}
