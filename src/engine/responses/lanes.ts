// In which order the requests of one connection run: those of one lane one after the other, lanes beside each other, so
// many at a time. It knows nothing of what a request is.

/** Null is the lane of requests that name none. */
export type Lane = string | null

/** The service's limits. */
const mostNamed = 32
const mostRunning = 16
/** What waits is held in memory. */
const mostWaiting = 256
const mostWaitingChars = 32 * 1024 * 1024

export interface Lanes<Job> {
  /** `chars`: what the job weighs while it waits. */
  offer(lane: Lane, job: Job, chars: number): 'taken' | 'too-many-lanes' | 'too-much-waits'
  /** Nothing starts any more. */
  close(): void
}

/** @param run resolves when the job has ended; must not reject */
export function createLanes<Job>(run: (lane: Lane, job: Job) => Promise<void>): Lanes<Job> {
  const named = new Set<string>()
  const running = new Set<Lane>()
  let waiting: { lane: Lane; job: Job; chars: number }[] = []
  let closed = false

  function startNext(): void {
    for (const next of waiting) {
      if (closed || running.size >= mostRunning) return
      if (running.has(next.lane)) continue
      running.add(next.lane)
      waiting = waiting.filter((other) => other !== next)
      void run(next.lane, next.job).then(() => {
        running.delete(next.lane)
        startNext()
      })
    }
  }

  return {
    offer(lane, job, chars) {
      if (lane !== null && !named.has(lane) && named.size >= mostNamed) return 'too-many-lanes'
      const weight = waiting.reduce((sum, other) => sum + other.chars, 0)
      if (waiting.length >= mostWaiting || weight + chars > mostWaitingChars) return 'too-much-waits'
      if (lane !== null) named.add(lane)
      waiting.push({ lane, job, chars })
      startNext()
      return 'taken'
    },
    close() {
      closed = true
      waiting = []
    },
  }
}
