// Days of the calendar: today's date, which weekday a date is, how long until or since it.
import type { Scene, Skill } from '../skill.ts'
import { pick } from '../skill.ts'
import { count, sayDuration } from '../../language/speakable.ts'
import { readMoment } from '../../language/when.ts'
import { addDays, daysBetween, partsAt, sayDay, sayDayFrom, sayWeekday } from '../../language/zoned.ts'
import type { DayParts } from '../../language/zoned.ts'

const feasts: readonly (readonly [RegExp, string, number, number])[] = [
  [/christmas eve/, 'Christmas Eve', 12, 24],
  [/christmas|xmas/, 'Christmas', 12, 25],
  [/boxing day/, 'Boxing Day', 12, 26],
  [/new year'?s eve/, "New Year's Eve", 12, 31],
  [/new year/, "New Year's Day", 1, 1],
  [/hallowe'?en/, 'Halloween', 10, 31],
  [/valentine/, "Valentine's Day", 2, 14],
  [/st\.? patrick|saint patrick/, "Saint Patrick's Day", 3, 17],
  [/bonfire night/, 'Bonfire Night', 11, 5],
  [/independence day/, 'Independence Day', 7, 4],
]

const today =
  /^(?:what is |what |tell me |give me )?(?:the )?(?:current |today's |todays )?(?:date|day)(?: is it| it is| is)?(?: of)?(?: today| right now| now| have we)?$|^what is today(?:'s date)?$|^what is (?:the )?date today$|^what day (?:and date )?is (?:it|today)(?: today)?$|^(?:is it|today is) what day$/
const onlyPart =
  /^(?:what|which) (?:is the )?(year|month|week)(?: of the year)?(?: is it| are we in| is this| it is)?(?: now| right now)?$/
const otherDay =
  /^(?:what|which) (?:day|date|is the date|was the date|will be the date|weekday)(?: of the week)? ?(?:will it be|was it|is it|is|was|will be|does|will|on)? ?(?:on )?(?:the date )?(.+?)(?: be| fall on| land on| fall| on)?$|^(?:what is )?(?:tomorrow|yesterday)(?:'s)? date$|^when is (.+)$/
const distance =
  /^how (many days|many weeks|many months|many hours|many minutes|long|far|much time)(?: is it| are there| do we have| is there| are)?(?: left| away| to go)?(?: is| was| has it been)? ?(until|till|to|before|since|ago was|from)? (.+?)(?: from now| away| ago)?$/

export const dates: Skill = {
  name: 'dates',
  kind: 'machine',
  examples: [
    'what is the date today',
    'what day is it',
    'what day is it today',
    'what is today is date',
    'what year is it',
  ],
  answer({ text }, scene) {
    const length = sayLength(text, scene)
    const day = length ?? sayToday(text, scene) ?? sayDistance(text, scene) ?? sayOtherDay(text, scene)
    return day === null || length !== null ? day : { ...day, topic: { about: 'day' } }
  },
}

function sayToday(text: string, scene: Scene): { say: string } | null {
  const now = partsAt(scene.nowMs, scene.timeZone)
  const level = text.replace(/\btoday is date\b/, 'date today')
  if (today.test(level)) {
    return { say: pick(scene.random, [`Today is ${sayDay(now, true)}.`, `It's ${sayDay(now, true)}.`]) }
  }
  const guess = /^is (?:it|today) (?:a )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: today)?$/.exec(
    level,
  )?.[1]
  if (guess !== undefined)
    return { say: `${sayWeekday(now).toLowerCase() === guess ? 'Yes' : 'No'}, it's ${sayWeekday(now)}.` }
  const part = onlyPart.exec(level)?.[1]
  if (part === 'year') return { say: `It's ${now.year}.` }
  if (part === 'month') return { say: `It's ${sayDay(now).split(' ').at(-1) ?? ''}.` }
  if (part === 'week') return { say: `It's week ${weekOf(now)} of ${now.year}.` }
  const asked = /^is (?:(\d{4})|it|this(?: year)?) a leap year$/.exec(level)
  const year = Number(asked?.[1] ?? now.year)
  if (asked !== null) return { say: isLeap(year) ? `Yes, ${year} is a leap year.` : `No, ${year} is not a leap year.` }
  return null
}

const lengths =
  /^how (?:many (days|weeks|months)|long)(?: are there| are| is| does)?(?: there)? in (?:a |the |this )?(?:month of )?(year|leap year|month|decade|century|\w+)(?: have)?$/
const months = 'january february march april may june july august september october november december'.split(' ')

/** How many days a month or a year has. */
function sayLength(text: string, scene: Scene): { say: string } | null {
  const match = lengths.exec(text)
  const [unit = 'days', span = ''] = [match?.[1], match?.[2]]
  const now = partsAt(scene.nowMs, scene.timeZone)
  const thisOne = text.includes(' this ')
  if (match === null) return null
  if (span === 'leap year') return unit === 'days' ? { say: 'A leap year has 366 days.' } : null
  if (span === 'year' && unit === 'months') return { say: 'A year has 12 months.' }
  if (span === 'year' && unit === 'weeks') return { say: 'A year has 52 weeks and a day, or two in a leap year.' }
  if (span === 'year' && thisOne) return { say: `${now.year} has ${isLeap(now.year) ? 366 : 365} days.` }
  if (span === 'year') return { say: 'A year has 365 days, and a leap year 366.' }
  if (span === 'month' && !thisOne)
    return { say: unit === 'weeks' ? 'A month has a bit over 4 weeks.' : 'A month has 28 to 31 days.' }
  const month = span === 'month' ? now.month : months.indexOf(span) + 1
  if (month === 0 || unit !== 'days') return null
  const after = month === 12 ? { year: now.year + 1, month: 1, day: 1 } : { year: now.year, month: month + 1, day: 1 }
  const days = daysBetween({ year: now.year, month, day: 1 }, after)
  const name = (months[month - 1] ?? '').replace(/^./, (letter) => letter.toUpperCase())
  return { say: month === 2 ? 'February has 28 days, and 29 in a leap year.' : `${name} has ${days} days.` }
}

function sayDistance(text: string, scene: Scene): { say: string } | null {
  const match = distance.exec(text)
  if (match === null || /^in (?:a|the|this) /.test(match[3] ?? '')) return null
  const [, unit = '', way = '', words = ''] = match
  const now = partsAt(scene.nowMs, scene.timeZone)
  const past = way === 'since' || way === 'ago was'
  const found = readDay(words, scene, past)
  if (found === null) return null
  if (found.atMs !== null && !past && !/days|weeks|months/.test(unit)) {
    const leftMs = found.atMs - scene.nowMs
    if (unit === 'many minutes') return { say: `${count(Math.round(leftMs / 60_000), 'minute')} until ${found.name}.` }
    return { say: `There's ${sayDuration(leftMs)} until ${found.name}.` }
  }
  const days = daysBetween(now, found.day)
  if (days === 0) return { say: `That's today.` }
  const size = sayDays(Math.abs(days), unit)
  const be = size.startsWith('1 ') ? 'is' : 'are'
  return { say: days > 0 ? `There ${be} ${size} until ${found.name}.` : `It has been ${size} since ${found.name}.` }
}

function sayDays(days: number, unit: string): string {
  if (unit === 'many weeks' && days >= 7) {
    const left = days % 7
    return left === 0 ? count(days / 7, 'week') : `${count(Math.floor(days / 7), 'week')} and ${count(left, 'day')}`
  }
  if (unit === 'many hours') return count(days * 24, 'hour')
  if (unit === 'many months' && days > 30) return `about ${count(Math.round(days / 30.44), 'month')}`
  return count(days, 'day')
}

function sayOtherDay(text: string, scene: Scene): { say: string } | null {
  const match = otherDay.exec(text)
  if (match === null) return null
  const words = match[1] ?? match[2] ?? (text.includes('yesterday') ? 'yesterday' : 'tomorrow')
  const found = readDay(words.replace(/'s date$| is$/, ''), scene, /\b(was|were|yesterday|ago|last)\b/.test(text))
  if (found === null) return null
  const now = partsAt(scene.nowMs, scene.timeZone)
  const days = daysBetween(now, found.day)
  const be = days < 0 ? 'was' : 'is'
  const name = found.name.charAt(0).toUpperCase() + found.name.slice(1)
  if (found.name === 'that' || (!found.feast && /\d/.test(found.name) && /\bdate\b|next|last/.test(text)))
    return { say: `That ${be} ${sayDay(found.day, found.day.year !== now.year)}.` }
  if (found.feast || Math.abs(days) < 2 || /\bdate\b|^when\b|\bin \d|\bago\b|next|last/.test(text)) {
    return { say: `${name} ${be} ${sayDay(found.day, found.day.year !== now.year)}.` }
  }
  return { say: `${name} ${be} a ${sayWeekday(found.day)}.` }
}

interface FoundDay {
  day: DayParts
  name: string
  feast: boolean
  /** Set when a time of day was said. */
  atMs: number | null
}

function readDay(words: string, scene: Scene, past: boolean): FoundDay | null {
  const now = partsAt(scene.nowMs, scene.timeZone)
  const feast = feasts.find(([pattern]) => pattern.test(words))
  const fixed = feast ? { name: feast[1], month: feast[2], day: feast[3] } : null
  const atYear = (year: number): DayParts | null =>
    fixed ? { year, month: fixed.month, day: fixed.day } : /\beaster\b/.test(words) ? easterOf(year) : null
  const thisYear = atYear(now.year)
  if (thisYear !== null) {
    const days = daysBetween(now, thisYear)
    const year = past && days >= 0 ? now.year - 1 : !past && days < 0 ? now.year + 1 : now.year
    return { day: atYear(year) ?? thisYear, name: fixed?.name ?? 'Easter Sunday', feast: true, atMs: null }
  }
  const ago = /^(\d+) (day|week)s? (ago|from (?:now|today))$|^in (\d+) (day|week)s?(?: time)?$/.exec(words)
  if (ago !== null) {
    const span = Number(ago[1] ?? ago[4]) * ((ago[2] ?? ago[5]) === 'week' ? 7 : 1)
    return { day: addDays(now, ago[3] === 'ago' ? -span : span), name: 'that', feast: false, atMs: null }
  }
  // A stray moment inside a longer sentence is not what was asked about.
  const moment = readMoment(words, scene.nowMs, scene.timeZone)
  if (moment === null || moment.words.length < words.replace(/^(?:on |the )+/, '').length * 0.7) return null
  const day =
    past && !/yesterday/.test(words) && daysBetween(now, moment.day) > 0
      ? { ...moment.day, year: moment.day.year - 1 }
      : moment.day
  const name = nameOf(words, now, day)
  return { day, name, feast: false, atMs: moment.timed && /\d|noon|midnight/.test(moment.words) ? moment.atMs : null }
}

function nameOf(words: string, now: DayParts, day: DayParts): string {
  if (/^(?:today|tomorrow|yesterday|the day after tomorrow|the day before yesterday)$/.test(words)) return words
  if (/\d:|\bam\b|\bpm\b|^\d|noon|midnight/.test(words) && !/\d(?:st|nd|rd|th)/.test(words))
    return words.replace(/\b([ap]m)\b/g, (half) => half.toUpperCase())
  const said = sayDayFrom(now, day).replace(/^on /, '')
  return daysBetween(now, day) > -7 && daysBetween(now, day) < 7 ? said : said.replace(/^\w+, /, '')
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** ISO 8601 week: the one that holds the year's first Thursday is week 1. */
function weekOf(day: DayParts): number {
  const weekday = (new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7
  const thursday = addDays(day, 3 - weekday)
  return 1 + Math.floor(daysBetween({ year: thursday.year, month: 1, day: 1 }, thursday) / 7)
}

/** Gregorian Easter by the Meeus/Jones/Butcher rule. */
function easterOf(year: number): DayParts {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return { year, month: Math.floor(n / 31), day: (n % 31) + 1 }
}
