// Ids of the service that are longer than the record takes go by a short name here (wire-values.ts). In what is sent to the service
// they have their own again.
import type { ClientEvent } from '../../core/realtime/events.ts'

export interface LongNames {
  learn(renamed: readonly (readonly [short: string, long: string])[]): void
  restored(event: ClientEvent): ClientEvent
}

/** A session's; the oldest are forgotten first. */
const mostNames = 1_024

export function createLongNames(): LongNames {
  const longOf = new Map<string, string>()

  const restore = (value: unknown): unknown => (typeof value === 'string' ? (longOf.get(value) ?? value) : value)

  return {
    learn(renamed) {
      for (const [short, long] of renamed) {
        longOf.delete(short)
        longOf.set(short, long)
      }
      for (const oldest of longOf.keys()) {
        if (longOf.size <= mostNames) break
        longOf.delete(oldest)
      }
    },
    restored(event) {
      if (longOf.size === 0) return event
      const named: Record<string, unknown> = { ...event }
      for (const field of idFields) if (field in named) named[field] = restore(named[field])
      return Object.assign({}, event, named)
    },
  }
}

const idFields = ['item_id', 'previous_item_id', 'response_id']
