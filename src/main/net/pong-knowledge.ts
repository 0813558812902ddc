// Whether the server at the other end answers pings, over the sockets of one link. The protocol of sockets asks that of it
// (RFC 6455 5.5.2), and some, or what stands before them, don't: what they leave unanswered then proves nothing.
import type { Clock } from '../ports.ts'

export interface PongKnowledge {
  asked(): void
  answered(): void
  /** Something else came: what was asked long enough before it has been read and left unanswered. */
  cameElse(): void
  /** A line was given up for what it left unanswered. */
  gaveUp(): void
  /** It was never seen to answer one, and twice not to. */
  ignores(): boolean
}

/** An answer to a ping is on its way at once; by then it has overtaken nothing. */
const answersWithinMs = 1_000
const missedTwice = 2

export function createPongKnowledge(clock: Pick<Clock, 'monotonicMs'>): PongKnowledge {
  let hasAnswered = false
  let missed = 0
  /** The oldest that is not answered. */
  let askedMs: number | null = null

  return {
    asked: () => void (askedMs ??= clock.monotonicMs()),
    answered() {
      hasAnswered = true
      askedMs = null
    },
    cameElse() {
      if (askedMs === null || clock.monotonicMs() - askedMs < answersWithinMs) return
      missed++
      askedMs = null
    },
    gaveUp() {
      missed++
      askedMs = null
    },
    ignores: () => !hasAnswered && missed >= missedTwice,
  }
}
