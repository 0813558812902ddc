// Which items of a session stand where the record does not have them: as few as can be moved so that the rest keeps its order.
// Pure; what is done about them is reconcile.ts.
import type { SessionItem } from './held.ts'

/** What is rather left where it is: by a move a turn's sound is lost. */
function weightOf({ kind, given }: SessionItem): number {
  if (kind === 'call') return 1
  return given === null ? 3 : 2
}

export interface Misplaced {
  /** Also the second of two that stand for the same. */
  ids: ReadonlySet<string>
  /** Something is, and can't be moved by now. */
  isStuck: boolean
}

export const nothingMisplaced: Misplaced = { ids: new Set(), isStuck: false }

/**
 * @param here items of the session, in its order
 * @param placeOf the place of a key in what is wanted; undefined for what has none there
 * @param mayMove false for what can't be given again: it stays, and what would have to pass it does, too
 */
export function misplacedAmong(
  here: readonly SessionItem[],
  placeOf: (key: string) => number | undefined,
  mayMove: (item: SessionItem) => boolean,
): Misplaced {
  // Where something is on its way there is not known; its answer is a reason to look again.
  if (here.some(({ state }) => state === 'creating')) return nothingMisplaced
  const isTwice = (key: string): boolean => here.filter((other) => other.key === key).length > 1
  const placed = here.flatMap((item) => {
    const place = isFree(item) && !(item.kind === 'call' && isTwice(item.key)) ? undefined : placeOf(item.key)
    return place === undefined ? [] : [{ item, place, weight: weightOf(item) }]
  })
  const kept = heaviestAscending(placed)
  const moved = placed.flatMap(({ item }, at) => (kept.has(at) ? [] : [item]))
  const gone = new Set(moved)
  const firstCalls = new Map<string | null, number>()
  for (const [at, item] of here.entries())
    if (item.kind === 'call' && !gone.has(item) && !firstCalls.has(item.call)) firstCalls.set(item.call, at)
  const isBeforeItsCall = ({ call }: SessionItem, at: number): boolean => (firstCalls.get(call) ?? -1) > at
  const all = [...moved, ...here.filter((item, at) => item.kind === 'result' && isBeforeItsCall(item, at))]
  if (!all.every(mayMove)) return { ...nothingMisplaced, isStuck: true }
  return { ids: new Set(all.map(({ id }) => id)), isStuck: false }
}

/** An output comes when its function ends, and a call that nobody asked for when it comes: any place behind is right. */
export function isFree({ kind, came }: SessionItem): boolean {
  return kind === 'result' || (kind === 'call' && came)
}

/** @returns where the members of the heaviest strictly ascending run stand; O(n²) where they are not in order already */
function heaviestAscending(all: readonly { place: number; weight: number }[]): ReadonlySet<number> {
  const isAscending = all.every(({ place }, at) => at === 0 || place > (all[at - 1]?.place ?? Infinity))
  if (isAscending) return new Set(all.keys())
  const runs: { weight: number; before: number }[] = []
  let best = 0
  for (const [at, { place, weight }] of all.entries()) {
    const run = { weight, before: -1 }
    for (const [earlier, one] of runs.entries())
      if ((all[earlier]?.place ?? Infinity) < place && one.weight + weight > run.weight)
        Object.assign(run, { weight: one.weight + weight, before: earlier })
    runs.push(run)
    if (run.weight > (runs[best]?.weight ?? 0)) best = at
  }
  const kept = new Set<number>()
  for (let at = best; at >= 0; at = runs[at]?.before ?? -1) kept.add(at)
  return kept
}
