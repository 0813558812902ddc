// Keeps the health journal while there is a line: a sample every ten seconds, and when the person's voice begins to wait for
// the network or waits no longer. Events of the line itself are told to it.
import { describeEvent, isSample, type HealthEntry, type HealthEvent } from '../../core/health/entry.ts'
import { happenedBetween, lengthOf, outagesBetween, type Happened } from '../../core/health/happened.ts'
import { limits } from '../../core/health/verdict.ts'
import { jitterMs, mostBreaks, roundTripMs, type Break, type HealthView } from '../../core/health/window.ts'
import type { Clock, Undo } from '../ports.ts'
import type { HealthJournal } from './journal.ts'

export interface Recorder {
  note(event: HealthEvent): void
  /** How long the person was without a line since midnight. */
  outageMsToday(): number
  breaks(): Break[]
  happened(fromMs: number, toMs: number): Promise<Happened>
  /** Everything that is kept of the last so many milliseconds, as events. */
  events(lastMs: number): Promise<HealthEvent[]>
  stop(): Promise<void>
}

export const sampleEveryMs = 10_000
const dayMs = 24 * 60 * 60_000
/** In memory, for what the window shows all the time. */
const mostRecent = 500

/** @param view the figures now; null while there is no line, when nothing is sampled */
export function createRecorder(opts: {
  clock: Clock
  journal: HealthJournal
  version: string
  view: () => HealthView | null
}): Recorder {
  const { clock, journal } = opts
  let recent: HealthEvent[] = []
  let isSlow = false
  let undo: Undo = clock.after(sampleEveryMs, sample)

  const startedMs = clock.nowMs()
  journal
    .read(startedMs - dayMs, startedMs - 1)
    .then((before) => {
      recent = [...eventsOf(before), ...recent].slice(-mostRecent)
    })
    .catch(() => undefined)
  note({ type: 'started', atMs: startedMs, version: opts.version })

  function note(event: HealthEvent): void {
    recent = [...recent, event].slice(-mostRecent)
    journal.append(event)
  }

  function sample(): void {
    undo = clock.after(sampleEveryMs, sample)
    const view = opts.view()
    if (view === null) return
    const atMs = clock.nowMs()
    journal.append({
      type: 'sample',
      atMs,
      roundTripMs: roundTripMs(view.roundTrips),
      jitterMs: jitterMs(view.roundTrips),
      silentMs: view.lastEventMs === null ? null : Math.max(0, atMs - view.lastEventMs),
      bufferedBytes: view.bufferedBytes,
      heldMs: view.heldMs,
      queuedMs: view.queuedMs,
      droppedFrames: view.droppedFrames,
      underruns: view.underruns,
    })
    noteSlowness(view, atMs)
  }

  function noteSlowness({ heldMs, droppedFrames }: HealthView, atMs: number): void {
    if (!isSlow && heldMs > limits.heldMs) note({ type: 'slow', atMs, heldMs })
    else if (isSlow && heldMs === 0) note({ type: 'caught-up', atMs, droppedFrames })
    else return
    isSlow = !isSlow
  }

  return {
    note,
    outageMsToday() {
      const nowMs = clock.nowMs()
      return lengthOf(outagesBetween(recent, new Date(nowMs).setHours(0, 0, 0, 0), nowMs))
    },
    breaks: () =>
      recent
        .flatMap((event) => (event.type === 'lost' ? [{ atMs: event.atMs, cause: describeEvent(event) }] : []))
        .slice(-mostBreaks),
    // A day before it, so that a break which was under way then is known.
    happened: async (fromMs, toMs) => happenedBetween(await journal.read(fromMs - dayMs, toMs), fromMs, toMs),
    events: async (lastMs) => eventsOf(await journal.read(clock.nowMs() - lastMs, clock.nowMs())),
    stop() {
      undo()
      return journal.settled()
    },
  }
}

function eventsOf(entries: readonly HealthEntry[]): HealthEvent[] {
  return entries.flatMap((entry) => (isSample(entry) ? [] : [entry]))
}
