// The conversation of one modelled session: its items in their order, with what a test wants to know of each.
import type { WireItem } from '../../../src/core/realtime/events.ts'

export interface ModelItem {
  id: string
  type: 'message' | 'function_call' | 'function_call_output'
  role: 'user' | 'assistant' | 'system' | null
  /** `created` by the client, `heard` from the person, `generated` by the model. */
  origin: 'created' | 'heard' | 'generated'
  /** What was said in it; of a generated one everything generated. */
  words: string
  /** Of a generated one, the sound sent of it so far. */
  audioMs: number
  isAudio: boolean
  /** Where the client cut it; its transcript is gone. */
  truncatedMs: number | null
  status: 'in_progress' | 'completed' | 'incomplete'
  /** Of the person, by number. */
  frames: readonly number[]
  call: string | null
  name: string
  arguments: string
  output: string
}

export function newItem(id: string, with_: Partial<ModelItem>): ModelItem {
  return {
    id,
    type: 'message',
    role: null,
    origin: 'created',
    words: '',
    audioMs: 0,
    isAudio: false,
    truncatedMs: null,
    status: 'completed',
    frames: [],
    call: null,
    name: '',
    arguments: '',
    output: '',
    ...with_,
  }
}

/** @returns why the service refuses it, or the item */
export function itemFrom(wire: WireItem, fallbackId: string, held: readonly ModelItem[]): ModelItem | string {
  const id = wire.id ?? fallbackId
  if (id.length > 32)
    return `Invalid 'item.id': string too long. Expected a string with maximum length 32, but got a string with length ${id.length} instead.`
  if (held.some((item) => item.id === id)) return `Item with id '${id}' already exists.`
  switch (wire.type) {
    case 'function_call':
      return newItem(id, {
        type: 'function_call',
        call: wire.call_id ?? '',
        name: wire.name,
        arguments: wire.arguments,
      })
    case 'function_call_output':
      if (!held.some(({ type, call }) => type === 'function_call' && call === wire.call_id))
        return `Tool call id '${wire.call_id}' not found in conversation.`
      return newItem(id, { type: 'function_call_output', call: wire.call_id, output: wire.output })
    case 'message': {
      const parts = wire.content as readonly { type?: string; text?: string }[]
      const want = wire.role === 'assistant' ? 'output_text' : 'input_text'
      const odd = parts.find(({ type }) => type !== want)
      if (odd) return `Invalid value: '${odd.type ?? ''}'. Value must be '${want}'.`
      return newItem(id, { role: wire.role, words: parts.map(({ text }) => text ?? '').join('') })
    }
    default:
      return `Invalid value: '${wire.type}'.`
  }
}

/** As the service shows it; what was cut has no words any more, and what was heard none yet. */
export function wireOf(item: ModelItem): Record<string, unknown> {
  const { id, type, status, call, name } = item
  const base = { id, object: 'realtime.item', type, status }
  if (type === 'function_call') return { ...base, call_id: call, name, arguments: item.arguments }
  if (type === 'function_call_output') return { ...base, call_id: call, output: item.output }
  return { ...base, role: item.role, content: contentOf(item) }
}

function contentOf({ origin, role, isAudio, words, truncatedMs, status }: ModelItem): unknown[] {
  if (origin === 'heard') return [{ type: 'input_audio', transcript: null }]
  if (status === 'in_progress') return []
  if (role !== 'assistant') return [{ type: 'input_text', text: words }]
  if (!isAudio) return [{ type: 'output_text', text: words }]
  return [{ type: 'output_audio', transcript: truncatedMs === null ? words : null }]
}

export function place(items: ModelItem[], item: ModelItem, previous: string | null | undefined): string | null {
  if (previous === 'root') {
    items.unshift(item)
    return null
  }
  const behind = previous === null || previous === undefined ? -1 : items.findIndex(({ id }) => id === previous)
  const at = behind === -1 ? items.length : behind + 1
  items.splice(at, 0, item)
  return items[at - 1]?.id ?? null
}

/** A call that a model asked for has its id from this service; what came by itself has one of the client's, and answers nothing. */
function isOwnCall(call: string | null): boolean {
  return call?.includes('_s') === true
}

export interface Answered {
  /** By the id of an item that was asked about in this session, and by its words: the item that answers it. */
  by: Map<string, ModelItem>
  /** By the first word of an answer, which names it alone: words that it answers, in whichever session. */
  of: Map<string, ReadonlySet<string>>
}

export const byWords = (words: string): string => `words ${words}`
export const nameOfAnswer = (words: string): string => words.split(' ')[0] ?? ''

/** Whether what was restored answers this question in front of it, as far as what it was asked for is known. */
function answers(item: ModelItem, question: ModelItem, { of }: Answered): boolean {
  if (item.origin !== 'created') return false
  if (item.type === 'message') {
    if (item.role !== 'assistant' || item.words.replace('—', '').trim() === '') return false
    return question.role !== 'user' || (of.get(nameOfAnswer(item.words))?.has(question.words) ?? true)
  }
  if (item.type !== 'function_call' || !isOwnCall(item.call)) return false
  const asked = new Set(item.arguments.match(/Q\d+/g))
  return asked.size === 0 || (question.words.match(/Q\d+/g)?.some((name) => asked.has(name)) ?? true)
}

/**
 * What nobody has answered: of this session what has no answer that still stands and sounds, of what was restored what
 * nothing behind it answers, wherever it stands.
 */
export function openQuestion(items: readonly ModelItem[], answered: Answered): ModelItem[] {
  const stands = (by: ModelItem | undefined, from = 0): boolean =>
    by !== undefined && items.indexOf(by) >= from && by.truncatedMs !== 0
  // What is given again, in another place, is what it was: the answer behind it answers it.
  const isAnswered = (id: string): boolean => {
    const at = items.findIndex((item) => item.id === id)
    return stands(answered.by.get(id)) || stands(answered.by.get(byWords(items[at]?.words ?? '')), at)
  }
  const isAsked = ({ role, type }: ModelItem): boolean => role === 'user' || type === 'function_call_output'
  return items.filter(
    (item, at) =>
      isAsked(item) && !isAnswered(item.id) && !items.slice(at + 1).some((later) => answers(later, item, answered)),
  )
}
