// From a frame of either socket to an event that Parley knows. Nothing that a server sends makes this throw.
import type { z } from 'zod'

export type ParsedFrame<Event> =
  | { type: 'known'; event: Event }
  /** A type that Parley does not act on; new ones appear on the service without notice. */
  | { type: 'unknown'; name: string }
  /** No JSON, no object, too deep, or a known type with the wrong fields. */
  | { type: 'broken'; why: string }

/** Nesting beyond this parses but later breaks JSON.stringify and structuredClone. */
const deepestLevel = 64

/** @param types of the events that `schema` knows */
export function parseFrame<Event>(
  frame: string,
  types: ReadonlySet<string>,
  schema: z.ZodType<Event>,
): ParsedFrame<Event> {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch {
    return { type: 'broken', why: 'not JSON' }
  }
  if (typeof value !== 'object' || value === null) return { type: 'broken', why: 'not an object' }
  const name = (value as { type?: unknown }).type
  if (typeof name !== 'string') return { type: 'broken', why: 'no type' }
  if (!types.has(name)) return { type: 'unknown', name: name.slice(0, 100) }
  if (isDeeperThan(value, deepestLevel)) return { type: 'broken', why: `${name}: nested too deeply` }
  const checked = schema.safeParse(value)
  if (checked.success) return { type: 'known', event: checked.data }
  return { type: 'broken', why: `${name}: ${checked.error.issues[0]?.path.join('.') ?? ''}` }
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
