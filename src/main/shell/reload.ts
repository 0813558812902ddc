// How soon a window whose page died is loaded again: at once, unless it keeps dying.

const withinMs = 60_000
const patience = 5
const restMs = 10_000

/** @param died when it died, newest last, on the clock of `nowMs` */
export function reloadAfterMs(died: readonly number[], nowMs: number): number {
  return died.filter((atMs) => nowMs - atMs < withinMs).length > patience ? restMs : 0
}
