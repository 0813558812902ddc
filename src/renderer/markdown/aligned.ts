// Where a place in the written text stands among the shown characters, which lack the signs of Markdown. Pure.

/** The longest stretch that is written and not shown: an address. */
const longestGap = 2_100

/**
 * @param written with the signs, as the service sent it
 * @param shown what of it stands on the screen, in the same order
 * @param to characters of `written`
 * @returns characters of `shown` that stand before that place
 */
export function alignedOffset(written: string, shown: string, to: number): number {
  if (to >= written.length) return shown.length
  let at = 0
  for (let index = 0; index < shown.length; index++) {
    const found = nextOf(written, shown.charAt(index), at)
    // A sign that is written otherwise, such as one by its name: the next ones find the place again.
    if (found === -1) continue
    if (found >= to) return index
    at = found + 1
  }
  return shown.length
}

function nextOf(written: string, sign: string, from: number): number {
  if (same(written.charAt(from), sign)) return from
  const end = Math.min(written.length, from + longestGap)
  for (let at = from + 1; at < end; at++) if (same(written.charAt(at), sign)) return at
  return -1
}

const isSpace = (sign: string): boolean => sign === ' ' || sign === '\n' || sign === '\t' || sign === '\u00A0'

function same(one: string, other: string): boolean {
  return one === other || (isSpace(one) && isSpace(other))
}
