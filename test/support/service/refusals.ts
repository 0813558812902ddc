// What the modelled service says when it does not do what it is asked.
import type { ClientEvent } from '../../../src/core/realtime/events.ts'
import type { Refusal } from './habits.ts'
import type { ModelItem } from './items.ts'

/** What an error is about, where the service says it. */
const paramOf: Partial<Record<ClientEvent['type'], string>> = {
  'session.update': 'session',
  'conversation.item.create': 'item',
}

export function errorOf(event: ClientEvent | null, refusal: Refusal, namesErrors: boolean): Record<string, unknown> {
  const named = refusal.named ?? namesErrors
  return {
    type: refusal.type ?? 'invalid_request_error',
    code: refusal.code ?? null,
    message: refusal.message ?? 'No.',
    param: refusal.param === undefined && event !== null ? (paramOf[event.type] ?? null) : (refusal.param ?? null),
    event_id: named ? (event?.event_id ?? null) : null,
  }
}

export function isActive(response: string): Refusal {
  return {
    code: 'conversation_already_has_active_response',
    message: `Conversation already has an active response in progress: ${response}. Wait until the response is finished before creating a new one.`,
  }
}

/** Cuts the sound of an item, with its transcript. @returns why it is not done, else null */
export function truncateItem(item: ModelItem | undefined, endMs: number): Refusal | null {
  if (!item) return { code: 'item_truncate_invalid_item_id', message: 'No such item.' }
  if (item.origin !== 'generated' || !item.isAudio)
    return { message: 'Only model output audio messages can be truncated' }
  const heldMs = item.truncatedMs ?? item.audioMs
  if (endMs > heldMs) return { message: `Audio content of ${heldMs}ms is already shorter than ${endMs}ms` }
  item.truncatedMs = endMs
  return null
}
