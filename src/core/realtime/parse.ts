// From a frame of the voice socket to an event that Parley knows.
import { parseFrame, type ParsedFrame } from '../wire-frame.ts'
import { heardEventSchema, heardEventTypes, type HeardEvent } from './wire-events.ts'

export function parseServerEvent(frame: string): ParsedFrame<HeardEvent> {
  return parseFrame(frame, heardEventTypes, heardEventSchema)
}
