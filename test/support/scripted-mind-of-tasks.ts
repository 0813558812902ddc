// Models for the scripted Responses service: they know only what the context tells them, as the real one does.
import type { Item } from '../../src/core/agent/item.ts'

export const say = (text: string): Item => ({
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
})

export const call = (callId: string, name: string, given: object): Item => ({
  type: 'function_call',
  id: `fc_${callId}`,
  call_id: callId,
  name,
  arguments: JSON.stringify(given),
  status: 'completed',
})

export function outputsIn(context: readonly Item[]): string[] {
  return context.flatMap((item) => (item.type === 'function_call_output' ? [String(item['output'])] : []))
}

/** Has `append` called with one line after the other, then says how many it saw done. */
export function countTo(calls: number): (context: readonly Item[]) => Item[] {
  return (context) => {
    const done = outputsIn(context).length
    return done < calls ? [call(`call_${done + 1}`, 'append', { line: `line ${done + 1}` })] : [say(`${done} done`)]
  }
}
