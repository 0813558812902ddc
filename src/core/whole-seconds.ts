// Looks that several parts take now and then fall on the same moments, so that the processor is woken once for all of them.

/** @param nowMs by the steady clock. @returns how long until the next whole multiple of `everyMs`, at least 1 ms */
export function untilNext(everyMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil(everyMs - (nowMs % everyMs)))
}
