// The shapes the engine writes, derived from the service's own types so that a wrong field does not compile.
import type { ServerEvent } from '../../core/realtime/events.ts'

/** The service writes null where a field has no value; the published types only say that it may be absent. */
type Nullable<T> = T extends readonly (infer Inner)[]
  ? Nullable<Inner>[]
  : T extends object
    ? { [K in keyof T]: Nullable<T[K]> | (Record<string, never> extends Pick<T, K> ? null : never) }
    : T

/** The published item types know more kinds than the engine makes; here an item is one of its own. */
type OwnItems<T> = T extends { item: unknown }
  ? Omit<T, 'item'> & { item: Item }
  : T extends { response: infer Response }
    ? Omit<T, 'response'> & { response: Omit<Response, 'output'> & { output: Item[] } }
    : T

type WithoutEventId<T> = T extends unknown ? OwnItems<Omit<T, 'event_id'>> : never

/** An event before it gets its `event_id`. */
export type Outgoing = WithoutEventId<Nullable<ServerEvent>>
export type OutgoingOf<T extends Outgoing['type']> = Extract<Outgoing, { type: T }>
export type Send = (event: Outgoing) => void

export type Status = 'in_progress' | 'completed' | 'incomplete'

export type Content =
  | { type: 'input_text'; text: string }
  /** Its bytes are not kept: nobody here could look at them. */
  | { type: 'input_image' }
  | { type: 'input_audio'; transcript: string | null; audio?: string }
  | { type: 'output_text'; text: string }
  | { type: 'output_audio'; transcript?: string; audio?: string }

interface Named {
  id: string
  object: 'realtime.item'
  status: Status
}
export type Message = Named & { type: 'message'; role: 'system' | 'user' | 'assistant'; content: Content[] }
export type FunctionCall = Named & { type: 'function_call'; call_id: string; name: string; arguments: string }
export type FunctionOutput = Named & { type: 'function_call_output'; call_id: string; output: string }
export type Item = Message | FunctionCall | FunctionOutput
