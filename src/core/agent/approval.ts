// When the person is asked before a tool acts, and which answer counts. Who asks and who waits is main's business.

/** What is on the screen for less was not read: a key meant for something else lands here. */
export const approvalOpensAfterMs = 500
/** From when it is put, and anew each time the person wants more time. */
export const approvalExpiresAfterMs = 60_000
/** Between two questions: the second click of a double click, up to 800 ms later, must meet none. */
export const approvalRestMs = 500

/**
 * `after-untrusted`: free as long as nobody else's words are in the model's mind, since only the person can have wanted it.
 * `always`: whatever was read before.
 */
export type Asks = 'never' | 'after-untrusted' | 'always'

export function mustAsk(asks: Asks, afterUntrusted: boolean): boolean {
  switch (asks) {
    case 'never':
      return false
    case 'after-untrusted':
      return afterUntrusted
    case 'always':
      return true
  }
}

export interface Standing {
  digest: string
  /** Until it is a no by itself. */
  leftMs: number
  /** Since it was put, or since something moved under the person's hand. */
  stillForMs: number
}

export type Judgement = 'counts' | 'too-early' | 'other'

/** Whether an answer that names this digest counts for the question that stands there. */
export function judgeAnswer({ digest, leftMs, stillForMs }: Standing, answered: string): Judgement {
  if (digest !== answered || leftMs <= 0) return 'other'
  return stillForMs >= approvalOpensAfterMs ? 'counts' : 'too-early'
}

/** What was refused within one task, or by the voice since the person last spoke. */
export interface Refusals {
  /** Digests of calls that got a no, or no answer. */
  calls: ReadonlySet<string>
}

/** After so many the person has said enough: nothing more is asked for the task. */
export const mostRefusals = 3

/** Why it may not be asked, null when it may. @param call its digest */
export function askRefusal({ calls }: Refusals, call: string): string | null {
  if (calls.has(call))
    return 'The person was asked for exactly this and did not agree. Only the person can have it asked again.'
  if (calls.size >= mostRefusals)
    return `The person did not agree ${mostRefusals} times in this task, so nothing more is asked. Go on without it.`
  return null
}
