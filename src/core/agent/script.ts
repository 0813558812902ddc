// Which characters a person can see and tell apart. What has no ink of its own, is of a script that nobody reads today, or is a
// plain letter in disguise is written out; so are the letters by which a word looks like another.

/** Controls, formats, private and unassigned ones, what displays are told to ignore, and blanks that count as letters. */
const hidden =
  '\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u{2800}\\u{FFFC}\\u{16FE4}\\u{1D159}'
/** Letters in another shape, which read as plain ones: mathematical, full-width, circled, letter-like. */
const shaped =
  '\\u{1D400}-\\u{1D7FF}\\u{FF01}-\\u{FF5E}\\u{2460}-\\u{249B}\\u{24B6}-\\u{24E9}\\u{1F110}-\\u{1F189}\\u{2100}-\\u{2115}\\u{2117}-\\u{2121}\\u{2123}-\\u{214F}\\u{FE50}-\\u{FE6F}'
/** Signs that read as a slash, a dot, a colon or a bar, and strokes that are laid over other letters. */
const signs =
  '\\u{1C0}-\\u{1C3}\\u{2024}\\u{2044}\\u{2215}\\u{2236}\\u{2571}\\u{29F8}\\u{A789}\\u{5C3}\\u{2F00}-\\u{2FDF}\\u{334}-\\u{338}\\u{20D2}-\\u{20E5}'
/** Scripts that are written and read today (Unicode Standard Annex 31, table 5), and what all scripts share. */
const usual = [
  'Latin Greek Cyrillic Armenian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada',
  'Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Hangul Ethiopic Khmer Hiragana Katakana Bopomofo Han Common Inherited',
]
  .flatMap((line) => line.split(' '))
  .map((script) => `\\p{Script=${script}}`)
  .join('')

const unseen = new RegExp(`[${hidden}${shaped}${signs}]|(?! )\\p{Zs}|[^${usual}]`, 'gu')
const isHidden = new RegExp(`[${hidden}]|(?! )\\p{Zs}`, 'u')
/** A few marks on a letter are spelling; a pile of them covers what stands around it. */
const piled = /(?<=\p{M}{3})\p{M}/gu

const word = /[\p{L}\p{M}\p{N}]+/gu
const ascii = /^[\x20-\x7e\n]*$/
const latin = /\p{Script=Latin}/u
/** Scripts of which letters look like Latin ones. */
const alike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/gu
/** Those of them that do; a word of only such letters is read as Latin. */
const twins = /^[аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌԜοαρνυικχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+$/u
/** Latin letters that look like other Latin ones: a dotless i, those of the phonetic alphabet. */
const strange = /[\u{131}\u{237}\u{250}-\u{2AF}]/gu

export function hasHidden(text: string): boolean {
  return isHidden.test(text)
}

/** The text with every character written out that can't be seen or told apart. */
export function inPlainSight(text: string, writeOut: (character: string) => string): string {
  if (ascii.test(text)) return text
  const isForeign = hasForeignWords(text)
  return text
    .replace(word, (one) => {
      if (ascii.test(one)) return one
      const marked = one.replace(strange, writeOut)
      const isMixed = latin.test(one) || (twins.test(one) && !isForeign)
      return isMixed ? marked.replace(alike, writeOut) : marked
    })
    .replace(piled, writeOut)
    .replace(unseen, writeOut)
}

/** Whether it is text of such a script, in which its short words are what they seem. */
function hasForeignWords(text: string): boolean {
  return (text.match(word) ?? []).some(
    (one) => !latin.test(one) && !twins.test(one) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(one),
  )
}

/** `⟨U+200B⟩` */
export function codePoint(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
