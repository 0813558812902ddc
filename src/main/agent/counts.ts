// What came from the agent's service, over sockets and HTTP alike, and what of it could not be used.
import { withLosses, type Loss } from '../../core/losses.ts'
import type { AgentEvent } from '../../core/agent/wire-events.ts'
import type { ParsedFrame } from '../../core/wire-frame.ts'

export interface AgentCounts {
  events: number
  unknown: number
  broken: number
  /** Known events that belong to nothing in flight. */
  stray: number
  /** Why events were dropped or not used whole. */
  losses: readonly Loss[]
}

export function noAgentCounts(): AgentCounts {
  return { events: 0, unknown: 0, broken: 0, stray: 0, losses: [] }
}

/** Counts one in `counts`. */
export function countRead(counts: AgentCounts, parsed: ParsedFrame<AgentEvent>): void {
  counts.events++
  const causes = parsed.type === 'known' ? (parsed.apart?.causes ?? []) : parsed.type === 'broken' ? [parsed.why] : []
  counts.losses = withLosses(counts.losses, causes)
  if (parsed.type !== 'known') counts[parsed.type]++
}
