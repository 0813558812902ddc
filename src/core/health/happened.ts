// “What happened at 10:41”: an answer in words from the entries of the health journal, and how long the person was without a
// line. Pure; times are wall clock, milliseconds.
import { describeEvent, isSample, isTrouble, spanOf, type HealthEntry, type HealthSample } from './entry.ts'
import { limits } from './verdict.ts'

export interface Outage {
  fromMs: number
  untilMs: number
}

export interface Happened {
  /** One or two sentences on what the line was like. */
  summary: string
  events: { atMs: number; words: string; trouble: boolean }[]
  /** About one in ten seconds; thinned out evenly for long spans. */
  samples: HealthSample[]
}

const mostSamples = 500
const mostEvents = 500

/** @param entries in their order, from well before `fromMs`, so that an outage under way is known */
export function happenedBetween(entries: readonly HealthEntry[], fromMs: number, toMs: number): Happened {
  const within = entries.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  const samples = within.filter(isSample)
  const events = within.flatMap((entry) => (isSample(entry) ? [] : [entry]))
  const every = Math.ceil(samples.length / mostSamples)
  return {
    summary: summarise(outagesBetween(entries, fromMs, toMs), within.length, samples),
    events: events
      .slice(-mostEvents)
      .map((event) => ({ atMs: event.atMs, words: describeEvent(event), trouble: isTrouble(event) })),
    samples: samples.filter((_, at) => at % every === 0),
  }
}

/**
 * The spans in which the person wanted a line and had none: from its loss, or from the first attempt that failed, until it
 * came back or was given up. One that is still going on ends at `toMs`.
 */
export function outagesBetween(entries: readonly HealthEntry[], fromMs: number, toMs: number): Outage[] {
  const outages: Outage[] = []
  let sinceMs: number | null = null
  const end = (atMs: number): void => {
    if (sinceMs !== null) outages.push({ fromMs: sinceMs, untilMs: atMs })
    sinceMs = null
  }
  let lastMs = 0
  for (const entry of entries) {
    if (entry.atMs > toMs) break
    switch (entry.type) {
      case 'lost':
      case 'missed':
      case 'refused':
        sinceMs ??= entry.atMs
        break
      case 'live':
      case 'ended':
        end(entry.atMs)
        break
      case 'started':
        // Whatever was under way ended with the process, which left no later trace than this.
        end(lastMs)
        break
      case 'handed-over':
      case 'restored':
      case 'slow':
      case 'caught-up':
      case 'sample':
        break
    }
    lastMs = entry.atMs
  }
  end(toMs)
  return outages
    .map((outage) => ({ fromMs: Math.max(outage.fromMs, fromMs), untilMs: Math.min(outage.untilMs, toMs) }))
    .filter((outage) => outage.untilMs > outage.fromMs)
}

export function lengthOf(outages: readonly Outage[]): number {
  return outages.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
}

function summarise(outages: readonly Outage[], entries: number, samples: readonly HealthSample[]): string {
  if (entries === 0 && outages.length === 0) return 'Nothing was recorded then: Parley had no line open.'
  const away =
    outages.length === 0
      ? 'The line did not break.'
      : `You were without a line for ${spanOf(lengthOf(outages))}${outages.length === 1 ? '' : ` in ${outages.length} breaks`}.`
  const held = Math.max(0, ...samples.map(({ heldMs }) => heldMs))
  const slow = held > limits.heldMs && outages.length === 0
  const trips = samples.flatMap(({ roundTripMs }) => (roundTripMs === null ? [] : [roundTripMs])).sort((a, b) => a - b)
  const usual = trips[Math.floor(trips.length / 2)]
  const answered = usual === undefined ? '' : ` The service usually answered within ${Math.round(usual)} ms.`
  return `${away}${slow ? ' The network was too slow for your voice.' : ''}${answered}`
}
