// The bytes of a snapshot: one JSON document that carries the checksum of its own inner text, so that a file of NUL
// bytes, half a file and a bent bit are all told from a good one. Where snapshots lie is main's business.
import { z } from 'zod'
import type { Conversation } from '../conversation/reduce.ts'
import { checksum } from './crc32.ts'
import { conversationFormat, migrate, type Migrated } from './migrate.ts'
import { toBytes, toText } from './utf8.ts'

const documentSchema = z.object({
  format: z.literal('parley-conversation'),
  version: z.number().int().positive(),
  conversation: z.unknown(),
})

const opening = '{"crc32":"00000000","document":'
const closing = '}\n'

/** Wraps a JSON text so that `unseal` can tell whether it came back whole. */
export function seal(json: string): Uint8Array {
  return toBytes(`${opening.replace('00000000', checksum(toBytes(json)))}${json}${closing}`)
}

/** @returns the value that was sealed, undefined when the bytes are not exactly what `seal` made. */
export function unseal(bytes: Uint8Array): unknown {
  const inner = bytes.subarray(opening.length, Math.max(opening.length, bytes.length - closing.length))
  const around = toText(bytes.subarray(0, opening.length)) + toText(bytes.subarray(opening.length + inner.length))
  if (around !== opening.replace('00000000', checksum(inner)) + closing) return undefined
  try {
    return JSON.parse(toText(inner)) as unknown
  } catch {
    return undefined
  }
}

export function encodeSnapshot(conversation: Conversation): Uint8Array {
  return seal(JSON.stringify({ format: 'parley-conversation', version: conversationFormat.version, conversation }))
}

/** Takes any bytes and never throws. */
export function decodeSnapshot(bytes: Uint8Array): Migrated<Conversation> {
  const document = documentSchema.safeParse(unseal(bytes))
  if (!document.success) return { type: 'broken', reason: 'the file is damaged' }
  return migrate(conversationFormat, document.data.version, document.data.conversation)
}
