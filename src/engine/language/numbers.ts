// Number words into digits, so that every pattern sees one spelling of a number, and spoken times into h:mm.
// Works on lower-case words with punctuation already removed.

const units = new Map(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
    .concat(['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'])
    .map((word, value) => [word, value]),
)
const tens = new Map(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, at) => [
    word,
    20 + at * 10,
  ]),
)
tens.set('fourty', 40)
const scales = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
])
// "second" is left alone: it is far more often a unit of time than a place in a row.
const ordinals = new Map(
  ['first', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth']
    .concat(['thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'])
    .map((word, at) => [word, at === 0 ? 1 : at + 2]),
)
const roundOrdinals = new Map([
  ['twentieth', 20],
  ['thirtieth', 30],
])

interface Reading {
  value: number
  /** Words taken. */
  words: number
  ordinal: boolean
}

/** `twenty five times a hundred and two` → `25 times 102`; `the twenty third` → `the 23rd`. */
export function digitsOf(text: string): string {
  const words = splitNumberWords(text)
  const out: string[] = []
  for (let at = 0; at < words.length;) {
    const reading = readNumber(words, at)
    if (reading === null) {
      out.push(words[at] ?? '')
      at += 1
    } else {
      out.push(reading.ordinal ? ordinalOf(reading.value) : String(reading.value))
      at += reading.words
    }
  }
  return joinHalves(out.join(' '))
}

function splitNumberWords(text: string): string[] {
  return text
    .split(' ')
    .flatMap((word) => {
      const parts = word.split('-')
      return parts.length > 1 && parts.every((part) => isNumberWord(part) || ordinals.has(part)) ? parts : [word]
    })
    .filter((word) => word !== '')
}

function isNumberWord(word: string | undefined): boolean {
  return word !== undefined && (units.has(word) || tens.has(word) || scales.has(word))
}

function readNumber(words: readonly string[], from: number): Reading | null {
  const whole = readWhole(words, from)
  if (whole === null || whole.ordinal) return whole
  const next = from + whole.words
  if (words[next] !== 'point') return whole
  const decimals = readDecimals(words, next + 1)
  if (decimals === '') return whole
  return {
    value: Number(`${whole.value}.${decimals}`),
    words: whole.words + 1 + decimalsTaken(words, next + 1),
    ordinal: false,
  }
}

function readDecimals(words: readonly string[], from: number): string {
  return words
    .slice(from, from + decimalsTaken(words, from))
    .map(digitsOfOne)
    .join('')
}

function decimalsTaken(words: readonly string[], from: number): number {
  let at = from
  while (at < words.length && digitsOfOne(words[at] ?? '') !== '') at += 1
  return at - from
}

function digitsOfOne(word: string): string {
  if (/^\d+$/.test(word)) return word
  if (word === 'oh' || word === 'o') return '0'
  const value = units.get(word) ?? tens.get(word)
  return value === undefined ? '' : String(value)
}

function readWhole(words: readonly string[], from: number): Reading | null {
  const head = words[from] ?? ''
  const article = (head === 'a' || head === 'an') && scales.has(words[from + 1] ?? '')
  if (!article && !isNumberWord(head) && !isScaled(words, from)) return readOrdinal(words, from)
  let total = 0
  let group = 0
  let at = from
  let last: 'none' | 'unit' | 'ten' | 'scale' = 'none'
  if (article) {
    group = 1
    last = 'unit'
    at += 1
  }
  for (; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const unit = units.get(word) ?? (last === 'none' && /^\d+(\.\d+)?$/.test(word) ? Number(word) : undefined)
    const ten = tens.get(word)
    const scale = scales.get(word)
    if (unit !== undefined && (last === 'none' || last === 'scale' || (last === 'ten' && unit > 0 && unit < 10))) {
      group += unit
      last = 'unit'
    } else if (ten !== undefined && (last === 'none' || last === 'scale')) {
      group += ten
      last = 'ten'
    } else if (scale === 100 && last !== 'none' && group < 100) {
      group *= 100
      last = 'scale'
    } else if (scale !== undefined && scale > 100 && last !== 'none') {
      total += group * scale
      group = 0
      last = 'scale'
    } else if (word === 'and' && last === 'scale' && isSmall(words[at + 1])) {
      continue
    } else {
      break
    }
  }
  if (last === 'none') return null
  const place = ordinals.get(words[at] ?? '')
  if (place !== undefined && place < 10 && last === 'ten') {
    return { value: total + group + place, words: at - from + 1, ordinal: true }
  }
  return { value: total + group, words: at - from, ordinal: false }
}

function isSmall(word: string | undefined): boolean {
  return word !== undefined && (units.has(word) || tens.has(word))
}

/** `5 million`: digits that a scale word follows. */
function isScaled(words: readonly string[], from: number): boolean {
  return /^\d+(\.\d+)?$/.test(words[from] ?? '') && (scales.has(words[from + 1] ?? '') || words[from + 1] === 'point')
}

function readOrdinal(words: readonly string[], from: number): Reading | null {
  const word = words[from] ?? ''
  const value = ordinals.get(word) ?? roundOrdinals.get(word)
  return value === undefined ? null : { value, words: 1, ordinal: true }
}

/** 1 → `1st`, 22 → `22nd`, 13 → `13th`. */
export function ordinalOf(value: number): string {
  const tail = value % 100
  if (tail > 10 && tail < 14) return `${value}th`
  return `${value}${['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'}`
}

function joinHalves(text: string): string {
  return text
    .replace(/\b(\d+) and (?:a|1) half\b/g, '$1.5')
    .replace(/\b(\d+) and (?:a|1) quarter\b/g, '$1.25')
    .replace(/\b(\d+) and 3 quarters\b/g, '$1.75')
}

/** `half past 8` → `8:30`, `at 5 30` → `at 5:30`, `20 to 4` after "at" → `3:40`, `7 a m` → `7 am`. */
export function timesOf(text: string): string {
  const early = (hour: string, minutes: number): string => {
    const before = Number(hour) === 1 ? 12 : Number(hour) - 1
    return `${before}:${String(minutes).padStart(2, '0')}`
  }
  return text
    .replace(/\b([ap]) m\b/g, '$1m')
    .replace(/\bhalf past (\d{1,2})\b/g, '$1:30')
    .replace(/\b(?:a )?quarter past (\d{1,2})\b/g, '$1:15')
    .replace(/\b(?:a )?quarter to (\d{1,2})\b/g, (_all, hour: string) => early(hour, 45))
    .replace(/\b(\d{1,2})(?: minutes)? past (\d{1,2})\b/g, (_all, m: string, h: string) => `${h}:${m.padStart(2, '0')}`)
    .replace(
      /\b(at|for|by|until|till) (5|10|20|25)(?: minutes)? to (\d{1,2})\b/g,
      (_all, word: string, m: string, h: string) => `${word} ${early(h, 60 - Number(m))}`,
    )
    .replace(/\b(\d{1,2}) o'? ?clock\b/g, '$1:00')
    .replace(/\b(at|for|by|until|till|before|after) (\d{1,2}) (?:oh|o|0) (\d)\b/g, '$1 $2:0$3')
    .replace(
      /\b(at|for|by|until|till|before|after) (\d{1,2}) ([0-5]\d)(?=$| (?!minute|second|hour|day|week|percent|times|plus|minus))/g,
      '$1 $2:$3',
    )
    .replace(/\b(\d{1,2}) ([0-5]\d) ?([ap]m)\b/g, '$1:$2 $3')
    .replace(/\b(\d{1,2})\.([0-5]\d) ?([ap]m)\b/g, '$1:$2 $3')
    .replace(/\bmidday\b/g, 'noon')
}
