// What a session should hold against what it holds, and the fewest commands that make the one the other: create in its place,
// delete, or nothing. One way for a fresh session, for what ended while it was given its items, for outputs of functions, what was
// not heard, taken back, put back and compacted. Pure; asked anew after every answer, it does nothing twice.
import type { WireItem } from '../realtime/events.ts'
import { groupBy } from '../group-by.ts'
import type { Change } from './change.ts'
import type { Desired, Wanted } from './desired.ts'
import { callKey, keysOfCall, noteKey, turnKey, type Held, type SessionItem } from './held.ts'
import { isFree, misplacedAmong, nothingMisplaced, type Misplaced } from './placement.ts'
import { fingerprint } from './verify.ts'

export interface Reconciliation {
  create: readonly (Wanted & { previous: string | null })[]
  /** Ids. */
  remove: readonly string[]
  /** How many items were found where they should not be … */
  misplaced: number
  /** … and whether some are that can't be moved yet. */
  isStuck: boolean
}

/**
 * @param seen keys that the record has had: a live item that it never had is still on its way there
 * @param mayMove what stands in the wrong place may be given again in the right one
 * @param isFresh the session is being given its first items: also what is still being said, as far as it is known
 */
export function reconcile(
  held: Held,
  desired: Desired,
  { seen, isFresh, mayMove = !isFresh }: { seen: ReadonlySet<string>; isFresh: boolean; mayMove?: boolean },
): Reconciliation {
  const barred = new Set(held.refused.flatMap(({ key }) => withPartner(key)))
  const wanted = desired.items.filter(({ key }) => !barred.has(key))
  const meant = new Map(wanted.map((one) => [one.key, one]))
  const found = mayMove ? misplacedIn(held, desired, wanted) : nothingMisplaced
  const misplaced = found.ids
  const create = missingItems(held, desired, wanted, isFresh, misplaced)
  // What stands for something else must be there before that goes.
  const isSettled = create.length === 0 && !held.items.some(({ state }) => state === 'creating')
  const isExcess = (item: SessionItem): boolean =>
    // The first plan is given as it was made; what was taken back meanwhile goes when the session is in use.
    isFresh
      ? isBarred(item, barred)
      : isGone(item, held, desired, meant, barred, seen) || isReplaced(item, held, desired, meant, misplaced)
  // Nothing stands for what is not to be known at all.
  const mayGo = ({ key }: SessionItem): boolean =>
    isSettled || desired.gone.has(key) || (desired.cut.has(key) && !meant.has(key))
  const remove = held.items.filter((item) => mayGo(item) && isExcess(item))
  return { create, remove: remove.map(({ id }) => id), misplaced: misplaced.size, isStuck: found.isStuck }
}

/** Whether a change of the record can make a session hold something else than it should. */
export function mayMatter(change: Change, held: Held): boolean {
  switch (change.type) {
    case 'words-heard':
    case 'words-spoken':
    case 'words-lost':
    case 'turn-failed':
    case 'played': {
      const isCut = change.type === 'played' && change.cut
      const key = turnKey(change.turn)
      return isCut || held.items.findLast((item) => item.given === null && item.key === key) === undefined
    }
    case 'turn-removed':
    case 'picture-removed':
    case 'tool-started':
    case 'tool-ended':
    case 'compacted':
    case 'left-out':
    case 'rolled-back':
    case 'put-back':
      return true
    case 'turn-started':
      return !standsAsRecorded(turnKey(change.turn), change.after, held)
    case 'tool-asked':
      return !standsAsRecorded(callKey(change.call), change.after, held)
    case 'conversation-started':
    case 'conversation-renamed':
    case 'turn-settled':
    case 'task-started':
    case 'task-ended':
    case 'draft-dropped':
    case 'session-opened':
    case 'session-closed':
    case 'tokens-used':
      return false
  }
}

/**
 * The session made it by itself and has it behind the turn that the record has before it, and nothing was given behind it
 * that may belong before it.
 */
function standsAsRecorded(key: string, after: string | null, { items }: Held): boolean {
  const at = items.findLastIndex((item) => item.key === key)
  if (at === -1 || items[at]?.given !== null) return false
  if (items.slice(at + 1).some((item) => item.given !== null && !isFree(item))) return false
  const before = items.findLast(({ kind }, place) => place < at && (kind === 'person' || kind === 'voice'))
  return (before?.key ?? null) === (after === null ? null : turnKey(after))
}

/** A call without its output is no settled one, nor the other way round. */
function withPartner(key: string): string[] {
  const [kind = '', ...rest] = key.split(':')
  const call = rest.join(':')
  return kind === 'call' || kind === 'result' ? keysOfCall(call) : [key]
}

function missingItems(
  held: Held,
  desired: Desired,
  wanted: readonly Wanted[],
  isFresh: boolean,
  misplaced: ReadonlySet<string>,
): Reconciliation['create'] {
  const create: (Wanted & { previous: string | null })[] = []
  const here = held.items.filter(({ id, state }) => state !== 'deleting' && !misplaced.has(id))
  const byKey = groupBy(here, ({ key }) => key)
  const ids = new Set([...held.items.map(({ id }) => id), ...held.gone])
  const places = withUnworded(here, desired, wanted)
  const lastKnown = places.findLastIndex(({ key }) => byKey.has(key))
  let last = here.at(-1)?.id ?? null
  let previous: string | null = null
  /** What stands where it belongs: a call that came by itself, and an output, may stand anywhere. */
  let anchor: string | null = null
  let isBehindAll = false
  for (const [at, { key, item }] of places.entries()) {
    const known = byKey.get(key) ?? []
    if (item === null) {
      anchor = previous = known[0]?.id ?? previous
      continue
    }
    const right = known.find((one) => isRight(one, item, desired))
    const isUnsettled = desired.unsettled.has(key) && !isFresh
    const kept = right ?? (isUnsettled ? known[0] : undefined)
    if (kept) {
      previous = kept.id
      if (!isFree(kept)) anchor = kept.id
    }
    if (kept || isUnsettled) continue
    const id = freeId(item.id ?? '', ids)
    ids.add(id)
    // Behind everything that the session holds, also what it is just saying.
    if (at > lastKnown && !isBehindAll) previous = last ?? previous
    isBehindAll = at > lastKnown
    const behind: string | null = isBehindAll || item.type === 'function_call_output' ? previous : anchor
    create.push({ key, item: { ...item, id }, previous: behind })
    if (behind === last) last = id
    anchor = previous = id
  }
  return create
}

function misplacedIn(held: Held, desired: Desired, wanted: readonly Wanted[]): Misplaced {
  const meant = new Map(wanted.map((one) => [one.key, one.item]))
  const here = held.items.filter(({ state }) => state !== 'deleting')
  const places = withUnworded(here, desired, wanted)
  const placeOf = new Map(places.map(({ key }, at) => [key, at]))
  // What is not right is replaced wherever it stands.
  const isToStay = (item: SessionItem): boolean => {
    const as = meant.get(item.key)
    return as === undefined || isRight(item, as, desired)
  }
  return misplacedAmong(
    here.filter(isToStay),
    (key) => placeOf.get(key),
    ({ key, state }) => state === 'held' && meant.has(key) && !desired.unsettled.has(key),
  )
}

/** What stood in the wrong place goes when it stands in the right one. */
function isReplaced(
  { id, key, state }: SessionItem,
  held: Held,
  desired: Desired,
  wanted: ReadonlyMap<string, Wanted>,
  misplaced: ReadonlySet<string>,
): boolean {
  const meant = wanted.get(key)
  return (
    state === 'held' &&
    meant !== undefined &&
    misplaced.has(id) &&
    held.items.some(
      (other) =>
        other.key === key && other.state === 'held' && !misplaced.has(other.id) && isRight(other, meant.item, desired),
    )
  )
}

/** What the session has without words, in its place among what it is to have: others may have to stand in front of it. */
function withUnworded(
  here: readonly SessionItem[],
  { present }: Desired,
  wanted: readonly Wanted[],
): readonly { key: string; item: WireItem | null }[] {
  const meant = new Set(wanted.map(({ key }) => key))
  const others = here.filter(({ key, given }) => given === null && present.has(key) && !meant.has(key))
  if (others.length === 0) return wanted
  const order = new Map([...present].map((key, at) => [key, at]))
  const placeOf = (key: string): number => order.get(key) ?? Infinity
  const places: { key: string; item: WireItem | null }[] = [...wanted]
  for (const { key } of others) {
    const at = places.findIndex((one) => placeOf(one.key) > placeOf(key))
    places.splice(at === -1 ? places.length : at, 0, { key, item: null })
  }
  return places
}

/** What the session made itself is right as long as all of it was heard, or as it was told where it was cut. */
function isRight(held: SessionItem, item: WireItem, { cut }: Desired): boolean {
  if (held.given !== null) return fingerprint(held.given) === fingerprint(item)
  return held.kind !== 'voice' || !cut.has(held.key) || held.truncatedMs !== null
}

/** The partner of an item that the session refused. */
function isBarred({ key, state }: SessionItem, barred: ReadonlySet<string>): boolean {
  return barred.has(key) && key !== noteKey && state !== 'deleting' && state !== 'creating'
}

function isGone(
  item: SessionItem,
  held: Held,
  desired: Desired,
  wanted: ReadonlyMap<string, Wanted>,
  barred: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): boolean {
  const { key, state, given } = item
  if (state === 'deleting' || state === 'creating') return false
  if (barred.has(key)) return isBarred(item, barred)
  // Without the note that stands for them they stay.
  if (desired.behind.has(key)) return !barred.has(noteKey)
  if (desired.gone.has(key)) return true
  const meant = wanted.get(key)
  if (meant && !isRight(item, meant.item, desired))
    return held.items.some(
      (other) => other.key === key && other.state === 'held' && isRight(other, meant.item, desired),
    )
  if (given !== null) return meant === undefined && !desired.unsettled.has(key)
  // Of an answer of which nothing was heard nothing is to be known.
  if (meant === undefined && state === 'held' && desired.cut.has(key)) return true
  return key !== noteKey && seen.has(key) && !desired.present.has(key)
}

/** The service may not take an id twice, even when its item is gone. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id
  for (let n = 2; ; n++) {
    const next = `${id.slice(0, 27)}_${n}`
    if (!taken.has(next)) return next
  }
}
