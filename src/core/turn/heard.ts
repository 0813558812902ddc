// How much of the voice's words has left the speaker. The service gives no text for a truncated item,
// so this estimate is all that the record and a later session know of an interrupted turn.

/**
 * The words whose sound had been played: `text` in proportion to the time, cut back to whole words.
 * @param text what was generated so far
 * @param playedMs committed to the device
 * @param audioMs sound that belongs to `text`
 */
export function heardWords(text: string, playedMs: number, audioMs: number): string {
  if (audioMs <= 0 || playedMs <= 0) return ''
  if (playedMs >= audioMs) return text
  const reached = Math.floor((text.length * playedMs) / audioMs)
  const end = text.lastIndexOf(' ', reached)
  // A word that was begun but not finished was not heard.
  return end <= 0 ? '' : text.slice(0, end).trimEnd()
}

/** About 200 English words a minute. */
const fastestMsPerCharacter = 55

/** So long, in milliseconds, do these words last at least when spoken: sound that has come says less while more may come. */
export function fewestMsFor(text: string): number {
  return text.length * fastestMsPerCharacter
}

/** The mark of an interruption in everything that is shown or restored. */
export const cutMark = '—'

export function withCutMark(heard: string): string {
  return heard === '' ? cutMark : `${heard} ${cutMark}`
}
