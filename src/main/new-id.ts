// Names for what Parley itself makes.
import { randomUUID } from 'node:crypto'

/** At most 32 characters in all, the service's limit for item ids. */
export function newId(prefix: string): string {
  // Node draws chance for many of these at once: one that was drawn alone would cost more than the event it is for.
  return `${prefix}_${randomUUID().replaceAll('-', '').slice(-20)}`
}
