// From a frame of either socket to an event that Parley knows. Nothing that a server sends makes this throw. The readers of
// events take what they need and let go of the rest (wire-values.ts); an event is lost only with what makes it that event.
import { isCleanFrame } from './clean-text.ts'
import { fieldsOf, type Fields, type Reading } from './wire-values.ts'

export type ParsedFrame<Event> =
  | { type: 'known'; event: Event; apart?: Apart }
  /** A type that Parley does not act on; new ones appear on the service without notice. */
  | { type: 'unknown'; name: string }
  /** No JSON, no object, too deep, or a known type without what makes it that. `why` is one of a bounded number. */
  | { type: 'broken'; why: string }

/** What was left out of an event that was read, and what of it goes by another name here. */
export interface Apart {
  causes: readonly string[]
  /** Ids that are longer than the record takes. */
  renamed: readonly (readonly [short: string, long: string])[]
}

/** @returns the event, or the name of the field without which it is none */
export type ReadEvent<Event extends object> = (fields: Fields, reading: Reading) => Event | string

/** Nesting beyond this parses but later breaks JSON.stringify and structuredClone. */
const deepestLevel = 64

/** @param readers by the types that they read; an older name of a type may stand beside today's */
export function parseFrame<Event extends object>(
  frame: string,
  readers: ReadonlyMap<string, ReadEvent<Event>>,
): ParsedFrame<Event> {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch {
    return { type: 'broken', why: 'not JSON' }
  }
  const fields = fieldsOf(value)
  if (fields === null) return { type: 'broken', why: 'not an object' }
  const name = fields['type']
  if (typeof name !== 'string') return { type: 'broken', why: 'no type' }
  const read = readers.get(name)
  if (!read) return { type: 'unknown', name: name.slice(0, 100) }
  if (mayBeDeep(frame) && isDeeperThan(fields, deepestLevel))
    return { type: 'broken', why: `${name}: nested too deeply` }
  const reading: Reading = { isClean: isCleanFrame(frame), causes: [], renamed: [] }
  const event = read(fields, reading)
  if (typeof event === 'string') return { type: 'broken', why: `${name}: ${event}` }
  const { causes, renamed } = reading
  return causes.length + renamed.length === 0
    ? { type: 'known', event }
    : { type: 'known', event, apart: { causes: causes.map((cause) => `${name}: ${cause}`), renamed } }
}

/** Where so few things are opened none can be so deep, which is cheaper to tell than how deep it is. */
function mayBeDeep(frame: string): boolean {
  let opened = 0
  for (const opener of ['{', '['])
    for (let at = frame.indexOf(opener); at !== -1; at = frame.indexOf(opener, at + 1))
      if (++opened > deepestLevel) return true
  return false
}

/** Goes down no further than `levels`, so that a hostile depth cannot exhaust the stack. */
function isDeeperThan(node: object, levels: number): boolean {
  if (levels < 0) return true
  // What JSON.parse makes has no fields but its own; to list them first would cost a third of all reading.
  for (const key in node) {
    const child = (node as Record<string, unknown>)[key]
    if (typeof child === 'object' && child !== null && isDeeperThan(child, levels - 1)) return true
  }
  return false
}
