// A part that takes much memory and is only there while it is wanted: opened at the first use, closed when it has not been used for
// long, opened again at the next use, which waits for it.
import type { EngineClock } from '../ports.ts'

export interface Resting<Part> {
  /** Rejects when the part can't be opened; the next use tries again. */
  use<Result>(act: (part: Part) => Promise<Result>): Promise<Result>
  /** It will be used soon. */
  rouse(): void
  isOpen(): boolean
  /** Resolves when the part is closed. */
  close(): Promise<void>
}

/** @param first of which the process was told that it is ready, and which is in use as it is */
export function createResting<Part extends { close(): Promise<void> }>(opts: {
  clock: EngineClock
  restAfterMs: number
  first: Part
  open: () => Promise<Part>
}): Resting<Part> {
  const { clock, restAfterMs } = opts
  let part: Promise<Part> | null = Promise.resolve(opts.first)
  let closing: Promise<void> = Promise.resolve()
  let users = 0
  let undo = (): void => undefined
  let isOver = false
  restLater()

  function restLater(): void {
    undo()
    if (!isOver) undo = clock.after(restAfterMs, () => (users === 0 ? rest() : restLater()))
  }

  function rest(): void {
    undo()
    const old = part
    part = null
    if (old !== null) closing = closing.then(() => old.then((own) => own.close())).catch(() => undefined)
  }

  function wanted(): Promise<Part> {
    restLater()
    if (part !== null) return part
    // Not before the memory of the one before is free.
    const opening = closing.then(() => opts.open())
    part = opening
    opening.catch(() => {
      if (part === opening) part = null
    })
    return opening
  }

  return {
    async use(act) {
      users += 1
      try {
        return await act(await wanted())
      } finally {
        users -= 1
        restLater()
      }
    },
    rouse() {
      if (!isOver) wanted().catch(() => undefined)
    },
    isOpen: () => part !== null,
    async close() {
      isOver = true
      rest()
      await closing
    },
  }
}
