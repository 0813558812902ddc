// What a conversation's files say together: the newest good snapshot, then every later change of the journals. Pure;
// reading the files and setting damaged ones aside is main's business.
import { emptyConversation, reduce, type Conversation } from '../conversation/reduce.ts'
import type { StoredChange } from '../conversation/change.ts'
import { decodeJournal } from './record.ts'
import { decodeSnapshot } from './snapshot.ts'

/** Snapshots and journals of a conversation share one rising number. A snapshot covers every journal before it. */
export interface StoredFile {
  kind: 'snapshot' | 'journal'
  number: number
  bytes: Uint8Array
}

export interface Damage {
  file: StoredFile
  /** Broken records in it; null for a snapshot. */
  records: number | null
}

export interface Recovery {
  /** Null when nothing can be read: nothing was ever acknowledged, or everything is damaged. */
  conversation: Conversation | null
  /** Number of the snapshot it starts from. */
  snapshot: number | null
  /** Changes folded in that the snapshot does not hold. */
  laterChanges: number
  damage: Damage[]
  /** Numbers that are missing between the first and the last change. */
  missing: number
  newer: boolean
}

/** @param files in any order. */
export function recover(files: readonly StoredFile[]): Recovery {
  const base = newestSnapshot(files)
  const damage = [...base.damage]
  let newer = base.newer
  const later: StoredChange[] = []
  for (const file of files) {
    if (file.kind !== 'journal' || file.number < (base.number ?? 0)) continue
    const journal = decodeJournal(file.bytes)
    later.push(...journal.changes)
    newer ||= journal.newer
    if (journal.broken.length > 0) damage.push({ file, records: journal.broken.length })
  }
  // Not the journals' order: one that was given up may hold a later change whose predecessor is in the next journal.
  later.sort((one, other) => one.seq - other.seq)
  const folded = foldLater(base.conversation ?? emptyConversation, later)
  const nothing = base.conversation === null && folded.count === 0
  return {
    conversation: nothing ? null : folded.conversation,
    snapshot: base.number,
    laterChanges: folded.count,
    damage,
    missing: folded.missing,
    newer,
  }
}

interface Base {
  conversation: Conversation | null
  number: number | null
  damage: Damage[]
  newer: boolean
}

function newestSnapshot(files: readonly StoredFile[]): Base {
  const damage: Damage[] = []
  let newer = false
  for (const file of files.filter(({ kind }) => kind === 'snapshot').sort((one, other) => other.number - one.number)) {
    const read = decodeSnapshot(file.bytes)
    newer ||= read.type === 'newer'
    if (read.type === 'broken') damage.push({ file, records: null })
    else if (read.value !== null) return { conversation: read.value, number: file.number, damage, newer }
  }
  return { conversation: null, number: null, damage, newer }
}

/**
 * After a failed fsync the same records stand in two journals, so a number is folded in once. A number that is missing
 * is passed over: the changes behind it are worth more than the order without it.
 */
function foldLater(
  from: Conversation,
  changes: readonly StoredChange[],
): { conversation: Conversation; count: number; missing: number } {
  let conversation = from
  let count = 0
  let missing = 0
  for (const stored of changes) {
    if (stored.seq <= conversation.seq) continue
    missing += stored.seq - conversation.seq - 1
    conversation = reduce(conversation, stored)
    count += 1
  }
  return { conversation, count, missing }
}
