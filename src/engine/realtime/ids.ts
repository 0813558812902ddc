// Names of things on the wire: a prefix that says what it is and chance that tells it from every other.
// At most 32 characters, the longest that the protocol takes for an item.
import { randomBytes } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab'

export type IdKind = 'sess' | 'conv' | 'item' | 'resp' | 'event' | 'call' | 'msg' | 'fc' | 'fco' | 'cmp'

export function createId(kind: IdKind): string {
  return `${kind}_${[...randomBytes(20)].map((byte) => alphabet.charAt(byte & 63)).join('')}`
}
