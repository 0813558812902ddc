// The events of a Responses service as it sends them, and what it refuses because it does not fit together.
import type { Item } from '../../src/core/agent/item.ts'

export interface ScriptedFault {
  type: 'error'
  /** `failed`: the response begins and then fails. */
  shape: 'envelope' | 'flat' | 'failed'
  status: number
  code: string
  param?: string
  message?: string
}

/** The service wants every call answered once, and every output asked for. */
export function misfitOf(context: readonly Item[]): string | null {
  const calls = context.flatMap((item) => (item.type === 'function_call' ? [String(item['call_id'])] : []))
  const outputs = context.flatMap((item) => (item.type === 'function_call_output' ? [String(item['call_id'])] : []))
  if (new Set(outputs).size !== outputs.length) return 'A call has two outputs.'
  const open = calls.find((call) => !outputs.includes(call))
  if (open !== undefined) return `No tool output found for function call ${open}.`
  const stray = outputs.find((call) => !calls.includes(call))
  return stray === undefined ? null : `No tool call found for function call output with call_id ${stray}.`
}

type Event = { type: string } & Record<string, unknown>

const usualUsage = { input_tokens: 100, output_tokens: 10, input_tokens_details: { cached_tokens: 40 } }

export function answerEvents(id: string, output: readonly Item[], ending: string, usage: object = usualUsage): Event[] {
  const begun = { id, object: 'response', status: 'in_progress', output: [] }
  const isWhole = ending === 'completed'
  const ended = { ...begun, status: isWhole ? 'completed' : 'incomplete', output, usage }
  const items = output.flatMap((item, at): Event[] => [
    { type: 'response.output_item.added', output_index: at, item: { ...item, status: 'in_progress' } },
    { type: 'response.output_item.done', output_index: at, item },
  ])
  return [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...items,
    isWhole
      ? { type: 'response.completed', response: ended }
      : { type: 'response.incomplete', response: { ...ended, incomplete_details: { reason: ending } } },
  ].map((event, at): Event => ({ ...event, sequence_number: at }))
}

export function faultEvents(fault: ScriptedFault, id: string): Event[] {
  const { status, code, param = null, message = `It says ${fault.code}.` } = fault
  switch (fault.shape) {
    case 'envelope': {
      const headers = status === 429 ? { headers: { 'retry-after': '0' } } : {}
      return [{ type: 'error', status, error: { type: 'server_error', code, message, param, ...headers } }]
    }
    case 'flat':
      return [{ type: 'error', code, message, param, sequence_number: 0 }]
    case 'failed': {
      const response = { id, object: 'response', output: [] }
      return [
        { type: 'response.created', response: { ...response, status: 'in_progress' } },
        { type: 'response.failed', response: { ...response, status: 'failed', error: { code, message } } },
      ]
    }
  }
}
