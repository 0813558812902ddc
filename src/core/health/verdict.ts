// The health of the line in one line: how it is and what that means for the person. The figures are window.ts.
import type { Key, Words } from '../language/messages.ts'
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
export function judgeHealth(line: LineView, health: HealthView, nowMs: number, { say, told }: Words): Verdict {
  switch (line.type) {
    case 'off':
      return { grade: 'away', summary: say('verdict.off'), advice: say('verdict.offAdvice') }
    case 'resting':
      return { grade: 'good', summary: say('verdict.resting'), advice: say('verdict.restingAdvice') }
    case 'opening':
      return { grade: 'away', summary: say('verdict.opening'), advice: say('verdict.openingAdvice') }
    case 'waiting': {
      const count = Math.max(1, Math.ceil((line.untilMs - nowMs) / 1000))
      return { grade: 'away', summary: say('verdict.waiting', { count }), advice: say('verdict.waitingAdvice') }
    }
    case 'refused':
      return { grade: 'away', summary: say('verdict.refused'), advice: told(line.message) }
    case 'live': {
      const [grade, summary, advice] = judgeLive(line, health, nowMs)
      return { grade, summary: say(summary), advice: advice === null ? null : say(advice) }
    }
  }
}

type LiveKey = Exclude<Extract<Key, `verdict.${string}`>, 'verdict.waiting'>

function judgeLive(
  line: Extract<LineView, { type: 'live' }>,
  health: HealthView,
  nowMs: number,
): [grade: Verdict['grade'], summary: LiveKey, advice: LiveKey | null] {
  const roundTrip = roundTripMs(health.roundTrips)
  const jitter = jitterMs(health.roundTrips) ?? 0
  if (health.heldMs > limits.heldMs) return ['poor', 'verdict.slow', 'verdict.slowAdvice']
  if (health.breaks.filter(({ atMs }) => nowMs - atMs < windowMs).length >= limits.breaks)
    return ['poor', 'verdict.breaking', 'verdict.breakingAdvice']
  if (line.handingOver) return ['good', 'verdict.renewing', 'verdict.renewingAdvice']
  if (roundTrip === null) return ['good', 'verdict.connected', null]
  if (roundTrip > limits.poorRoundTripMs || jitter > limits.poorJitterMs)
    return ['poor', 'verdict.unsteady', 'verdict.unsteadyAdvice']
  if (roundTrip > limits.fairRoundTripMs) return ['fair', 'verdict.fair', 'verdict.fairAdvice']
  return ['good', 'verdict.good', null]
}
