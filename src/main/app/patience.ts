// How long an act may take before whoever asked is answered: what goes on behind it goes on, and is told by itself.
import type { Clock } from '../ports.ts'

/** A disk that refuses is told as `unsaved`, and tried again for as long as it takes. */
const patienceMs = 1_500

/** Resolves or rejects as `act` does, and resolves by itself when that takes longer. */
export function withPatience(clock: Clock, act: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const undo = clock.after(patienceMs, resolve)
    act.then(
      () => {
        undo()
        resolve()
      },
      (error: unknown) => {
        undo()
        reject(error instanceof Error ? error : new Error(String(error)))
      },
    )
  })
}
