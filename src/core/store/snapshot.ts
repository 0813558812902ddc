// The bytes of a snapshot: one JSON document that carries the checksum of its own inner text, so that a file of NUL
// bytes, half a file and a bent bit are all told from a good one. What is old and long of a conversation lies in segments
// beside it, which are written once and named by it. Where the files lie is main's business.
import { z } from 'zod'
import type { Conversation } from '../conversation/reduce.ts'
import { checksum } from './crc32.ts'
import { conversationFormat, headSchema, listSchemas, migrate, type Head, type ListName, type Part } from './migrate.ts'
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

/** Everything in one file, without segments. */
export function encodeSnapshot(conversation: Conversation): Uint8Array {
  const { turns, tools, tasks } = conversation
  return encodeHead({
    ...conversation,
    turns: [{ entries: [...turns] }],
    tools: [{ entries: [...tools] }],
    tasks: [{ entries: [...tasks] }],
  })
}

export function encodeHead(head: Head): Uint8Array {
  const document = { format: 'parley-conversation', version: conversationFormat.version, conversation: head }
  return seal(JSON.stringify(document))
}

/** `head`: its segments are still to be read. `broken` also for one of another conversation. */
export type SnapshotRead =
  | { type: 'head'; head: Head; older?: true }
  | { type: 'newer'; value: Conversation | null }
  | { type: 'broken'; reason: string }

/** The first version whose lists are made of parts. */
const firstWithParts = 5

/** Takes any bytes and never throws. */
export function decodeSnapshot(bytes: Uint8Array): SnapshotRead {
  const document = documentSchema.safeParse(unseal(bytes))
  if (!document.success) return { type: 'broken', reason: 'the file is damaged' }
  const { version, conversation } = document.data
  if (version < firstWithParts) {
    const read = migrate(conversationFormat, version, conversation)
    return read.type === 'current' ? { type: 'head', head: headOf(read.value), older: true } : read
  }
  const head = headSchema.safeParse(conversation)
  if (version > conversationFormat.version)
    return { type: 'newer', value: head.success ? conversationOf(head.data, () => []) : null }
  if (head.success)
    return { type: 'head', head: head.data, ...(version < conversationFormat.version ? { older: true as const } : {}) }
  return { type: 'broken', reason: head.error.issues.map((issue) => issue.path.join('.')).join(', ') }
}

function headOf({ turns, tools, tasks, ...rest }: Conversation): Head {
  return {
    ...rest,
    turns: [{ entries: [...turns] }],
    tools: [{ entries: [...tools] }],
    tasks: [{ entries: [...tasks] }],
  }
}

/** @param entriesOf what a segment holds */
export function conversationOf(head: Head, entriesOf: (segment: number) => readonly unknown[]): Conversation {
  const joined = (list: ListName): never[] =>
    (head[list] as readonly Part<unknown>[]).flatMap((part) =>
      'entries' in part ? part.entries : entriesOf(part.segment),
    ) as never[]
  return { ...head, turns: joined('turns'), tools: joined('tools'), tasks: joined('tasks') }
}

const segmentSchema = z.object({
  format: z.literal('parley-segment'),
  version: z.number().int().positive(),
  list: z.enum(['turns', 'tools', 'tasks']),
  entries: z.array(z.unknown()),
})

export function encodeSegment(list: ListName, entries: readonly unknown[]): Uint8Array {
  return seal(JSON.stringify({ format: 'parley-segment', version: conversationFormat.version, list, entries }))
}

/** Null for bytes that are no whole segment of that list. */
export function decodeSegment(bytes: Uint8Array, list: ListName, count: number): unknown[] | null {
  const read = segmentSchema.safeParse(unseal(bytes))
  if (!read.success || read.data.list !== list || read.data.entries.length !== count) return null
  const entries = z.array(listSchemas[list]).safeParse(read.data.entries)
  return entries.success ? entries.data : null
}
