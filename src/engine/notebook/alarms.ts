// Notices when an alarm of the notebook is due and offers it until somebody hears it. What it says is a pure function.
import type { EngineClock, Undo } from '../ports.ts'
import type { Alarm } from './notebook.ts'
import { sayDuration, sentence } from '../language/speakable.ts'
import { partsAt, sayDayFrom, sayTime } from '../language/zoned.ts'

/** Timers stand still while a computer sleeps, so the wall clock is looked at again at least this often. */
const lookAgainMs = 30_000
/** Between two offers of an alarm that nobody could hear. */
const offerAgainMs = 2_000
/** Later than this, the moment that was missed is said too. */
const lateMs = 60_000

export interface Bell {
  /** To be called when the notebook changed. */
  watch(): void
  close(): void
}

/**
 * @param opts.ring says one alarm; false when nobody is there
 * @param opts.rung takes the alarms that were heard out of the notebook
 */
export function createBell(opts: {
  clock: EngineClock
  alarms: () => readonly Alarm[]
  ring: (alarm: Alarm) => boolean
  rung: (ids: readonly number[]) => void
}): Bell {
  let pending: Undo = () => undefined
  let closed = false
  const offered = new Set<number>()
  const wait = (delayMs: number): void => {
    pending()
    pending = opts.clock.after(delayMs, look)
  }
  const look = (): void => {
    const nowMs = opts.clock.nowMs()
    const due = opts.alarms().filter((alarm) => alarm.dueMs <= nowMs)
    for (const alarm of due) offered.add(alarm.id)
    const heard = due.toSorted((one, other) => one.dueMs - other.dueMs).filter((alarm) => opts.ring(alarm))
    if (heard.length > 0) opts.rung(heard.map((alarm) => alarm.id))
    watch()
  }
  const watch = (): void => {
    pending()
    pending = () => undefined
    const all = opts.alarms()
    if (closed || all.length === 0) return
    const nowMs = opts.clock.nowMs()
    const nextMs = Math.min(...all.map((alarm) => alarm.dueMs)) - nowMs
    if (nextMs > 0) return wait(Math.min(nextMs, lookAgainMs))
    // Something is due: a new one is said at once, one that nobody heard waits its turn.
    wait(all.some((alarm) => alarm.dueMs <= nowMs && !offered.has(alarm.id)) ? 0 : offerAgainMs)
  }
  return {
    watch,
    close() {
      closed = true
      pending()
    },
  }
}

/** The words for an alarm that is due. */
export function sayDue(alarm: Alarm, nowMs: number, timeZone: string): string {
  const [now, due] = [partsAt(nowMs, timeZone), partsAt(alarm.dueMs, timeZone)]
  const missed =
    nowMs - alarm.dueMs > lateMs ? `${sayTime(due)}${now.day === due.day ? '' : ` ${sayDayFrom(now, due)}`}` : null
  switch (alarm.kind) {
    case 'timer':
      return `Your ${nameOf(alarm, { nowMs, timeZone })} ${missed === null ? 'is up' : `was up at ${missed}`}.`
    case 'alarm':
      return missed === null ? `It's ${sayTime(due)}. This is your alarm.` : `Your alarm was for ${missed}.`
    case 'reminder':
      return missed === null
        ? `Here's your reminder: ${sentence(alarm.label)}`
        : `You had a reminder at ${missed}: ${sentence(alarm.label)}`
  }
}

/** `5 minute timer`, `pasta timer`, `alarm for 7 AM`. */
export function nameOf(alarm: Alarm, { nowMs, timeZone }: { nowMs: number; timeZone: string }): string {
  const spanOf = sayDuration(alarm.dueMs - alarm.setMs).replace(/^(\d+ (?:second|minute|hour|day))s$/, '$1')
  if (alarm.kind === 'timer') return `${alarm.label === '' ? spanOf : alarm.label} timer`
  const [now, due] = [partsAt(nowMs, timeZone), partsAt(alarm.dueMs, timeZone)]
  return `alarm for ${sayTime(due)}${now.day === due.day ? '' : ` ${sayDayFrom(now, due)}`}`
}
