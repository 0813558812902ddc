// Which words of a spoken message fall on which of its audio. The voice gives no word times, so a clause's words share
// its audio by their length; that is exact at clause ends and good to about a word inside.

export interface SpokenClause {
  text: string
  fromMs: number
  /** Null while the clause is still being spoken. */
  toMs: number | null
}

/** English at an ordinary pace, for a clause whose audio was cut before its length was known. */
const msPerLetter = 65

/** The words whose first half had been played at `playedMs` of the message's audio. */
export function heardWords(clauses: readonly SpokenClause[], playedMs: number): string {
  let heard = ''
  for (const clause of clauses) {
    const toMs = clause.toMs ?? clause.fromMs + clause.text.length * msPerLetter
    if (toMs <= playedMs) {
      heard += clause.text
      continue
    }
    heard += heardOfClause(clause.text, (playedMs - clause.fromMs) / Math.max(1, toMs - clause.fromMs))
    break
  }
  return heard.trimEnd()
}

function heardOfClause(text: string, share: number): string {
  const letters = text.length * share
  let heard = ''
  for (const word of text.match(/\s*\S+/g) ?? []) {
    if (heard.length + word.length / 2 > letters) break
    heard += word
  }
  return heard
}
