// Text that every reader takes: no half of a character (a strict JSON reader refuses it) and no control character but tab and
// line ends (some servers break on them). What comes in and what goes out is cleaned by the same rule, so that a text that is
// given to a service and comes back is the same. What a terminal may show is printable.ts.

/** Quick to look for: pairs of halves, which are whole characters, are among them. */
const suspect = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]/
/** How JSON writes them, and more besides. */
const escapes = /\\[ubf]/
const unclean = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\p{Surrogate}/gu

/** Control characters are left out; half a character becomes U+FFFD. */
export function cleanText(text: string): string {
  return suspect.test(text) ? text.replace(unclean, (one) => (one >= '\ud800' ? '\ufffd' : '')) : text
}

/** Whether nothing in a frame of JSON could need cleaning; false where something may. */
export function isCleanFrame(frame: string): boolean {
  return !frame.includes('\\') && !suspect.test(frame)
}

/** JSON of the value, for a server: all texts in it are clean, names of fields excepted. */
export function toFrame(value: unknown): string {
  const frame = JSON.stringify(value)
  // JSON writes as escapes all but a few of what is cleaned; in most of what is sent there is none.
  if (!escapes.test(frame) && !suspect.test(frame)) return frame
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? cleanText(one) : one))
}
