// The items of a Responses chain: what goes into a request and what comes out of a response. They are kept and sent as they
// are (a compaction item is opaque and must stay so), so only the few fields that Parley reads are known here.
import { z } from 'zod'
import { addressOf, type Picture } from '../pictures/picture.ts'

export const itemSchema = z.looseObject({ type: z.string().max(100) })
export type Item = z.infer<typeof itemSchema>

/** Null for what has no kind. */
export function readItem(value: unknown): Item | null {
  return itemSchema.safeParse(value).data ?? null
}

/** The longest name and call id that Parley takes from a model. */
const longestName = 256

const callSchema = z.object({
  type: z.literal('function_call'),
  call_id: z.string().min(1).max(longestName),
  name: z.string().min(1).max(longestName),
  arguments: z.string(),
  status: z.string().nullish().catch(null),
})

export interface FunctionCall {
  /** The service's own id of the call; it need not be unique beyond its chain. */
  callId: string
  name: string
  arguments: string
}

/** The whole function calls among the items. One that broke off (`incomplete`) is none. */
export function functionCalls(items: readonly Item[]): FunctionCall[] {
  return items.flatMap((item) => {
    const call = callSchema.safeParse(item).data
    if (!call || (typeof call.status === 'string' && call.status !== 'completed')) return []
    return [{ callId: call.call_id, name: call.name, arguments: call.arguments }]
  })
}

const nullableText = z.string().nullish().catch(null)
const part = z.object({ type: z.string().catch(''), text: nullableText, refusal: nullableText })
const messageSchema = z.object({
  type: z.literal('message'),
  phase: nullableText,
  content: z.array(part.nullable().catch(null)).catch([]),
})

/** What is no part of a message is left out, and what is only said on the way to the answer where there is one. */
function partsOf(items: readonly Item[]): z.infer<typeof part>[] {
  const messages = items.flatMap((item) => messageSchema.safeParse(item).data ?? [])
  const answers = messages.filter(({ phase }) => phase !== 'commentary')
  return (answers.length > 0 ? answers : messages).flatMap(({ content }) => content).filter((one) => one !== null)
}

/** What the model says in these items, refusals included. */
export function spokenText(items: readonly Item[]): string {
  return partsOf(items)
    .map((part) => part.text ?? part.refusal ?? '')
    .filter((text) => text !== '')
    .join('\n')
}

/** Whether the model only says why it did not do what was asked. */
export function isRefusal(items: readonly Item[]): boolean {
  const parts = partsOf(items)
  return parts.length > 0 && parts.every((part) => part.type === 'refusal')
}

/** Whether the service itself looked something up in the web: what it found is text from elsewhere. */
export function hasSearched(items: readonly Item[]): boolean {
  return items.some(({ type }) => type === 'web_search_call')
}

/** The searches that are paid for; opening a page that was found is not. */
export function searchesIn(items: readonly Item[]): number {
  return items.filter((item) => {
    if (item.type !== 'web_search_call') return false
    const { action } = item
    const kind = typeof action === 'object' && action !== null && 'type' in action ? action.type : 'search'
    return kind === 'search'
  }).length
}

/** Of pictures the addresses, which are made bytes when it is sent. */
export function userMessage(text: string, pictures: readonly Picture[] = []): Item {
  const shown = pictures.map((one) => ({ type: 'input_image', image_url: addressOf(one), detail: 'auto' }))
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }, ...shown] }
}

/** A word of Parley's own to the model, between what the person said. */
export function notice(text: string): Item {
  return { type: 'message', role: 'system', content: [{ type: 'input_text', text }] }
}

export function callOutput(callId: string, output: string): Item {
  return { type: 'function_call_output', call_id: callId, output }
}
