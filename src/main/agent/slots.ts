// A few at a time, the rest in their order.

export interface Slots {
  /** Resolves with the way to give the slot back, or null when the signal was aborted before there was one. */
  take(signal: AbortSignal): Promise<(() => void) | null>
}

export function createSlots(count: number): Slots {
  let free = count
  const waiting = new Set<() => void>()

  function release(): void {
    const next = waiting.values().next().value
    if (next) next()
    else free++
  }

  function once(): () => void {
    let isTaken = true
    return () => {
      if (isTaken) release()
      isTaken = false
    }
  }

  return {
    take(signal) {
      if (signal.aborted) return Promise.resolve(null)
      if (free > 0) {
        free--
        return Promise.resolve(once())
      }
      return new Promise((resolve) => {
        const end = (slot: (() => void) | null): void => {
          waiting.delete(begin)
          signal.removeEventListener('abort', giveUp)
          resolve(slot)
        }
        const begin = (): void => end(once())
        const giveUp = (): void => end(null)
        waiting.add(begin)
        signal.addEventListener('abort', giveUp)
      })
    },
  }
}
