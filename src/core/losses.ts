// What a server sent that could not be used, counted by cause. Pure and bounded, whatever a server sends.

export interface Loss {
  cause: string
  times: number
}

const mostCauses = 24
const others = 'other causes'

export function withLosses(losses: readonly Loss[], causes: readonly string[]): readonly Loss[] {
  return causes.reduce(withLoss, losses)
}

function withLoss(losses: readonly Loss[], cause: string): readonly Loss[] {
  const named = losses.some((loss) => loss.cause === cause) || losses.length < mostCauses ? cause : others
  const at = losses.findIndex((loss) => loss.cause === named)
  const known = losses[at]
  return known ? losses.with(at, { ...known, times: known.times + 1 }) : [...losses, { cause: named, times: 1 }]
}

/** The most frequent first. */
export function wordsOfLosses(losses: readonly Loss[]): string[] {
  return losses.toSorted((one, other) => other.times - one.times).map(({ cause, times }) => `${cause} (${times})`)
}
