// A wait with a bound of its own, which says what it waited for when that does not come.

/** Long beside what a busy machine needs, short beside the bound of a test. */
const usualMs = 30_000

/**
 * @param what names the event, for whoever reads that it did not come
 * @param seen says at that moment what there was instead
 */
export function within<Value>(
  what: string,
  event: Promise<Value>,
  { ms = usualMs, seen = () => '' }: { ms?: number; seen?: () => string } = {},
): Promise<Value> {
  // The stack of who waits, not of the timer.
  const late = new Error(`waited ${ms / 1_000} s for ${what}`)
  const bounded = new Promise<Value>((resolve, reject) => {
    const timer = setTimeout(() => {
      const instead = seen()
      if (instead !== '') late.message += `; there was ${instead}`
      reject(late)
    }, ms)
    event.then(resolve, reject).finally(() => clearTimeout(timer))
  })
  // Who awaits it hears of it; a test that has failed meanwhile does so no more.
  bounded.catch(() => undefined)
  return bounded
}
