// How much of the microphone's sound was sent today, and how much was kept back. Pure; of which conversation it was does not matter.

export interface SentToday {
  sentMs: number
  keptMs: number
}

/** `day`: any name that differs from day to day. `counted`: what of the source's counts is in it already. */
export interface SentCount {
  day: string
  today: SentToday
  counted: SentToday
}

export const nothingSent: SentToday = { sentMs: 0, keptMs: 0 }

/** @param counts of the source since its beginning; what it counted before the day is not of the day */
export function countSent(before: SentCount, counts: SentToday, day: string): SentCount {
  const today = before.day === day ? before.today : nothingSent
  return {
    day,
    today: {
      sentMs: today.sentMs + counts.sentMs - before.counted.sentMs,
      keptMs: today.keptMs + counts.keptMs - before.counted.keptMs,
    },
    counted: counts,
  }
}
