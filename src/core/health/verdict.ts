// The health of the line in one line: how it is and what that means for the person. The figures are window.ts.
import type { LineView } from '../views.ts'
import { jitterMs, roundTripMs, windowMs, type HealthView } from './window.ts'

export interface Verdict {
  grade: 'good' | 'fair' | 'poor' | 'away'
  /** A few words, e.g. “Good connection”. */
  summary: string
  /** What it means and what to do, null when there is nothing to say. */
  advice: string | null
}

/** Above these a person feels it; `breaks` in five minutes. */
export const limits = { fairRoundTripMs: 250, poorRoundTripMs: 600, poorJitterMs: 120, heldMs: 1_000, breaks: 3 }

/** @param nowMs wall clock */
export function judgeHealth(line: LineView, health: HealthView, nowMs: number): Verdict {
  switch (line.type) {
    case 'off':
      return { grade: 'away', summary: 'Not connected', advice: 'Press the talk button or type to begin.' }
    case 'resting':
      return { grade: 'good', summary: 'Resting', advice: 'Press the talk button or type: it goes on where it was.' }
    case 'opening':
      return { grade: 'away', summary: 'Connecting…', advice: 'You can type or talk already: it is kept.' }
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((line.untilMs - nowMs) / 1000))
      return {
        grade: 'away',
        summary: `Reconnecting in ${seconds} s`,
        advice: 'Go on talking: what you say is kept and sent when the line is back.',
      }
    }
    case 'refused':
      return { grade: 'away', summary: 'Can’t connect', advice: line.message }
    case 'live':
      return judgeLive(line, health, nowMs)
  }
}

function judgeLive(line: Extract<LineView, { type: 'live' }>, health: HealthView, nowMs: number): Verdict {
  const roundTrip = roundTripMs(health.roundTrips)
  const jitter = jitterMs(health.roundTrips) ?? 0
  if (health.heldMs > limits.heldMs)
    return { grade: 'poor', summary: 'Slow network', advice: 'Your voice arrives late. Move closer to the router.' }
  if (health.breaks.filter(({ atMs }) => nowMs - atMs < windowMs).length >= limits.breaks)
    return {
      grade: 'poor',
      summary: 'The line keeps breaking',
      advice: 'Nothing is lost. Another network may hold better.',
    }
  if (line.handingOver) return { grade: 'good', summary: 'Renewing the session', advice: 'You can go on talking.' }
  if (roundTrip === null) return { grade: 'good', summary: 'Connected', advice: null }
  if (roundTrip > limits.poorRoundTripMs || jitter > limits.poorJitterMs)
    return { grade: 'poor', summary: 'Unsteady connection', advice: 'Answers may come late or in pieces.' }
  if (roundTrip > limits.fairRoundTripMs)
    return { grade: 'fair', summary: 'Fair connection', advice: 'Answers may come a little later.' }
  return { grade: 'good', summary: 'Good connection', advice: null }
}
