// Responses made with `store: true`, for as long as the process lives and within bounds: the oldest go first. Any
// connection can continue them and HTTP can read and delete them.
import type { Kept } from './memory.ts'
import type { Item, WireResponse } from './wire.ts'

export interface StoredResponse {
  response: WireResponse
  /** What its own request gave. */
  input: readonly Item[]
  kept: Kept
}

export interface StoredResponses {
  get(id: string): StoredResponse | null
  put(stored: StoredResponse): void
  /** False when there was none. */
  remove(id: string): boolean
}

const mostResponses = 2_000
const mostChars = 64 * 1024 * 1024

export function createStoredResponses(): StoredResponses {
  const all = new Map<string, { stored: StoredResponse; chars: number }>()
  let chars = 0

  function remove(id: string): boolean {
    chars -= all.get(id)?.chars ?? 0
    return all.delete(id)
  }

  return {
    get: (id) => all.get(id)?.stored ?? null,
    put(stored) {
      const weight = JSON.stringify([stored.response, stored.input]).length
      all.set(stored.response.id, { stored, chars: weight })
      chars += weight
      for (const id of all.keys()) {
        if (all.size <= mostResponses && chars <= mostChars) break
        remove(id)
      }
    },
    remove,
  }
}
