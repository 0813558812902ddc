// Reads the events that are most of what arrives (pieces of sound and of words) without a JSON parser, which looks at each
// character of a sound and makes an object of every frame. Whatever is not plain here is left to the parser, and what is read here
// is what comes of parsing it: parse.ts.
import type { ParsedFrame } from '../wire-frame.ts'
import { longestId, longestItemId, type HeardEvent } from './wire-events.ts'

const quote = 34
const comma = 44
const colon = 58
const minus = 45
const open = 123
const close = 125
const backslash = 92
const space = 32
const zero = 48
const nine = 57
const lastAscii = 126

interface Piece {
  name: string
  type: Extract<HeardEvent, { delta: string }>['type']
  isOfResponse: boolean
  isSound: boolean
}

/** What comes in pieces, under the name that it has today and that of the beta, the most frequent first. */
const pieces: readonly Piece[] = (
  [
    ['response.output_audio.delta', 'response.output_audio.delta'],
    ['response.output_audio_transcript.delta', 'response.output_audio_transcript.delta'],
    ['conversation.item.input_audio_transcription.delta', 'conversation.item.input_audio_transcription.delta'],
    ['response.output_text.delta', 'response.output_text.delta'],
    ['response.audio.delta', 'response.output_audio.delta'],
    ['response.audio_transcript.delta', 'response.output_audio_transcript.delta'],
    ['response.text.delta', 'response.output_text.delta'],
  ] as const
).map(([name, type]) => ({
  name,
  type,
  isOfResponse: type.startsWith('response.'),
  isSound: type === 'response.output_audio.delta',
}))

/** The ids of one answer stand in hundreds of events: one text for all of them, which does not hold on to any frame. */
let lastItem = ''
let lastResponse = ''

/**
 * @returns null for all that is not certain: an event of another kind, one without its fields, values in one another, escapes,
 * a field that stands twice, and anything that is not JSON
 */
export function readDelta(frame: string): ParsedFrame<HeardEvent> | null {
  let piece: Piece | null = null
  let item = ''
  let response = ''
  let delta: string | null = null
  if (frame.charCodeAt(0) !== open) return null
  for (let at = 1; ; at++) {
    if (frame.charCodeAt(at) === space) at++
    const name = at + 1
    const nameEnd = frame.charCodeAt(at) === quote ? endOfPlain(frame, name) : -1
    if (nameEnd === -1 || frame.charCodeAt(nameEnd + 1) !== colon) return null
    const from = frame.charCodeAt(nameEnd + 2) === space ? nameEnd + 3 : nameEnd + 2
    const field = fieldOf(frame, name, nameEnd)
    if (frame.charCodeAt(from) === quote) {
      const value = from + 1
      const to: number =
        field === 'delta' && piece?.isSound === true ? endOfSound(frame, value) : endOfPlain(frame, value)
      if (to === -1) return null
      switch (field) {
        case 'type':
          piece = piece === null ? pieceOf(frame, value, to) : null
          if (piece === null) return null
          break
        case 'item_id':
          if (item !== '' || to === value || to - value > longestItemId) return null
          item = lastItem = sameOrOwn(lastItem, frame, value, to)
          break
        case 'response_id':
          if (response !== '' || to === value || to - value > longestId) return null
          response = lastResponse = sameOrOwn(lastResponse, frame, value, to)
          break
        case 'delta':
          if (delta !== null) return null
          delta = frame.slice(value, to)
          break
        case null:
      }
      at = to + 1
    } else {
      // Only a text is one of ours; what else goes by such a name is the parser's.
      at = field === null ? endOfScalar(frame, from) : -1
      if (at === -1) return null
    }
    const next = frame.charCodeAt(at)
    if (next === comma) continue
    if (next !== close || at !== frame.length - 1) return null
    return piece === null || delta === null ? null : eventOf(piece, item, response, delta)
  }
}

type Field = 'type' | 'item_id' | 'response_id' | 'delta'

/** To compare lengths first is most of what makes this quick. */
function fieldOf(frame: string, from: number, to: number): Field | null {
  const length = to - from
  const field = length === 4 ? 'type' : length === 5 ? 'delta' : length === 7 ? 'item_id' : 'response_id'
  return length === field.length && frame.startsWith(field, from) ? field : null
}

function pieceOf(frame: string, from: number, to: number): Piece | null {
  for (const piece of pieces) if (piece.name.length === to - from && frame.startsWith(piece.name, from)) return piece
  return null
}

function eventOf(
  { type, isOfResponse }: Piece,
  item: string,
  response: string,
  delta: string,
): ParsedFrame<HeardEvent> | null {
  if (item === '') return null
  if (!isOfResponse) return { type: 'known', event: { type, item_id: item, delta } as HeardEvent }
  if (response === '') return null
  return { type: 'known', event: { type, response_id: response, item_id: item, delta } as HeardEvent }
}

/** @returns where the text that begins there is closed; -1 if it holds an escape, a control character or half of a character */
function endOfPlain(frame: string, from: number): number {
  for (let at = from; ; at++) {
    const code = frame.charCodeAt(at)
    if (code === quote) return at
    if (code >= space && code <= lastAscii && code !== backslash) continue
    // Past the end it is no number at all.
    if (!(code >= 0xa0) || (code >= 0xd800 && code <= 0xdfff)) return -1
  }
}

/** What is in it is the decoder's to check, which refuses everything that JSON would; but an escape is the parser's. */
function endOfSound(frame: string, from: number): number {
  const to = frame.indexOf('"', from)
  return to === -1 || frame.slice(from, to).includes('\\') ? -1 : to
}

/** @returns where the whole number, null, true or false that begins there is over; -1 for anything else */
function endOfScalar(frame: string, from: number): number {
  const first = frame.charCodeAt(from) === minus ? from + 1 : from
  let at = first
  while (frame.charCodeAt(at) >= zero && frame.charCodeAt(at) <= nine) at++
  if (at > first) return frame.charCodeAt(first) === zero && at > first + 1 ? -1 : at
  if (frame.startsWith('null', from) || frame.startsWith('true', from)) return from + 4
  return frame.startsWith('false', from) ? from + 5 : -1
}

function sameOrOwn(known: string, frame: string, from: number, to: number): string {
  if (known.length === to - from && frame.startsWith(known, from)) return known
  // A part of a text would hold on to all of it.
  return JSON.parse(frame.slice(from - 1, to + 1)) as string
}
