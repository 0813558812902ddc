// Times, dates, figures and money as they are read in a language. Pure: now is an argument, and the time zone the computer's
// own. A formatter takes longer to make than to use, so each is made once.
import type { Say } from './messages.ts'

export interface Formats {
  /** `1,204` */
  count: (value: number) => string
  /** With one or two places: `1.05`, `1.0`. */
  decimal: (value: number) => string
  /** `84 ms`; a dash for null */
  milliseconds: (ms: number | null) => string
  /** `0`, `512 bytes`, `12 KB` */
  dataAmount: (bytes: number) => string
  /** @param usd US dollars; what is not nothing never reads as nothing */
  money: (usd: number) => string
  /** For a list: the time today, the weekday this week, the date before. */
  whenShort: (atMs: number, nowMs: number) => string
  /** `10:41` */
  timeShort: (atMs: number) => string
  /** `10:41:07` */
  timeOfDay: (atMs: number) => string
  /** `1 Nov 2026, 10:41` */
  moment: (atMs: number) => string
  /** @param day `2026-11-01` @returns `1 Nov 2026` */
  dateOf: (day: string) => string
  /** `Today`, `Yesterday`, `Monday, 2 November 2026` */
  dayName: (atMs: number, nowMs: number) => string
}

const dayMs = 86_400_000

export function createFormats(locale: string, say: Say): Formats {
  const date = (options: Intl.DateTimeFormatOptions): ((atMs: number) => string) => {
    const format = once(() => new Intl.DateTimeFormat(locale, options))
    return (atMs) => format().format(atMs)
  }
  const number = (options: Intl.NumberFormatOptions = {}): ((value: number) => string) => {
    const format = once(() => new Intl.NumberFormat(locale, options))
    return (value) => format().format(value)
  }
  const count = number()
  const plain = number({ useGrouping: false, maximumFractionDigits: 0 })
  const dollars = number({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' })
  const timeShort = date({ timeStyle: 'short' })
  const weekday = date({ weekday: 'long' })
  const day = date({ day: 'numeric', month: 'short', year: 'numeric' })
  const calendarDay = date({ dateStyle: 'medium', timeZone: 'UTC' })
  const longDay = date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return {
    count,
    decimal: number({ minimumFractionDigits: 1, maximumFractionDigits: 2 }),
    milliseconds: (ms) => (ms === null ? '–' : `${plain(Math.round(ms))} ms`),
    dataAmount(bytes) {
      if (bytes < 1_000) return bytes === 0 ? '0' : say('figures.bytes', { amount: plain(bytes) })
      return say('figures.kilobytes', { amount: count(Math.round(bytes / 1_000)) })
    },
    money: (usd) => (usd > 0 && usd < 0.01 ? say('figures.under', { amount: dollars(0.01) }) : dollars(usd)),
    whenShort(atMs, nowMs) {
      const days = Math.floor((startOfDay(nowMs) - startOfDay(atMs)) / dayMs)
      if (days <= 0) return timeShort(atMs)
      if (days === 1) return say('figures.yesterday')
      return days < 7 ? weekday(atMs) : day(atMs)
    },
    timeShort,
    timeOfDay: date({ timeStyle: 'medium' }),
    moment: date({ dateStyle: 'medium', timeStyle: 'short' }),
    dateOf(day) {
      const atMs = Date.parse(`${day}T00:00:00Z`)
      return Number.isNaN(atMs) ? day : calendarDay(atMs)
    },
    dayName(atMs, nowMs) {
      const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / dayMs)
      if (days === 0) return say('figures.today')
      return days === 1 ? say('figures.yesterday') : longDay(atMs)
    },
  }
}

/** `3:07`, `1:02:45`: the same in every language. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

export function startOfDay(ms: number): number {
  const day = new Date(ms)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

function once<Value>(make: () => Value): () => Value {
  let value: Value | undefined
  return () => (value ??= make())
}
