// The input of a request as items: what may be given and what is refused. Reading only; whether items fit the chain they
// continue is chain.ts's.
import { z } from 'zod'
import { createId } from '../realtime/ids.ts'
import { refusalOf } from '../realtime/issue.ts'
import { refuse, refusedFields, type Refusal } from './refusals.ts'
import type { Item, Status } from './wire.ts'

const status = z.enum(['in_progress', 'completed', 'incomplete']).nullish()
const id = z.string().min(1).max(128).nullish()
const callId = z.string().min(1).max(128)
const part = z.object({
  type: z.string(),
  text: z.string().nullish(),
  refusal: z.string().nullish(),
  image_url: z.string().nullish(),
})
const words = z.union([z.string(), z.array(part)])

const schemas = {
  message: z.object({
    type: z.literal('message').optional(),
    id,
    status,
    role: z.enum(['user', 'assistant', 'system', 'developer']),
    content: words,
  }),
  function_call: z.object({ id, status, call_id: callId, name: z.string().min(1).max(128), arguments: z.string() }),
  function_call_output: z.object({ id, status, call_id: callId, output: words }),
  compaction: z.object({ id, encrypted_content: z.string().min(1) }),
  compaction_trigger: z.object({ id }),
  item_reference: z.object({ id: z.string().min(1).max(128) }),
  /** Made by other models; this one has no use for it. */
  reasoning: z.object({}),
} as const

type Kind = keyof typeof schemas

/** An item, or what stands for one. */
export type Given = Item | { type: 'compaction_trigger' } | { type: 'item_reference'; id: string }

const mostItems = 10_000
const supported = Object.keys(schemas)
  .map((kind) => `'${kind}'`)
  .join(', ')

/** @param input a string is one message of the person */
export function readInput(input: unknown): Given[] | Refusal {
  if (typeof input === 'string') return [userMessage(input)]
  if (!Array.isArray(input)) return refuse.value('input', "Invalid type for 'input': expected a string or an array.")
  if (input.length > mostItems) return refuse.value('input', `Invalid 'input': at most ${mostItems} items.`)
  const given: Given[] = []
  for (const [at, value] of (input as unknown[]).entries()) {
    const read = readItem(value, at)
    if (read === null) continue
    if (!('type' in read) || 'code' in read) return read
    given.push(read)
  }
  const trigger = given.findIndex(({ type }) => type === 'compaction_trigger')
  if (trigger !== -1 && trigger !== given.length - 1)
    return refuse.value(`input[${trigger}]`, "Invalid 'input': 'compaction_trigger' must be the final input item.")
  return given
}

export const isRefusal = (read: object): read is Refusal => 'code' in read && 'message' in read

function userMessage(text: string): Item {
  return {
    id: createId('msg'),
    type: 'message',
    role: 'user',
    status: 'completed',
    content: [{ type: 'input_text', text }],
  }
}

/** Null for what is passed over. */
function readItem(value: unknown, at: number): Given | Refusal | null {
  const fields = typeof value === 'object' && value !== null ? value : {}
  const type = 'type' in fields ? fields.type : 'role' in fields ? 'message' : undefined
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) {
    const name = typeof type === 'string' ? type.slice(0, 100) : typeof type
    return refuse.value(`input[${at}].type`, `Invalid value: '${name}'. Supported values are: ${supported}.`)
  }
  const kind = type as Kind
  const checked = schemas[kind].safeParse(value, { reportInput: true })
  if (!checked.success) return refusedFields(refusalOf(checked.error, ['input', at]))
  switch (kind) {
    case 'message':
      return messageOf(checked.data as z.infer<(typeof schemas)['message']>, at)
    case 'function_call': {
      const call = checked.data as z.infer<(typeof schemas)['function_call']>
      return { ...named(call, 'fc'), type: kind, call_id: call.call_id, name: call.name, arguments: call.arguments }
    }
    case 'function_call_output': {
      const result = checked.data as z.infer<(typeof schemas)['function_call_output']>
      const output = textOf(result.output, ['input_text'], `input[${at}].output`)
      if (typeof output !== 'string') return output
      return { ...named(result, 'fco'), type: kind, call_id: result.call_id, output }
    }
    case 'compaction': {
      const sealed = checked.data as z.infer<(typeof schemas)['compaction']>
      return { id: sealed.id ?? createId('cmp'), type: kind, encrypted_content: sealed.encrypted_content }
    }
    case 'compaction_trigger':
      return { type: kind }
    case 'item_reference':
      return { type: kind, id: (checked.data as z.infer<(typeof schemas)['item_reference']>).id }
    case 'reasoning':
      return null
  }
}

function named(
  given: { id?: string | null | undefined; status?: Status | null | undefined },
  kind: 'msg' | 'fc' | 'fco',
): { id: string; status: Status } {
  return { id: given.id ?? createId(kind), status: given.status ?? 'completed' }
}

function messageOf(given: z.infer<(typeof schemas)['message']>, at: number): Item | Refusal {
  const allowed = given.role === 'assistant' ? ['output_text', 'refusal'] : ['input_text', 'input_image']
  const text = textOf(given.content, allowed, `input[${at}].content`)
  if (typeof text !== 'string') return text
  const base = { ...named(given, 'msg'), type: 'message' } as const
  return given.role === 'assistant'
    ? { ...base, role: given.role, content: [{ type: 'output_text', text, annotations: [], logprobs: [] }] }
    : { ...base, role: given.role, content: [{ type: 'input_text', text }], ...picturesIn(given.content) }
}

function picturesIn(content: z.infer<typeof words>): { pictures?: number } {
  const pictures = typeof content === 'string' ? 0 : content.filter(({ type }) => type === 'input_image').length
  return pictures === 0 ? {} : { pictures }
}

/** The text of all parts. Pictures are taken and not looked at; files are refused. */
function textOf(content: z.infer<typeof words>, allowed: readonly string[], param: string): string | Refusal {
  if (typeof content === 'string') return content
  for (const [at, one] of content.entries()) {
    const where = `${param}[${at}]`
    if (!allowed.includes(one.type)) {
      const values = allowed.map((value) => `'${value}'`).join(' and ')
      return refuse.value(`${where}.type`, `Invalid value: '${one.type}'. Supported values are: ${values}.`)
    }
    if (one.type === 'input_image') {
      if (!/^(?:data:image\/|https?:)/.test(one.image_url ?? '')) return refuse.missing(`${where}.image_url`)
    } else if (typeof (one.text ?? one.refusal) !== 'string') return refuse.missing(`${where}.text`)
  }
  return content
    .filter(({ type }) => type !== 'input_image')
    .map((one) => one.text ?? one.refusal ?? '')
    .join('\n')
}
