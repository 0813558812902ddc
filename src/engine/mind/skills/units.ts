// Conversions between units of length, weight, volume, temperature, time, speed, area and data.
import { math } from '../math.ts'
import type { Answer, Skill } from '../skill.ts'
import { isRounded, sayNumber } from '../../language/speakable.ts'

/** mathjs's own name, how one and many are said, and what else is heard for it. */
const table: readonly (readonly [string, string, string, string])[] = [
  ['km', 'kilometre', 'kilometres', 'kms?|k|killer ?metres?|kilo metres?'],
  ['m', 'metre', 'metres', 'm'],
  ['cm', 'centimetre', 'centimetres', 'cms?|centi metres?'],
  ['mm', 'millimetre', 'millimetres', 'mm'],
  ['mile', 'mile', 'miles', 'mi|myles?'],
  ['yard', 'yard', 'yards', 'yds?'],
  ['foot', 'foot', 'feet', 'ft|feat|foots'],
  ['inch', 'inch', 'inches', 'ins'],
  ['kg', 'kilogram', 'kilograms', 'kilos?|kgs?|kilograms?|kilogrammes?'],
  ['g', 'gram', 'grams', 'g|grammes?'],
  ['mg', 'milligram', 'milligrams', 'mg'],
  ['lb', 'pound', 'pounds', 'lbs?|pound weight'],
  ['oz', 'ounce', 'ounces', 'oz|ounce is'],
  ['stone', 'stone', 'stone', 'stones'],
  ['tonne', 'tonne', 'tonnes', 'metric tons?|tons?'],
  ['l', 'litre', 'litres', 'l|leaders?|liter'],
  ['ml', 'millilitre', 'millilitres', 'mls?|mil'],
  ['gallon', 'US gallon', 'US gallons', 'gallons?'],
  ['quart', 'US quart', 'US quarts', 'quarts?'],
  ['pint', 'US pint', 'US pints', 'pints?'],
  ['cup', 'cup', 'cups', 'cups of \\w+'],
  ['tablespoon', 'tablespoon', 'tablespoons', 'tbsps?|table spoons?'],
  ['teaspoon', 'teaspoon', 'teaspoons', 'tsps?|tea spoons?'],
  [
    'degC',
    'degree Celsius',
    'degrees Celsius',
    '(?:degrees? )?(?:celsius|centigrade|celcius|c|selfish|sales? use)|° ?c',
  ],
  [
    'degF',
    'degree Fahrenheit',
    'degrees Fahrenheit',
    '(?:degrees? )?(?:fahrenheit|farenheit|f|fahren height|foreign height)|° ?f',
  ],
  ['K', 'kelvin', 'kelvin', 'kelvins?|degrees kelvin'],
  ['second', 'second', 'seconds', 'secs?'],
  ['minute', 'minute', 'minutes', 'mins?'],
  ['hour', 'hour', 'hours', 'hrs?'],
  ['day', 'day', 'days', 'days?'],
  ['week', 'week', 'weeks', 'weeks?'],
  ['km/h', 'kilometre per hour', 'kilometres per hour', '(?:kilometres?|km) (?:per|an) hour|kph|km\\/h|kmh'],
  ['mile/hour', 'mile per hour', 'miles per hour', 'miles? (?:per|an) hour|mph'],
  ['m/s', 'metre per second', 'metres per second', 'metres? (?:per|a) second'],
  ['knot', 'knot', 'knots', 'knots?'],
  ['acre', 'acre', 'acres', 'acres?'],
  ['hectare', 'hectare', 'hectares', 'hectares?'],
  ['m^2', 'square metre', 'square metres', 'metres? squared|square metres?'],
  ['sqft', 'square foot', 'square feet', 'square (?:foot|feet)'],
  ['MB', 'megabyte', 'megabytes', 'mb|megs?'],
  ['GB', 'gigabyte', 'gigabytes', 'gb|gigs?'],
  ['TB', 'terabyte', 'terabytes', 'tb'],
]

interface Named {
  unit: string
  one: string
  many: string
}

const names = table.map(([unit, one, many, heard]) => ({
  named: { unit, one, many },
  pattern: new RegExp(`^(?:${one.toLowerCase()}|${many.toLowerCase()}|${heard})$`),
}))

const amount = '(-?\\d+(?:\\.\\d+)?|an?|half an?|1/2 an?)'
const forms: readonly { pattern: RegExp; amount: number; from: number; to: number }[] = [
  {
    pattern: new RegExp(
      `^(?:convert|change|turn|what is|how much is|what are|express|how many is|calculate|make)? ?${amount} (.+?) (?:in|to|into|as|two|too|and) (.+)$`,
    ),
    amount: 1,
    from: 2,
    to: 3,
  },
  {
    pattern: new RegExp(
      `^how (?:many|much|long|far|hot|cold|heavy|tall|fast|big)(?: is)? (.+?) (?:are there in|are in|is in|in|is|are|make up|make|does|equals?|per|to|go into|of) ${amount} (.+?)(?: make| have| equal| is)?$`,
    ),
    amount: 2,
    from: 3,
    to: 1,
  },
  {
    pattern: new RegExp(
      `^how (?:many|much) (.+?) (?:do|does|would) ${amount} (.+?) (?:make|have|equal|contain|hold|weigh)$`,
    ),
    amount: 2,
    from: 3,
    to: 1,
  },
  {
    pattern: new RegExp(`^how (?:hot|warm|cold|heavy|long|far|tall|fast|much|big) is ${amount} (.+?) in (.+)$`),
    amount: 1,
    from: 2,
    to: 3,
  },
]

export const units: Skill = {
  name: 'units',
  kind: 'machine',
  // One wrong word makes another sum of it, so none is guessed.
  examples: [],
  answer({ text }) {
    const level = text
      .replace(/(\d)(km|cm|mm|kg|g|lb|lbs|oz|ml|l|mph|ft|c|f|m)\b/g, '$1 $2')
      .replace(/(\d) ?°/g, '$1 degrees')
    const height = /^(?:convert |what is )?(\d+) (?:foot|feet) (\d+)(?: inches| inch)? (?:in|to|into) (.+)$/.exec(level)
    if (height !== null) {
      const to = unitOf(height[3] ?? '')
      return to === null ? null : sayConversion(Number(height[1]) * 12 + Number(height[2]), inch, to)
    }
    for (const form of forms) {
      const match = form.pattern.exec(level)
      const [from, to] = [unitOf(match?.[form.from] ?? ''), unitOf(match?.[form.to] ?? '')]
      if (match !== null && from !== null && to !== null) {
        const answer = sayConversion(amountOf(match[form.amount] ?? ''), from, to)
        if (answer !== null) return answer
      }
    }
    return null
  },
}

const inch: Named = { unit: 'inch', one: 'inch', many: 'inches' }

function unitOf(words: string): Named | null {
  const bare = words.replace(/^the /, '').trim()
  // "100 degrees in Fahrenheit" leaves the scale out; the other one is meant.
  return (
    names.find(({ pattern }) => pattern.test(bare))?.named ??
    (/^degrees?$/.test(bare) ? { unit: 'deg', one: 'degree', many: 'degrees' } : null)
  )
}

function amountOf(words: string): number {
  if (words.startsWith('half') || words.startsWith('1/2')) return 0.5
  return /^an?$/.test(words) ? 1 : Number(words)
}

function sayConversion(value: number, from: Named, to: Named): Answer | null {
  const source =
    from.unit !== 'deg'
      ? from
      : to.unit === 'degF'
        ? unitOf('celsius')
        : to.unit === 'degC'
          ? unitOf('fahrenheit')
          : null
  if (source === null || to.unit === 'deg') return null
  try {
    const result = math().unit(value, source.unit).toNumber(to.unit)
    const about = isRounded(result) ? 'about ' : ''
    const inches = to.unit === 'foot' && source.unit !== 'inch' ? Math.round(result * 12) : 0
    const too = about !== '' && inches > 12 && inches < 120 ? `, or ${Math.floor(inches / 12)} foot ${inches % 12}` : ''
    return {
      say: `${sayNumber(value)} ${value === 1 ? source.one : source.many} is ${about}${sayNumber(result)} ${result === 1 ? to.one : to.many}${too}.`,
      topic: { about: 'conversion', amount: String(value), from: source.many, to: to.many },
    }
  } catch {
    return { say: `I can't turn ${source.many} into ${to.many}; they measure different things.` }
  }
}
