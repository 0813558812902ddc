// How much of the voice's words has left the speaker. The service gives no text for a truncated item,
// so this estimate is all that the record and a later session know of an interrupted turn.

/**
 * The words whose sound had been played: `text` in proportion to the time, cut back to whole words of its language.
 * @param text what was generated so far
 * @param playedMs committed to the device
 * @param audioMs sound that belongs to `text`
 */
export function heardWords(text: string, playedMs: number, audioMs: number): string {
  if (audioMs <= 0 || playedMs <= 0) return ''
  if (playedMs >= audioMs) return text
  return text.slice(0, wholeWords(text, Math.floor((text.length * playedMs) / audioMs))).trimEnd()
}

/** Scripts whose words stand without spaces between them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** So far around a place their words are looked for. */
const nearChars = 60
let segmenter: Intl.Segmenter | null = null

/** A word that was begun but not finished was not heard. */
function wholeWords(text: string, reached: number): number {
  const space = text.lastIndexOf(' ', reached)
  const from = Math.max(space + 1, reached - nearChars)
  const around = text.slice(from, reached + nearChars)
  if (!unspaced.test(around)) return Math.max(0, space)
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  const segment = segmenter.segment(around).containing(reached - from)
  return from + (segment?.isWordLike ? segment.index : reached - from)
}

/** About 200 English words a minute. */
const fastestMsPerCharacter = 55
/** Each of these is a syllable, or more than one. */
const syllables = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu
const fastestMsPerSyllable = 110

/** So long, in milliseconds, do these words last at least when spoken: sound that has come says less while more may come. */
export function fewestMsFor(text: string): number {
  const written = text.match(syllables)?.length ?? 0
  return (text.length - written) * fastestMsPerCharacter + written * fastestMsPerSyllable
}

/** The mark of an interruption in everything that is shown or restored. */
export const cutMark = '—'

export function withCutMark(heard: string): string {
  return heard === '' ? cutMark : `${heard} ${cutMark}`
}
