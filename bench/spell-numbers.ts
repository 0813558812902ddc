// Numbers as words, so that “25” and “twenty five” count as the same words when recognition is scored.

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

function spell(value: number): string {
  if (value < 20) return ones[value] ?? ''
  if (value < 100) return `${tens[Math.floor(value / 10)] ?? ''} ${value % 10 === 0 ? '' : spell(value % 10)}`.trim()
  if (value < 1000)
    return `${spell(Math.floor(value / 100))} hundred ${value % 100 === 0 ? '' : spell(value % 100)}`.trim()
  return String(value)
}

/** Also “%” and hyphens, and the British and American spellings that recognition chooses between. */
export function spellNumbers(text: string): string {
  return text
    .toLowerCase()
    .replace(/%/g, ' percent')
    .replace(/(\p{L})-(?=\p{L})/gu, '$1 ')
    .replace(/kilometer/g, 'kilometre')
    .replace(/\bmeters?\b/g, (word) => word.replace('er', 're'))
    .replace(/\bcolor/g, 'colour')
    .replace(/\bfavorite/g, 'favourite')
    .replace(/\d+/g, (digits) => spell(Number(digits)))
}
