// What a conversation's files say together: the newest good snapshot with its segments, then every later change of the
// journals. Takes its time in slices. Reading the files and setting damaged ones aside is main's business.
import { createFold } from '../conversation/fold.ts'
import { emptyConversation, type Conversation } from '../conversation/reduce.ts'
import type { StoredChange } from '../conversation/change.ts'
import type { Head } from './migrate.ts'
import { readJournal } from './record.ts'
import { listNames, type Segment } from './segments.ts'
import { conversationOf, decodeSegment, decodeSnapshot } from './snapshot.ts'

/**
 * All files of a conversation share one rising number. A snapshot covers every journal before it; a segment holds a part of
 * one or more snapshots, and its copy is the same again.
 */
export interface FileName {
  kind: 'snapshot' | 'journal' | 'segment' | 'copy'
  number: number
}

export interface Source {
  names: readonly FileName[]
  /** Null for one that is gone or that the disk does not give. */
  read(name: FileName): Promise<Uint8Array | null>
  /** Called every few records: others may have their turn. */
  breathe(): Promise<void>
}

export interface Damage {
  file: FileName
  /** Null for one that the disk does not give. */
  bytes: Uint8Array | null
  /** Broken records in it; null for what is no journal of this conversation. */
  records: number | null
}

export interface Recovery {
  /** Null when nothing can be read: nothing was ever acknowledged, or everything is damaged. */
  conversation: Conversation | null
  /** Number of the snapshot it starts from. */
  snapshot: number | null
  /** Whole ones of that snapshot. */
  segments: Segment[]
  /** Changes folded in that the snapshot does not hold, and the journals they came from: their bytes and numbers. */
  laterChanges: number
  laterBytes: number
  journals: number[]
  damage: Damage[]
  /** Numbers that are missing between the first and the last change, and entries whose segment can't be read. */
  missing: number
  newer: boolean
  /** An older Parley wrote some of it: what is written from now on can't be read by that one. */
  older: boolean
}

/** Between two breaths, at most so many bytes of journal are read. */
const breathBytes = 32 * 1024

/** @param id files of another conversation are not taken for its own */
export async function recover(source: Source, id: string): Promise<Recovery> {
  const base = await newestSnapshot(source, id)
  const damage = [...base.damage]
  let newer = base.newer
  let older = base.older
  let laterBytes = 0
  const journals: number[] = []
  const later: StoredChange[] = []
  for (const file of source.names) {
    if (file.kind !== 'journal' || file.number < (base.number ?? 0)) continue
    const bytes = await source.read(file)
    if (bytes === null) {
      damage.push({ file, bytes, records: null })
      continue
    }
    const steps = readJournal(bytes)
    let step = steps.next()
    for (let breathAt = 0; !step.done; step = steps.next()) {
      if (step.value < breathAt) continue
      breathAt = step.value + breathBytes
      await source.breathe()
    }
    const journal = step.value
    if (journal.conversation !== null && journal.conversation !== '' && journal.conversation !== id) {
      damage.push({ file, bytes, records: null })
      continue
    }
    journals.push(file.number)
    laterBytes += bytes.length
    for (const change of journal.changes) later.push(change)
    newer ||= journal.newer
    older ||= journal.older
    if (journal.broken.length > 0) damage.push({ file, bytes, records: journal.broken.length })
  }
  // Not the journals' order: one that was given up may hold a later change whose predecessor is in the next journal.
  later.sort((one, other) => one.seq - other.seq)
  const folded = await foldLater(base.conversation ?? emptyConversation, later, source)
  const nothing = base.conversation === null && folded.count === 0
  return {
    conversation: nothing ? null : folded.conversation,
    snapshot: base.number,
    segments: base.segments,
    laterChanges: folded.count,
    laterBytes,
    journals,
    damage,
    missing: base.missing + folded.missing,
    newer,
    older,
  }
}

interface Base {
  conversation: Conversation | null
  number: number | null
  segments: Segment[]
  damage: Damage[]
  missing: number
  newer: boolean
  older: boolean
}

async function newestSnapshot(source: Source, id: string): Promise<Base> {
  const damage = new Map<string, Damage>()
  const found: Base = {
    conversation: null,
    number: null,
    segments: [],
    damage: [],
    missing: 0,
    newer: false,
    older: false,
  }
  /** The newest one that names a segment which can't be read. */
  let partly: Base | null = null
  const note = (one: Damage): void => void damage.set(`${one.file.kind} ${one.file.number}`, one)
  const settled = (base: Base): Base => ({ ...base, damage: [...damage.values()] })

  for (const file of source.names
    .filter(({ kind }) => kind === 'snapshot')
    .sort((one, other) => other.number - one.number)) {
    const bytes = await source.read(file)
    const read = bytes === null ? null : decodeSnapshot(bytes)
    if (read?.type === 'newer') {
      found.newer = true
      if (read.value !== null) return settled({ ...found, conversation: read.value, number: file.number })
    } else if (read?.type === 'head' && (read.head.id === id || read.head.id === '')) {
      const loaded = await loadSegments(source, read.head, note)
      const base = { ...found, number: file.number, older: read.older === true, ...loaded }
      if (loaded.missing === 0) return settled(base)
      partly ??= base
    } else note({ file, bytes, records: null })
  }
  return settled(partly ?? found)
}

async function loadSegments(
  source: Source,
  head: Head,
  note: (damage: Damage) => void,
): Promise<{ conversation: Conversation; segments: Segment[]; missing: number }> {
  const loaded = new Map<number, readonly unknown[]>()
  const segments: Segment[] = []
  let missing = 0
  for (const list of listNames)
    for (const part of head[list]) {
      if ('entries' in part) continue
      const { segment: number, count } = part
      let isWhole = true
      let entries: unknown[] | null = null
      for (const kind of ['segment', 'copy'] as const) {
        const bytes = await source.read({ kind, number })
        await source.breathe()
        entries = bytes === null ? null : decodeSegment(bytes, list, count)
        if (entries !== null) break
        isWhole = false
        note({ file: { kind, number }, bytes, records: null })
      }
      loaded.set(number, entries ?? [])
      if (entries === null) missing += count
      else if (isWhole) segments.push({ list, number, entries })
    }
  return { conversation: conversationOf(head, (number) => loaded.get(number) ?? []), segments, missing }
}

/**
 * After a failed fsync the same records stand in two journals, so a number is folded in once. A number that is missing
 * is passed over: the changes behind it are worth more than the order without it.
 */
async function foldLater(
  from: Conversation,
  changes: readonly StoredChange[],
  { breathe }: Source,
): Promise<{ conversation: Conversation; count: number; missing: number }> {
  if (changes.length === 0) return { conversation: from, count: 0, missing: 0 }
  const fold = createFold(from)
  let { seq } = from
  let count = 0
  let missing = 0
  for (const stored of changes) {
    if (stored.seq <= seq) continue
    missing += stored.seq - seq - 1
    fold.take(stored)
    seq = stored.seq
    count += 1
    if (count % 64 === 0) await breathe()
  }
  return { conversation: fold.conversation(), count, missing }
}
