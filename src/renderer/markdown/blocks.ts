// An answer's Markdown as a list of blocks. It is read as text and never becomes HTML; what can't be read stays as it was
// written. Pure.
import { Marked, type Token } from 'marked'
import remend from 'remend'

/** Longer texts are shown as they are written: nobody reads them for their form, and reading them holds up the window. */
const longest = 100_000
/** Whoever nests deeper wants to break something. */
const deepest = 16

const marked = new Marked({ gfm: true, breaks: true })

/** Stands in the text where the voice was interrupted; private to Parley and taken out of every text that comes. */
export const cutSign = '\uE0C7'

/** @param isComing more may follow: what is begun and not ended is read as if it were, so that nothing jumps */
export function blocksOf(text: string, isComing: boolean): readonly Token[] {
  const plain: Token[] = [{ type: 'plain', raw: text, text }]
  if (text.length > longest || nesting(text) > deepest) return plain
  try {
    return marked.lexer(isComing ? completed(text) : text).filter(({ type }) => type !== 'space' && type !== 'def')
  } catch {
    return plain
  }
}

function completed(text: string): string {
  return remend(withoutTableHead(text), { linkMode: 'text-only', katex: false, inlineKatex: false, htmlTags: false })
}

/** The head of a table is words between bars until its second line has come. */
function withoutTableHead(text: string): string {
  const from = text.lastIndexOf('\n\n') + 1
  const block = text.slice(from).trimStart()
  const isHead = block.startsWith('|') && !/\n\|[ :|-]+\|\s*\n/.test(block) && block.split('\n').length < 3
  return isHead ? text.slice(0, from) : text
}

function nesting(text: string): number {
  let most = 0
  for (const [marks] of text.matchAll(/^[ \t>*+-]{2,}/gm))
    most = Math.max(most, marks.replaceAll(/[ \t]/g, '').length, Math.floor(marks.length / 4))
  return most
}

/** Those that models write; names tell large and small letters apart. */
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  frac12: '½',
  euro: '€',
  pound: '£',
  yen: '¥',
  sect: '§',
  para: '¶',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
  le: '≤',
  ge: '≥',
  ne: '≠',
  infin: '∞',
}

/** Characters written by name or number, as HTML and Markdown do. Unknown ones stay as they are written. */
export function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}\d{0,2}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? named[name.toLowerCase()] ?? whole
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff) ? String.fromCodePoint(code) : whole
  })
}
