// Times, dates and figures as they are read. Pure: now is an argument. A formatter takes longer to make than to use.

const formatters = {
  minute: new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }),
  second: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
  weekday: new Intl.DateTimeFormat(undefined, { weekday: 'long' }),
  date: new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' }),
  day: new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  number: new Intl.NumberFormat(),
}

/** `3:07`, `1:02:45`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** For a list: the time today, the weekday this week, the date before. */
export function whenShort(atMs: number, nowMs: number): string {
  const days = Math.floor((startOfDay(nowMs) - startOfDay(atMs)) / 86_400_000)
  if (days <= 0) return formatters.minute.format(atMs)
  if (days === 1) return 'Yesterday'
  if (days < 7) return formatters.weekday.format(atMs)
  return formatters.date.format(atMs)
}

/** `10:41` */
export function timeShort(atMs: number): string {
  return formatters.minute.format(atMs)
}

/** `Today`, `Yesterday`, `Monday, 2 November 2026` */
export function dayName(atMs: number, nowMs: number): string {
  const days = Math.round((startOfDay(nowMs) - startOfDay(atMs)) / 86_400_000)
  if (days === 0) return 'Today'
  return days === 1 ? 'Yesterday' : formatters.day.format(atMs)
}

export function startOfDay(ms: number): number {
  const day = new Date(ms)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

export function milliseconds(ms: number | null): string {
  return ms === null ? '–' : `${Math.round(ms)} ms`
}

export function count(value: number): string {
  return formatters.number.format(value)
}

/** `10:41:07` */
export function timeOfDay(atMs: number): string {
  return formatters.second.format(atMs)
}

/** @param bytes `0`, `512 bytes`, `12 KB` */
export function dataAmount(bytes: number): string {
  if (bytes < 1_000) return bytes === 0 ? '0' : `${bytes} bytes`
  return `${count(Math.round(bytes / 1_000))} KB`
}

/** @param usd US dollars; what is not nothing never reads as nothing */
export function money(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'under $0.01' : `$${usd.toFixed(2)}`
}
