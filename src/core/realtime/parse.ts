// From a frame of the voice socket to an event that Parley knows.
import { parseFrame, type ParsedFrame } from '../wire-frame.ts'
import { heardEventSchema, heardEventTypes, type HeardEvent } from './wire-events.ts'

/** Shorter sound than this (20 ms) gains nothing. */
const fewestCharacters = 1_280
const beforeSound = '"delta":"'
/** No letter of base64. */
const placeholder = '~'

export function parseServerEvent(frame: string): ParsedFrame<HeardEvent> {
  return (
    (frame.length > fewestCharacters ? parseAroundSound(frame) : null) ??
    parseFrame(frame, heardEventTypes, heardEventSchema)
  )
}

/**
 * Sound is most of what arrives, and a JSON parser looks at each of its characters. Here only what stands around it is
 * parsed; what is in it is the decoder's to check, which refuses everything that JSON would.
 * @returns null for anything but a well-formed delta of sound, which is then parsed whole
 */
function parseAroundSound(frame: string): ParsedFrame<HeardEvent> | null {
  const found = frame.indexOf(beforeSound)
  const from = found + beforeSound.length
  const to = frame.indexOf('"', from)
  if (found === -1 || to - from < fewestCharacters) return null
  const sound = frame.slice(from, to)
  // Escapes are the parser's, and the placeholder must be ours alone.
  if (frame.includes('\\') || frame.includes(placeholder)) return null
  const around = frame.slice(0, from) + placeholder + frame.slice(to)
  const parsed = parseFrame(around, heardEventTypes, heardEventSchema)
  if (parsed.type !== 'known' || parsed.event.type !== 'response.output_audio.delta') return null
  // Of two fields of this name, or one inside another, the parser knows which counts.
  if (parsed.event.delta !== placeholder) return null
  parsed.event.delta = sound
  return parsed
}
