// From a frame of a Responses socket to an event that Parley knows.
import { parseFrame, type ParsedFrame } from '../wire-frame.ts'
import { understand, wireEventSchema, wireEventTypes, type AgentEvent } from './wire-events.ts'

export function parseAgentEvent(frame: string): ParsedFrame<AgentEvent> {
  const parsed = parseFrame(frame, wireEventTypes, wireEventSchema)
  return parsed.type === 'known' ? { type: 'known', event: understand(parsed.event) } : parsed
}
