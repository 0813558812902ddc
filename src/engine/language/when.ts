// Reads durations and moments out of levelled words. chrono-node finds the date; which half of the day an hour
// without one means, and what "morning" is on the clock, is decided here.
import { createRequire } from 'node:module'
import type { en as english, ParsedResult } from 'chrono-node'
import { addDays, instantOf, partsAt } from './zoned.ts'
import type { DayParts } from './zoned.ts'

const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

const amount = '(?:\\d+(?:\\.\\d+)?|an?|half an?|a half|a quarter of an|a couple of|a few)'
const unit = '(?:seconds?|secs?|minutes?|mins?|minuets?|hours?|hrs?|ours?|days?|weeks?)'
const one = `(${amount}) (${unit})( and a half)?`
const durationPattern = new RegExp(`\\b${one}(?:(?: and)? ${one})?(?:(?: and)? ${one})?\\b`)

export interface Duration {
  durationMs: number
  /** The words it was read from. */
  words: string
}

/** `5 minutes`, `an hour and a half`, `1 hour 20 minutes`; null when there is none. */
export function readDuration(text: string): Duration | null {
  const match = durationPattern.exec(text.replace(/\b(\d+)[- ]?(minute|second|hour|min|sec|day)\b/g, '$1 $2'))
  if (match === null) return null
  let durationMs = 0
  for (const at of [1, 4, 7]) {
    const [much, name, half] = [match[at], match[at + 1], match[at + 2]]
    if (much === undefined || name === undefined) continue
    const each = unitMs[name === 'ours' || name === 'our' ? 'h' : name.charAt(0)] ?? 0
    durationMs += (amountOf(much) + (half === undefined ? 0 : 0.5)) * each
  }
  return { durationMs, words: match[0] }
}

function amountOf(words: string): number {
  if (words.startsWith('half') || words === 'a half') return 0.5
  if (words.startsWith('a quarter')) return 0.25
  if (words === 'a couple of') return 2
  if (words === 'a few') return 3
  return words === 'a' || words === 'an' ? 1 : Number(words)
}

let loaded: typeof english | null = null

/** Loaded with the first words that may name a moment, a few hundredths of a second. */
function dates(): typeof english {
  loaded ??= createRequire(import.meta.url)('chrono-node/en') as typeof english
  return loaded
}

export interface Moment {
  atMs: number
  day: DayParts
  /** Whether a time of day was said, and not only a day. */
  timed: boolean
  /** The words it was read from. */
  words: string
}

/** The first moment that the words name, seen from `nowMs`: the next one of its kind. Null when they name none. */
export function readMoment(text: string, nowMs: number, timeZone: string): Moment | null {
  const now = partsAt(nowMs, timeZone)
  const minutesOffset = Math.round((instantAsUtc(now) - nowMs) / 60_000)
  let found: ParsedResult | undefined
  try {
    found = dates().casual.parse(text, { instant: new Date(nowMs), timezone: minutesOffset }, { forwardDate: true })[0]
  } catch {
    // A date library that stumbles over odd words has found no date in them.
    return null
  }
  if (found === undefined) return null
  return settle(found, text, nowMs, timeZone)
}

function instantAsUtc(parts: ReturnType<typeof partsAt>): number {
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second)
}

function settle(found: ParsedResult, text: string, nowMs: number, timeZone: string): Moment | null {
  const { start } = found
  const number = (name: 'year' | 'month' | 'day' | 'hour' | 'minute'): number => start.get(name) ?? 0
  let day: DayParts = { year: number('year'), month: number('month'), day: number('day') }
  const dayNamed = start.isCertain('day') || start.isCertain('weekday')
  const timed = start.isCertain('hour')
  const exact = start.isCertain('meridiem') || /\b(?:noon|midnight)\b/.test(found.text)
  const minute = timed ? number('minute') : 0
  const vague = /\b(morning|afternoon|evening|night|tonight)\b/.exec(text)?.[1]
  const instant = (on: DayParts, hour: number): number => instantOf({ ...on, hour, minute, second: 0 }, timeZone)
  let hour = timed ? number('hour') : hourOf(vague)
  if (timed && !exact && hour <= 12) {
    const today = partsAt(nowMs, timeZone)
    if (vague !== undefined) {
      hour = vague === 'morning' ? hour % 12 : (hour % 12) + 12
    } else if (dayNamed) {
      hour = hour >= 7 && hour !== 12 ? hour : (hour % 12) + 12
    } else {
      const next = [0, 1]
        .flatMap((later) => [0, 12].map((half) => ({ on: addDays(today, later), at: (hour % 12) + half })))
        .find((candidate) => instant(candidate.on, candidate.at) > nowMs)
      if (next !== undefined) {
        day = next.on
        hour = next.at
      }
    }
  }
  let atMs = instant(day, hour)
  if (timed && !dayNamed && atMs <= nowMs) {
    day = addDays(day, 1)
    atMs = instant(day, hour)
  }
  return { atMs, day, timed: timed || vague !== undefined, words: found.text }
}

function hourOf(vague: string | undefined): number {
  switch (vague) {
    case 'afternoon':
      return 15
    case 'evening':
      return 18
    case 'night':
    case 'tonight':
      return 20
    default:
      return 9
  }
}
