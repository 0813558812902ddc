// From a frame of a Responses socket to an event that Parley knows.
import { parseFrame, type ParsedFrame } from '../wire-frame.ts'
import { agentEventReaders, type AgentEvent } from './wire-events.ts'

export function parseAgentEvent(frame: string): ParsedFrame<AgentEvent> {
  return parseFrame(frame, agentEventReaders)
}
