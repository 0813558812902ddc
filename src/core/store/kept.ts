// The bytes of a small file that Parley keeps beside the conversations, and what can be had from bytes that are damaged. One
// that a person may edit is plain JSON; any other carries its checksum and version. Where it lies is main's business.
import { seal, unseal } from './snapshot.ts'
import { toBytes, toText } from './utf8.ts'

/** What a value may be made of what is stored. */
export interface Usable<Value> {
  value: Value
  /** Parts that could not be used, in words; the value stands on the safe side there. */
  refused: readonly string[]
}

export interface KeptShape<Value> {
  /** Counts from 1; a file of a newer one is used as far as it can be read, and not written to. */
  version: number
  /** Null when nothing of it can be used. Also given what was stored before there were versions. */
  read: (stored: unknown) => Usable<Value> | null
  write: (value: Value) => unknown
  /** The person may open and edit it: plain JSON. */
  isEdited?: boolean
}

export type KeptRead<Value> =
  { type: 'good'; value: Value; isNewer: boolean } | { type: 'partly'; found: Usable<Value> } | { type: 'damaged' }

const format = 'parley-kept'

export function encodeKept<Value>(shape: KeptShape<Value>, value: Value): Uint8Array {
  const stored = shape.write(value)
  if (shape.isEdited) return toBytes(`${JSON.stringify(stored, null, 2)}\n`)
  return seal(JSON.stringify({ format, version: shape.version, value: stored }))
}

/** Takes any bytes and never throws. */
export function decodeKept<Value>(shape: KeptShape<Value>, bytes: Uint8Array): KeptRead<Value> {
  const stored = shape.isEdited ? plain(bytes) : sealedOrOlder(bytes)
  if (stored === undefined) return { type: 'damaged' }
  const found = shape.read(stored.value)
  if (found === null) return { type: 'damaged' }
  if (found.refused.length > 0) return { type: 'partly', found }
  return { type: 'good', value: found.value, isNewer: stored.version > shape.version }
}

interface Stored {
  version: number
  value: unknown
}

/** Editors of another system begin a text with a byte order mark. */
function plain(bytes: Uint8Array): Stored | undefined {
  try {
    return { version: 0, value: JSON.parse(toText(bytes).replace(/^\uFEFF/, '')) as unknown }
  } catch {
    return undefined
  }
}

function sealedOrOlder(bytes: Uint8Array): Stored | undefined {
  const document = unseal(bytes)
  if (document === undefined) {
    const older = plain(bytes)
    // What was sealed and does not fit its checksum is no older file.
    return older !== undefined && !isSealed(older.value) ? older : undefined
  }
  if (!isKept(document)) return undefined
  return { version: document.version, value: document.value }
}

function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'crc32' in value
}

function isKept(document: unknown): document is Stored {
  return (
    typeof document === 'object' &&
    document !== null &&
    'format' in document &&
    document.format === format &&
    'version' in document &&
    typeof document.version === 'number' &&
    'value' in document
  )
}
