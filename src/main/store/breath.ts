// Long work in slices: whoever works calls the breath often, and it lets others have their turn when a slice is over.
import { setImmediate } from 'node:timers/promises'

/** @param sliceMs how long nobody else may have to wait */
export function createBreath(sliceMs = 4): () => Promise<void> {
  let sinceMs = performance.now()
  return async () => {
    if (performance.now() - sinceMs < sliceMs) return
    await setImmediate()
    sinceMs = performance.now()
  }
}
