// The fate of tool calls, read from the conversation: asked, running, settled. A call that was running when Parley ended has an
// unknown outcome; one that was only asked for never began.
import type { Change } from '../conversation/change.ts'
import type { Conversation, ToolCall } from '../conversation/reduce.ts'

export const unknownOutput =
  'Parley was ended while this ran, so it is not known whether it was done. It has not been run again.'
export const neverBegan = 'Parley was ended before this began. It was not run.'

/** What settles the calls that an earlier run left behind; to be recorded before anything is restored. */
export function settlingChanges({ tools }: Pick<Conversation, 'tools'>): Change[] {
  return tools.flatMap(({ call, state }): Change[] => {
    if (state === 'running') return [{ type: 'tool-ended', call, outcome: 'unknown', output: unknownOutput }]
    if (state === 'asked') return [{ type: 'tool-ended', call, outcome: 'cancelled', output: neverBegan }]
    return []
  })
}

/**
 * The name of a model's call in the record, unique in the conversation: the service's id is so only within a chain, and some
 * servers give the same one twice for different calls.
 */
export function callName(
  known: readonly Pick<ToolCall, 'call' | 'name' | 'arguments'>[],
  task: string,
  asked: { callId: string; name: string; arguments: string },
): string {
  for (let again = 1; ; again++) {
    const call = `${task}.${asked.callId}${again === 1 ? '' : `~${again}`}`
    const other = known.find((one) => one.call === call)
    if (!other || (other.name === asked.name && other.arguments === asked.arguments)) return call
  }
}
