// Which parts of a conversation a snapshot writes anew: what lies in a segment already and has not changed is named, the rest
// becomes segments of its own, and the newest entries stay in the snapshot. So what is written does not depend on how much is
// there. Pure; files are main's business.
import type { Conversation } from '../conversation/reduce.ts'
import type { Head, ListName } from './migrate.ts'

/** Entries that lie in a file of their own. */
export interface Segment {
  list: ListName
  number: number
  /** The same objects as in the conversation. */
  entries: readonly unknown[]
}

export interface SnapshotPlan {
  head: Head
  /** Everything that the head names. */
  segments: Segment[]
  /** Those among them that are not on disk yet. */
  fresh: Segment[]
}

export const listNames = ['turns', 'tools', 'tasks'] as const
const segmentEntries = 256
/** Of an entry's words; a list of long ones is cut sooner. */
const segmentChars = 64 * 1024

/** @param known segments that are whole on disk */
export function planSnapshot(
  conversation: Conversation,
  known: readonly Segment[],
  takeNumber: () => number,
): SnapshotPlan {
  const segments: Segment[] = []
  const fresh: Segment[] = []

  function partsOf<Part>(
    list: ListName,
    entries: readonly unknown[],
    part: (own: Segment | readonly unknown[]) => Part,
  ) {
    const byFirst = new Map(known.filter((one) => one.list === list).map((one) => [one.entries[0], one]))
    const parts: Part[] = []
    let loose: unknown[] = []
    const add = (segment: Segment): void => {
      segments.push(segment)
      parts.push(part(segment))
    }
    function settle(isEnd: boolean): void {
      for (const chunk of chunksOf(loose, isEnd)) {
        if (isEnd && chunk.isRest) parts.push(part(chunk.entries))
        else {
          const segment = { list, number: takeNumber(), entries: chunk.entries }
          fresh.push(segment)
          add(segment)
        }
      }
      loose = []
    }
    for (let at = 0; at < entries.length;) {
      const segment = byFirst.get(entries[at])
      if (segment?.entries.every((entry, index) => entry === entries[at + index]) === true) {
        if (loose.length > 0) settle(false)
        add(segment)
        at += segment.entries.length
      } else {
        loose.push(entries[at])
        at += 1
      }
    }
    if (loose.length > 0) settle(true)
    return parts
  }

  const part = (own: Segment | readonly unknown[]): never =>
    ('number' in own ? { segment: own.number, count: own.entries.length } : { entries: own }) as never
  const head: Head = {
    ...conversation,
    turns: partsOf('turns', conversation.turns, part),
    tools: partsOf('tools', conversation.tools, part),
    tasks: partsOf('tasks', conversation.tasks, part),
  }
  return { head, segments, fresh }
}

interface Chunk {
  entries: readonly unknown[]
  /** Too few yet for a segment. */
  isRest: boolean
}

function chunksOf(entries: readonly unknown[], isEnd: boolean): Chunk[] {
  const chunks: Chunk[] = []
  let chunk: unknown[] = []
  let chars = 0
  for (const entry of entries) {
    chunk.push(entry)
    chars += JSON.stringify(entry).length
    if (chunk.length < segmentEntries && chars < segmentChars) continue
    chunks.push({ entries: chunk, isRest: false })
    chunk = []
    chars = 0
  }
  if (chunk.length === 0) return chunks
  const last = chunks.at(-1)
  // Between two segments a few are no file of their own.
  if (!isEnd && last !== undefined && chunk.length < segmentEntries / 4)
    chunks[chunks.length - 1] = { entries: [...last.entries, ...chunk], isRest: false }
  else chunks.push({ entries: chunk, isRest: true })
  return chunks
}
