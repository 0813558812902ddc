// Written words as the voice should read them, and where a long text may be cut. Pure. Only what the voice misreads is
// changed; it knows plain numbers, dollars, per cent, clock times and the usual titles by itself.

type Rewrite = readonly [pattern: RegExp, written: string | ((...match: string[]) => string)]

const months = 'January February March April May June July August September October November December'.split(' ')

/** Singular and plural by the sign that follows a number. */
const units: Record<string, readonly [string, string]> = {
  'km/h': ['kilometre per hour', 'kilometres per hour'],
  'm/s': ['metre per second', 'metres per second'],
  mph: ['mile per hour', 'miles per hour'],
  kWh: ['kilowatt hour', 'kilowatt hours'],
  km: ['kilometre', 'kilometres'],
  cm: ['centimetre', 'centimetres'],
  mm: ['millimetre', 'millimetres'],
  m: ['metre', 'metres'],
  kg: ['kilogram', 'kilograms'],
  mg: ['milligram', 'milligrams'],
  g: ['gram', 'grams'],
  ml: ['millilitre', 'millilitres'],
  l: ['litre', 'litres'],
  ms: ['millisecond', 'milliseconds'],
  s: ['second', 'seconds'],
  min: ['minute', 'minutes'],
  h: ['hour', 'hours'],
  lb: ['pound', 'pounds'],
  ft: ['foot', 'feet'],
  GB: ['gigabyte', 'gigabytes'],
  MB: ['megabyte', 'megabytes'],
  kB: ['kilobyte', 'kilobytes'],
  Hz: ['hertz', 'hertz'],
  kHz: ['kilohertz', 'kilohertz'],
}
const unitSigns = Object.keys(units)
  .sort((one, other) => other.length - one.length)
  .join('|')

const counted = (amount: string, [one, many]: readonly [string, string]): string =>
  `${amount} ${amount === '1' ? one : many}`

function money(amount: string, [one, many]: readonly [string, string]): string {
  const [whole = '', cents] = amount.split('.')
  return cents === undefined ? counted(whole, [one, many]) : `${counted(whole, [one, many])} ${Number(cents)}`
}

/** What was written for the eye. */
const markup: readonly Rewrite[] = [
  [/https?:\/\/(www\.)?(\S+?)\/?(?=[\s,;!?]|\.?$|\.\s)/g, (_all, _www, address = '') => spokenAddress(address)],
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/^\s*#{1,6}\s+/gm, ''],
  [/^\s*(?:[-*•]|\d+[.)])\s+/gm, ''],
  [/(\*{1,3}|_{2,3}|`{1,3}|~~)(?=\S)([^\n]*?\S)\1/g, '$2'],
  [/([^\s.,:;!?])\s*\n+/g, '$1. '],
  [/\s*\n+/g, ' '],
]

const signs: readonly Rewrite[] = [
  [/[‘’]/g, "'"],
  [/[“”„«»]/g, '"'],
  [/\s+[–—]\s+|—/g, ', '],
  [/(\d)\s*–\s*(?=\d)/g, '$1 to '],
  [/…/g, '...'],
  [/\be\.g\./gi, 'for example'],
  [/\bi\.e\./gi, 'that is'],
  [/\s*&\s*/g, ' and '],
  [/#(?=\d)/g, 'number '],
]

const numbers: readonly Rewrite[] = [
  [
    /\b(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/g,
    (_all, year = '', month = '', day = '') => `${months[Number(month) - 1] ?? ''} ${Number(day)}, ${year}`,
  ],
  [/\b(\d{1,2}):00(?=\s*[apAP]\.?[mM]\b)/g, '$1'],
  [/\b(\d{1,2}(?::\d\d)?)\s*([apAP])\.?[mM]\b\.?(?=\s+[a-z]|[,;:!?])/g, '$1 $2 m'],
  [/\b(\d{1,2}(?::\d\d)?)\s*([apAP])\.?[mM]\b\.?/g, '$1 $2 m.'],
  [/€\s?(\d+(?:\.\d\d)?)/g, (_all, amount = '') => money(amount, ['euro', 'euros'])],
  [/£\s?(\d+(?:\.\d\d)?)/g, (_all, amount = '') => money(amount, ['pound', 'pounds'])],
  [/(\d)\s?€/g, '$1 euros'],
  [/(^|[\s(=])[−-](?=\d)/g, '$1minus '],
  [/(\d)\s*°\s*C\b/g, '$1 degrees Celsius'],
  [/(\d)\s*°\s*F\b/g, '$1 degrees Fahrenheit'],
  [/(\d)\s*°/g, '$1 degrees'],
  [
    new RegExp(`(?<![\\d.,])(\\d[\\d.,]*)\\s?(${unitSigns})(?![\\w/])`, 'g'),
    (_all, amount = '', sign = '') => counted(amount, units[sign] ?? [sign, sign]),
  ],
  [/\^2\b|²/g, ' squared'],
  [/\^3\b|³/g, ' cubed'],
  [/\s*\^\s*(?=\d)/g, ' to the power of '],
  [/(\d)½/g, '$1 and a half'],
  [/½/g, 'half a'],
  [/¼/g, 'a quarter'],
  [/¾/g, 'three quarters'],
  [/\s*[×✕]\s*/g, ' times '],
  [/(\d)\s*\*\s*(?=\d)/g, '$1 times '],
  [/\s*÷\s*/g, ' divided by '],
  [/\s+[−-]\s+(?=\d)/g, ' minus '],
  [/\s\+\s/g, ' plus '],
  [/\s*≈\s*/g, ' is about '],
]

/** The voice knows ASCII only: accents go, and so does every sign that has no name above. */
const remains: readonly Rewrite[] = [
  [/[\u0300-\u036f]/g, ''],
  [/[^\x20-\x7e]+/g, ' '],
  [/[*_`~<>|\\]+/g, ' '],
  [/\s{2,}/g, ' '],
]

function spokenAddress(address: string): string {
  return address.replaceAll('.', ' dot ').replaceAll('/', ' slash ').replaceAll(/[-_]/g, ' ')
}

const rewrite = (text: string, rewrites: readonly Rewrite[]): string =>
  rewrites.reduce(
    (written, [pattern, by]) => (typeof by === 'string' ? written.replace(pattern, by) : written.replace(pattern, by)),
    text,
  )

/** @returns the text with markup gone and its signs, units, dates and times in words, in ASCII */
export function toSpokenText(text: string): string {
  const named = rewrite(text, [...markup, ...signs, ...numbers])
  return rewrite(named.normalize('NFKD'), remains).trim()
}

/** About 7 s of speech: what the voice makes in 150 ms. */
const longestClause = 120

/** @returns pieces that are spoken one after the other, cut after a sentence or a comma; none is without a letter or digit */
export function toClauses(text: string): string[] {
  const parts = text.split(/(?<=[.!?]["')]?)(?<!\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|No)\.)\s+(?=\S)|(?<=[,;:])\s+(?=\S)/)
  const clauses: string[] = []
  for (const part of parts) {
    const joined = clauses.length === 0 ? part : `${clauses.at(-1) ?? ''} ${part}`
    const isNewSentence = /[.!?]["')]?$/.test(clauses.at(-1) ?? '')
    if (clauses.length === 0 || joined.length > longestClause || isNewSentence) clauses.push(part)
    else clauses[clauses.length - 1] = joined
  }
  return clauses.filter((clause) => /[a-z0-9]/i.test(clause))
}
