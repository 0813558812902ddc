// How much a server may send, and how often it is listened to when it says the same again and again.
import type { Clock, Undo } from '../../ports.ts'

/** Whether one more message is within `most` in a second. */
export function createPace(most: number, clock: Pick<Clock, 'monotonicMs'>): () => boolean {
  let sinceMs = 0
  let count = 0
  return () => {
    const nowMs = clock.monotonicMs()
    if (nowMs - sinceMs >= 1_000) [sinceMs, count] = [nowMs, 0]
    return ++count <= most
  }
}

/** Acts once for however many times it is asked, never twice at a time, and not again within `everyMs`. */
export function createCoalesced(
  act: () => Promise<void>,
  everyMs: number,
  clock: Pick<Clock, 'after'>,
): { ask(): void; stop: Undo } {
  let state: 'idle' | 'acting' | 'asked' | 'stopped' = 'idle'
  let undo: Undo = () => undefined

  function begin(): void {
    state = 'acting'
    void act()
      .catch(() => undefined)
      .then(() => {
        if (state === 'stopped') return
        undo = clock.after(everyMs, () => {
          if (state === 'asked') begin()
          else if (state === 'acting') state = 'idle'
        })
      })
  }

  return {
    ask() {
      if (state === 'idle') begin()
      else if (state === 'acting') state = 'asked'
    },
    stop() {
      state = 'stopped'
      undo()
    },
  }
}
