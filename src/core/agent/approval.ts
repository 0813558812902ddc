// When the person is asked before a tool acts, and which answer counts. Who asks and who waits is main's business.

/** What is on the screen for less was not read: a key meant for something else lands here. */
export const approvalOpensAfterMs = 500
export const approvalExpiresAfterMs = 30_000

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

/** @param elapsedMs since the question was put */
export function countsAsAnswer(digest: string, answeredDigest: string, elapsedMs: number): boolean {
  return digest === answeredDigest && elapsedMs >= approvalOpensAfterMs && elapsedMs < approvalExpiresAfterMs
}
