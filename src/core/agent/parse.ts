// From a frame of a Responses socket to an event that Parley knows. Nothing that a server sends makes this throw.
import { understand, wireEventSchema, wireEventTypes, type AgentEvent } from './wire-events.ts'

export type ParsedAgentEvent =
  | { type: 'known'; event: AgentEvent }
  /** A type that Parley does not act on; new ones appear on the service without notice. */
  | { type: 'unknown'; name: string }
  | { type: 'broken'; why: string }

/** Nesting beyond this parses but later breaks JSON.stringify. */
const deepestLevel = 64

export function parseAgentEvent(frame: string): ParsedAgentEvent {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch {
    return { type: 'broken', why: 'not JSON' }
  }
  if (typeof value !== 'object' || value === null) return { type: 'broken', why: 'not an object' }
  const name = (value as { type?: unknown }).type
  if (typeof name !== 'string') return { type: 'broken', why: 'no type' }
  if (!wireEventTypes.has(name)) return { type: 'unknown', name: name.slice(0, 100) }
  if (isDeeperThan(value, deepestLevel)) return { type: 'broken', why: `${name}: nested too deeply` }
  const checked = wireEventSchema.safeParse(value)
  if (checked.success) return { type: 'known', event: understand(checked.data) }
  return { type: 'broken', why: `${name}: ${checked.error.issues[0]?.path.join('.') ?? ''}` }
}

/** Iterative, so that a hostile depth cannot exhaust the stack. */
function isDeeperThan(root: object, levels: number): boolean {
  let level: object[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true
    level = level.flatMap((node) =>
      Object.values(node).filter((child): child is object => typeof child === 'object' && child !== null),
    )
  }
  return false
}
