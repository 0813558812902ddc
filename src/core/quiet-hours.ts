// When notifications are kept back: from one time of the day to another, over midnight where the second is the earlier one.

interface QuietHours {
  /** `22:00` */
  from: string
  to: string
}

/** @param hours null: never. @param at by the clock on the wall. From and to alike: the whole day */
export function isQuietAt(hours: QuietHours | null, at: { hours: number; minutes: number }): boolean {
  if (hours === null) return false
  const [from, to, now] = [minuteOf(hours.from), minuteOf(hours.to), at.hours * 60 + at.minutes]
  return from < to ? now >= from && now < to : now >= from || now < to
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
