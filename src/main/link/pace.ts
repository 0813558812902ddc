// How often somebody may ask: a bucket of tokens for each, refilled steadily. Their number is bounded; the one that has waited
// longest gives way, and comes back with a full bucket, which is no more than a newcomer has.
import type { Clock } from '../ports.ts'

export interface PaceRules {
  burst: number
  perSecond: number
}

export interface Pace {
  /** False: too often. */
  take(who: string): boolean
}

const mostKnown = 1_024

export function createPace(clock: Pick<Clock, 'monotonicMs'>, { burst, perSecond }: PaceRules): Pace {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return {
    take(who) {
      const nowMs = clock.monotonicMs()
      const before = buckets.get(who) ?? { tokens: burst, atMs: nowMs }
      const tokens = Math.min(burst, before.tokens + ((nowMs - before.atMs) * perSecond) / 1_000)
      const isAllowed = tokens >= 1
      // The newest last.
      buckets.delete(who)
      buckets.set(who, { tokens: isAllowed ? tokens - 1 : tokens, atMs: nowMs })
      if (buckets.size > mostKnown) {
        const [oldest] = buckets.keys()
        if (oldest !== undefined) buckets.delete(oldest)
      }
      return isAllowed
    },
  }
}
