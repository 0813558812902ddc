// What one connection remembers: of each lane the newest response and nothing older. It goes with the connection.
import type { Lane } from './lanes.ts'
import type { Item } from './wire.ts'

/** A response that can be continued: everything it was made from and what it said. */
export interface Kept {
  id: string
  items: readonly Item[]
}

export interface Memory {
  /** The newest response of any lane, by its id. */
  find(id: string): Kept | null
  /** From now on this is the newest of its lane. */
  keep(lane: Lane, kept: Kept): void
  /** A turn of this lane failed: when it continued the lane's own newest response, that is gone. */
  failed(lane: Lane, previous: string | null): void
  clear(): void
}

export function createMemory(): Memory {
  const newest = new Map<Lane, Kept>()
  return {
    find: (id) => [...newest.values()].find((kept) => kept.id === id) ?? null,
    keep: (lane, kept) => void newest.set(lane, kept),
    failed(lane, previous) {
      if (previous !== null && newest.get(lane)?.id === previous) newest.delete(lane)
    },
    clear: () => newest.clear(),
  }
}
