// From a frame of the voice socket to an event that Parley knows.
import { parseFrame, type ParsedFrame } from '../wire-frame.ts'
import { readDelta } from './read-delta.ts'
import { eventReaders } from './read-event.ts'
import type { HeardEvent } from './wire-events.ts'

export function parseServerEvent(frame: string): ParsedFrame<HeardEvent> {
  return readDelta(frame) ?? parseWhole(frame)
}

/** What any way to read a frame must come to. */
export function parseWhole(frame: string): ParsedFrame<HeardEvent> {
  return parseFrame(frame, eventReaders)
}
