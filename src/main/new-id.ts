// Names for what Parley itself makes.
import { randomBytes } from 'node:crypto'

/** At most 32 characters in all, the service's limit for item ids. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(10).toString('hex')}`
}
