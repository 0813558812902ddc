// The shapes of the Responses protocol that the engine reads and writes, derived from the service's own types so that a
// wrong field does not compile. The published types know more kinds of items than the engine makes.
import type * as wire from 'openai/resources/responses/responses'

export type Status = 'in_progress' | 'completed' | 'incomplete'

export interface OutputText {
  type: 'output_text'
  text: string
  annotations: never[]
  logprobs: never[]
}

export interface Refusal {
  type: 'refusal'
  refusal: string
}

export interface AssistantMessage {
  id: string
  type: 'message'
  role: 'assistant'
  status: Status
  content: (OutputText | Refusal)[]
}
export interface GivenMessage {
  id: string
  type: 'message'
  role: 'user' | 'system' | 'developer'
  status: Status
  content: { type: 'input_text'; text: string }[]
  /** So many pictures came with it; absent for none. */
  pictures?: number
}
export interface FunctionCall {
  id: string
  type: 'function_call'
  status: Status
  call_id: string
  name: string
  arguments: string
}
export interface FunctionOutput {
  id: string
  type: 'function_call_output'
  status: Status
  call_id: string
  output: string
}
export interface Compaction {
  id: string
  type: 'compaction'
  encrypted_content: string
}

/** What a response is made of. */
export type OutputItem = AssistantMessage | FunctionCall | Compaction
/** What a chain is made of. */
export type Item = OutputItem | GivenMessage | FunctionOutput

type Echoed = Pick<
  wire.Response,
  | 'id'
  | 'object'
  | 'created_at'
  | 'error'
  | 'incomplete_details'
  | 'metadata'
  | 'model'
  | 'parallel_tool_calls'
  | 'temperature'
  | 'tools'
  | 'top_p'
> &
  Required<
    Pick<
      wire.Response,
      | 'background'
      | 'completed_at'
      | 'max_output_tokens'
      | 'previous_response_id'
      | 'service_tier'
      | 'status'
      | 'text'
      | 'truncation'
    >
  >

export type WireResponse = Echoed & {
  instructions: string | null
  tool_choice: 'none' | 'auto' | 'required' | { type: 'function'; name: string }
  output: OutputItem[]
  usage: wire.ResponseUsage | null
  store: boolean
}
export type WireUsage = wire.ResponseUsage

type Own<T> = T extends { item: unknown }
  ? Omit<T, 'item' | 'sequence_number'> & { item: OutputItem }
  : T extends { response: unknown }
    ? Omit<T, 'response' | 'sequence_number'> & { response: WireResponse }
    : Omit<T, 'sequence_number'>
type OwnEach<T> = T extends unknown ? Own<T> : never

/** An event of a response before it gets its `sequence_number` and the `stream_id` of its lane. */
export type Outgoing = OwnEach<wire.ResponseStreamEvent>
