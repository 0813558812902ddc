// The bytes of a journal: one record a line, `crc32 seq length json\n`, the first one a header with seq 0. Pure in both
// directions and never throwing: damage is reported with its place. When a record is on disk is the journal's business.
import { z } from 'zod'
import type { StoredChange } from '../conversation/change.ts'
import { checksum, crc32 } from './crc32.ts'
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
  /** Written by an older one: its changes were lifted while reading. */
  older: boolean
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
const space = 0x20

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
  const steps = readJournal(bytes)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same record by record, for whoever has others waiting. Yields how many bytes are behind it. */
export function* readJournal(bytes: Uint8Array): Generator<number, Journal, undefined> {
  const broken: Span[] = []
  const changes: StoredChange[] = []
  const damage: Span[] = []
  let first: Frame | null = null
  let header: z.infer<typeof headerSchema> | null = null
  let version = changeFormat.version
  const frames = splitFrames(bytes, broken)
  let step = frames.next()
  for (; !step.done; step = frames.next()) {
    const frame = step.value
    if (first === null) {
      first = frame
      header = readHeader(frame)
      version = header?.version ?? version
    }
    yield frame.offset
    if (frame.seq === 0) continue
    const read = migrate(changeFormat, version, parse(frame.json))
    if (read.type === 'broken') damage.push({ offset: frame.offset, bytes: frame.bytes })
    else if (read.value !== null) changes.push({ seq: frame.seq, ...read.value })
  }
  const torn = step.value
  broken.push(...damage)
  return {
    conversation: header?.conversation ?? null,
    newer: version > changeFormat.version,
    older: version < changeFormat.version,
    changes,
    broken,
    torn,
    nextSeq: changes.reduce((highest, { seq }) => Math.max(highest, seq), 0) + 1,
  }
}

export interface Frames {
  /** Null when the file does not begin with one. */
  header: unknown
  /** In the order of the file. */
  records: { seq: number; value: unknown }[]
  /** Bytes up to the end of the last good record. */
  goodBytes: number
  /** What was once a whole record and can't be read. */
  broken: Span[]
}

/** Everything that is whole in a file of records. */
export function decodeFrames(bytes: Uint8Array): Frames {
  const read: Frames = { header: null, records: [], goodBytes: 0, broken: [] }
  for (const { seq, json, offset, bytes: length } of splitFrames(bytes, read.broken)) {
    if (seq !== 0) read.records.push({ seq, value: parse(json) })
    else if (offset === 0) read.header = parse(json)
    read.goodBytes = offset + length
  }
  return read
}

/** The whole records of a damaged file, as they stand there. */
export function keptFrames(bytes: Uint8Array): Uint8Array {
  const kept = [...splitFrames(bytes, [])].map(({ offset, bytes: length }) => bytes.subarray(offset, offset + length))
  const joined = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const frame of kept) {
    joined.set(frame, at)
    at += frame.length
  }
  return joined
}

function readHeader(frame: Frame): z.infer<typeof headerSchema> | null {
  if (frame.seq !== 0) return null
  return headerSchema.safeParse(parse(frame.json)).data ?? null
}

/** Yields what is whole and puts what is damaged into `broken`. @returns the write that did not finish */
function* splitFrames(bytes: Uint8Array, broken: Span[]): Generator<Frame, Span | null, undefined> {
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
    at += frame.bytes
    yield frame
  }
  if (badFrom === null) return null
  const rest = { offset: badFrom, bytes: bytes.length - badFrom }
  // A line end in what is left means that a record was once complete there: that is damage, not an unfinished write.
  if (bytes.indexOf(newline, badFrom) === -1) return rest
  broken.push(rest)
  return null
}

/** By the byte: a record is read back as often as there are turns. */
function readFrame(bytes: Uint8Array, at: number): Frame | null {
  const seqEnd = digitsEnd(bytes, at + 9, 15)
  const lengthEnd = seqEnd === -1 ? -1 : digitsEnd(bytes, seqEnd + 1, 9)
  if (lengthEnd === -1 || bytes[at + 8] !== space) return null
  const end = lengthEnd + 1 + numberAt(bytes, seqEnd + 1, lengthEnd)
  if (bytes[end] !== newline || crc32(bytes.subarray(at + 9, end)) !== hexAt(bytes, at)) return null
  const json = toText(bytes.subarray(lengthEnd + 1, end))
  return { offset: at, bytes: end + 1 - at, seq: numberAt(bytes, at + 9, seqEnd), json }
}

/** Where the space behind so many digits at most stands; -1 where they don't. */
function digitsEnd(bytes: Uint8Array, from: number, most: number): number {
  let at = from
  while (at - from < most && isDigit(bytes[at])) at += 1
  return at > from && bytes[at] === space ? at : -1
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

function numberAt(bytes: Uint8Array, from: number, end: number): number {
  let value = 0
  for (let at = from; at < end; at += 1) value = value * 10 + (bytes[at] ?? 0) - 0x30
  return value
}

/** Eight lower-case digits; NaN for anything else. */
function hexAt(bytes: Uint8Array, from: number): number {
  let value = 0
  for (let at = from; at < from + 8; at += 1) {
    const byte = bytes[at] ?? 0
    const isLetter = byte >= 0x61 && byte <= 0x66
    if (!isLetter && !isDigit(byte)) return Number.NaN
    value = value * 16 + byte - (isLetter ? 0x57 : 0x30)
  }
  return value
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return null
  }
}
