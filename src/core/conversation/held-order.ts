// Where an item stands among those of its session, by what the service says of its predecessor. Pure.

/** What of an item its place depends on. */
interface Placed {
  id: string
  state: string
  place: string
  kind: string
}

/** A session lives for an hour on the service; a server of one's own may let it live for days. */
export const mostItems = 4_096

/**
 * What the service added meanwhile may stand before an item that was put at the end, or behind one that was put in between.
 * @param isPlaced it has got its place just now
 */
export function moved<Item extends Placed>(
  items: readonly Item[],
  at: number,
  previous: string | null,
  isPlaced: boolean,
): readonly Item[] {
  const item = items[at]
  const behind = items.findLastIndex(({ id }) => id === previous)
  if (!item) return items
  // What came while it was under way stands behind it.
  if (previous === null && isPlaced && item.place === 'first') return [item, ...items.toSpliced(at, 1)]
  if (behind === -1) return items
  if (behind < at) {
    // One without an answer stays where it was meant to be.
    const isElsewhere = items.slice(behind + 1, at).some(({ state }) => state !== 'creating')
    return isPlaced && isElsewhere ? items.toSpliced(at, 1).toSpliced(behind + 1, 0, item) : items
  }
  return items.toSpliced(behind + 1, 0, item).toSpliced(at, 1)
}

/** A new item, behind its predecessor where that is known. */
export function place<Item extends Placed>(items: readonly Item[], item: Item, previous: string | null): Item[] {
  const behind = items.findLastIndex(({ id }) => id === previous)
  // Without a predecessor that we know it is the newest, or put in front of all; what is on its way comes behind it.
  const end = items.findLastIndex(({ state }) => state !== 'creating') + 1
  const at = behind !== -1 ? behind + 1 : previous === null && item.kind === 'note' ? 0 : end
  return items.toSpliced(at, 0, item).slice(-mostItems)
}
