// The bytes of a journal: one record a line, `crc32 seq length json\n`, the first one a header with seq 0. Pure in both
// directions and never throwing: damage is reported with its place. When a record is on disk is the journal's business.
import { z } from 'zod'
import type { StoredChange } from '../conversation/change.ts'
import { checksum } from './crc32.ts'
import { changeFormat, migrate } from './migrate.ts'
import { toBytes, toText } from './utf8.ts'

/** A stretch of a file, in bytes. */
export interface Span {
  offset: number
  bytes: number
}

export interface Journal {
  /** Null when the header itself is damaged; the records are then read as today's version. */
  conversation: string | null
  /** Written by a newer Parley: what could be read is here, and nothing may be written after it. */
  newer: boolean
  changes: StoredChange[]
  /** What was once a whole record and can't be read. */
  broken: Span[]
  /** The last write that did not finish. Its record was never acknowledged. */
  torn: Span | null
  /** Behind the highest number read, 1 for a journal without changes. */
  nextSeq: number
}

interface Frame extends Span {
  seq: number
  json: string
}

const newline = 0x0a
/** Longer than `crc32 seq length ` can be: 8 + 15 + 9 digits and three spaces. */
const prefixBytes = 36
const prefix = /^([0-9a-f]{8}) (\d{1,15}) (\d{1,9}) /

const headerSchema = z.object({
  format: z.literal('parley-journal'),
  version: z.number().int().positive(),
  conversation: z.string(),
})

export function encodeHeader(conversation: string): Uint8Array {
  return encodeFrame(0, { format: 'parley-journal', version: changeFormat.version, conversation })
}

export function encodeChange({ seq, atMs, change }: StoredChange): Uint8Array {
  return encodeFrame(seq, { atMs, change })
}

/** One record as bytes; `value` must survive JSON. */
export function encodeFrame(seq: number, value: unknown): Uint8Array {
  const json = JSON.stringify(value)
  const body = toBytes(`${seq} ${toBytes(json).length} ${json}`)
  const frame = new Uint8Array(body.length + 10)
  frame.set(toBytes(`${checksum(body)} `))
  frame.set(body, 9)
  frame[frame.length - 1] = newline
  return frame
}

/** Reads a whole journal. Takes any bytes. */
export function decodeJournal(bytes: Uint8Array): Journal {
  const { frames, broken, torn } = splitFrames(bytes)
  const header = readHeader(frames[0])
  const version = header?.version ?? changeFormat.version
  const changes: StoredChange[] = []
  for (const frame of frames) {
    if (frame.seq === 0) continue
    const read = migrate(changeFormat, version, parse(frame.json))
    if (read.type === 'broken') broken.push({ offset: frame.offset, bytes: frame.bytes })
    else if (read.value !== null) changes.push({ seq: frame.seq, ...read.value })
  }
  return {
    conversation: header?.conversation ?? null,
    newer: version > changeFormat.version,
    changes,
    broken,
    torn,
    nextSeq: changes.reduce((highest, { seq }) => Math.max(highest, seq), 0) + 1,
  }
}

/** The undamaged beginning of a file of records that rise by one from `firstSeq`; its header, seq 0, is passed over. */
export function decodeFrames(bytes: Uint8Array, firstSeq: number): unknown[] {
  const { frames } = splitFrames(bytes)
  const values: unknown[] = []
  for (const { seq, json } of frames) {
    if (seq === 0) continue
    if (seq !== firstSeq + values.length) break
    values.push(parse(json))
  }
  return values
}

function readHeader(frame: Frame | undefined): z.infer<typeof headerSchema> | null {
  if (frame?.seq !== 0) return null
  return headerSchema.safeParse(parse(frame.json)).data ?? null
}

function splitFrames(bytes: Uint8Array): { frames: Frame[]; broken: Span[]; torn: Span | null } {
  const frames: Frame[] = []
  const broken: Span[] = []
  let badFrom: number | null = null
  let at = 0
  while (at < bytes.length) {
    const frame = readFrame(bytes, at)
    if (frame === null) {
      // JSON never holds a raw line end, so the next record can only begin behind one.
      badFrom ??= at
      const lineEnd = bytes.indexOf(newline, at)
      at = lineEnd === -1 ? bytes.length : lineEnd + 1
      continue
    }
    if (badFrom !== null) broken.push({ offset: badFrom, bytes: at - badFrom })
    badFrom = null
    frames.push(frame)
    at += frame.bytes
  }
  if (badFrom === null) return { frames, broken, torn: null }
  const rest = { offset: badFrom, bytes: bytes.length - badFrom }
  // A line end in what is left means that a record was once complete there: that is damage, not an unfinished write.
  if (bytes.indexOf(newline, badFrom) !== -1) return { frames, broken: [...broken, rest], torn: null }
  return { frames, broken, torn: rest }
}

function readFrame(bytes: Uint8Array, at: number): Frame | null {
  const match = prefix.exec(String.fromCharCode(...bytes.subarray(at, at + prefixBytes)))
  if (match === null) return null
  const [whole, crc, seq, length] = match
  const jsonAt = at + whole.length
  const end = jsonAt + Number(length)
  if (bytes[end] !== newline) return null
  if (checksum(bytes.subarray(at + 9, end)) !== crc) return null
  return { offset: at, bytes: end + 1 - at, seq: Number(seq), json: toText(bytes.subarray(jsonAt, end)) }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return null
  }
}
