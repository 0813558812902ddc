// Marks words on the screen without touching what is drawn: the browser paints the ranges (CSS Custom Highlight API).

/** `unheard`: has not sounded yet; `cut-off`: never will. */
export type MarkName = 'unheard' | 'cut-off' | 'found'

/** What is marked for that owner from now on; nothing for no ranges. */
export function mark(name: MarkName, owner: string, ranges: readonly Range[]): void {
  const own = owned[name]
  if (ranges.length === 0 && !own.has(owner)) return
  for (const range of own.get(owner) ?? []) highlightOf(name).delete(range)
  if (ranges.length === 0) own.delete(owner)
  else own.set(owner, ranges)
  for (const range of ranges) highlightOf(name).add(range)
}

const owned: Record<MarkName, Map<string, readonly Range[]>> = {
  unheard: new Map(),
  'cut-off': new Map(),
  found: new Map(),
}

function highlightOf(name: MarkName): Highlight {
  const known = CSS.highlights.get(name)
  if (known) return known
  const made = new Highlight()
  CSS.highlights.set(name, made)
  return made
}

/** The pieces of text in an element, without what stands beside the words, such as a button. */
export function textsIn(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT
    return node instanceof Element && node.hasAttribute('data-aside')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_SKIP
  })
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  return texts
}

/** From so many characters on to the end; null when there are no more. */
export function rangeFrom(texts: readonly Text[], offset: number): Range | null {
  const last = texts.at(-1)
  let left = offset
  for (const text of texts) {
    if (left < text.length && last !== undefined) {
      const range = document.createRange()
      range.setStart(text, left)
      range.setEnd(last, last.length)
      return range
    }
    left -= text.length
  }
  return null
}

/** Every place where the words stand, however they are written. */
export function rangesOf(texts: readonly Text[], words: string): Range[] {
  const whole = texts.map(({ data }) => data).join('')
  const wanted = words.toLowerCase()
  // A letter that changes its length with its case would shift what follows.
  const lower = whole.toLowerCase()
  if (wanted === '' || lower.length !== whole.length) return []
  const ranges: Range[] = []
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
    const from = placeOf(texts, at, false)
    const to = placeOf(texts, at + wanted.length, true)
    if (from === null || to === null) break
    const range = document.createRange()
    range.setStart(...from)
    range.setEnd(...to)
    ranges.push(range)
  }
  return ranges
}

/** @param isEnd a place between two pieces belongs to the one before */
function placeOf(texts: readonly Text[], offset: number, isEnd: boolean): [Text, number] | null {
  let left = offset
  for (const text of texts) {
    if (left < text.length || (isEnd && left === text.length)) return [text, left]
    left -= text.length
  }
  return null
}

/** Where the words that have not sounded begin; the newest answer of several. */
export function firstUnheard(): Range | null {
  return [...owned.unheard.values()].at(-1)?.[0] ?? null
}
