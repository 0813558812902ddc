// The figures that steer a connection's life, one value per kind of socket.

export interface ConnectionPolicy {
  /** From the first packet until the session is proven; then the attempt counts as failed. */
  readyWithinMs: number
  /** The first retry comes after 0 to this long, so that a blip is not felt. */
  firstRetryMaxMs: number
  /** Later retries: full jitter over base × 2^n, never longer than the cap. */
  retryBaseMs: number
  retryCapMs: number
  /** A session that lived this long has forgotten the attempts before it. */
  settledAfterMs: number
  /** The service ends a session at 60 minutes; used where it does not say when. */
  sessionMs: number
  /** The hand-over begins at the first quiet moment this long before the end … */
  handOverBeforeEndMs: number
  /** … that has lasted so long, since between a question and its answer it is quiet too … */
  quietForMs: number
  /** … and without waiting for quiet this long before the end. */
  handOverLatestBeforeEndMs: number
  handOverRetryMs: number
  /** A session in which nothing can happen by itself is closed after so long; null: never. */
  restAfterMs: number | null
}

export const voicePolicy: ConnectionPolicy = {
  readyWithinMs: 5_000,
  firstRetryMaxMs: 250,
  retryBaseMs: 500,
  retryCapMs: 10_000,
  settledAfterMs: 10_000,
  sessionMs: 60 * 60_000,
  handOverBeforeEndMs: 5 * 60_000,
  quietForMs: 2_000,
  handOverLatestBeforeEndMs: 90_000,
  handOverRetryMs: 30_000,
  restAfterMs: 10 * 60_000,
}

/**
 * Wait before attempt `attempt` (1 is the first retry), milliseconds.
 * Full jitter as in "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
 * @param chance in [0, 1)
 */
export function retryDelayMs(policy: ConnectionPolicy, attempt: number, chance: number): number {
  if (attempt <= 1) return Math.round(policy.firstRetryMaxMs * chance)
  const ceiling = Math.min(policy.retryCapMs, policy.retryBaseMs * 2 ** (attempt - 2))
  return Math.round(ceiling * chance)
}
