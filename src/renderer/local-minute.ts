// A minute as a field for date and time holds it, `2026-11-22T10:41`, in the person's own time zone. Pure.

/** @param atMs wall clock */
export function localMinute(atMs: number): string {
  const at = new Date(atMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** Wall clock, milliseconds; null when it is no minute. */
export function minuteFrom(text: string): number | null {
  // Without a zone it is read as local time.
  const atMs = new Date(text).getTime()
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) && !Number.isNaN(atMs) ? atMs : null
}
