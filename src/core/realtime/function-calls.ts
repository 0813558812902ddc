// What the voice model asks for beside talking. A call shows up in four events of the service; it is taken from the end of
// its response alone, so that it is taken once and whole. Who runs it is main's business.
import type { WireItem } from './events.ts'
import { isSilenced, type VoiceView } from './voice-view.ts'
import type { HeardResponse } from './wire-events.ts'

export interface AskedFunction {
  call: string
  name: string
  /** The model's text, not yet proven to be JSON. */
  arguments: string
  /** The turn it follows. */
  after: string | null
  /** False when the response was interrupted or broken off: it is answered, and not run. */
  isWanted: boolean
}

/** The service takes at most this many; a longer one is no call of its own. */
const longestCallId = 64

export function askedFunctions(
  view: VoiceView,
  response: Pick<HeardResponse, 'id' | 'status' | 'output'>,
): AskedFunction[] {
  return response.output.flatMap((item) => {
    const { call_id: call = '', name = '' } = item
    if (item.type !== 'function_call' || call === '' || call.length > longestCallId || name === '') return []
    const isWhole = item.status === undefined || item.status === 'completed'
    return [
      {
        call,
        name,
        arguments: item.arguments ?? '',
        // Null in front of every turn.
        after: view.calls.has(item.id) ? (view.calls.get(item.id) ?? null) : view.last,
        isWanted: isWhole && response.status === 'completed' && !isSilenced(view, response.id),
      },
    ]
  })
}

/** A call and its output as items that Parley gives a session; the service checks that the call stands before its output. */
export function functionCall(asked: Pick<AskedFunction, 'call' | 'name' | 'arguments'>): WireItem {
  const { call, name, arguments: text } = asked
  return { id: itemIdOf('f', call), type: 'function_call', call_id: call, name, arguments: text }
}

export function functionOutput(call: string, output: string): WireItem {
  return { id: itemIdOf('o', call), type: 'function_call_output', call_id: call, output }
}

/** The service takes ids of at most 32 characters; what tells calls apart is at their end. */
function itemIdOf(prefix: string, call: string): string {
  return `${prefix}_${call.slice(-30)}`
}
