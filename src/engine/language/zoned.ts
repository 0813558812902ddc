// Wall-clock time in a time zone: parts of an instant, the instant of parts, and both as they are said.

export interface DayParts {
  year: number
  /** 1–12. */
  month: number
  day: number
}

export interface ZonedParts extends DayParts {
  hour: number
  minute: number
  second: number
  /** 0 is Sunday. */
  weekday: number
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const dayMs = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}

/** @throws RangeError when there is no such zone */
export function partsAt(atMs: number, timeZone: string): ZonedParts {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map((part) => [part.type, Number(part.value)]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const day = { year: of('year'), month: of('month'), day: of('day') }
  return { ...day, hour: of('hour'), minute: of('minute'), second: of('second'), weekday: weekdayOf(day) }
}

/** The instant at which clocks of the zone show these parts; in a gap or an overlap of summer time, one of the two. */
export function instantOf(parts: Omit<ZonedParts, 'weekday'>, timeZone: string): number {
  const asUtc = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second)
  const offsetAt = (atMs: number): number => {
    const shown = partsAt(atMs, timeZone)
    return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second) - atMs
  }
  const guess = asUtc - offsetAt(asUtc)
  return asUtc - offsetAt(guess)
}

function weekdayOf(day: DayParts): number {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay()
}

export function addDays(day: DayParts, days: number): DayParts {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day) + days * dayMs)
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

/** Calendar days from one to the other, negative when it is past. */
export function daysBetween(from: DayParts, to: DayParts): number {
  return Math.round((Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / dayMs)
}

/** `6:02 PM`, `7 AM`, `noon`, `midnight`. */
export function sayTime(parts: { hour: number; minute: number }): string {
  const { hour, minute } = parts
  if (minute === 0 && hour === 12) return 'noon'
  if (minute === 0 && hour === 0) return 'midnight'
  const twelve = hour % 12 === 0 ? 12 : hour % 12
  return `${twelve}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`} ${hour < 12 ? 'AM' : 'PM'}`
}

export function sayWeekday(day: DayParts): string {
  return weekdays[weekdayOf(day)] ?? ''
}

/** `Sunday, 22 November`, with the year when asked for. */
export function sayDay(day: DayParts, withYear = false): string {
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(day.year, day.month - 1, 1),
  )
  return `${sayWeekday(day)}, ${day.day} ${month}${withYear ? ` ${day.year}` : ''}`
}

/** `today`, `tomorrow`, `yesterday`, `on Friday` within a week, else `on Friday, 4 December`. */
export function sayDayFrom(today: DayParts, day: DayParts): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 1 && days < 7 ? `on ${sayWeekday(day)}` : `on ${sayDay(day, day.year !== today.year)}`
}
