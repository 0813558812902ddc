// A limit of time beside a signal. The timer holds it until it fires or is undone: what AbortSignal.timeout gives is collected
// before that on Node 20 where AbortSignal.any alone knows of it, and the limit never comes.
import type { Clock, Undo } from './ports.ts'

export interface TimeLimit {
  /** Aborts with the other one, or after so long with a `TimeoutError`. */
  signal: AbortSignal
  /** What it was for is over. */
  end: Undo
}

export function limitTime(clock: Pick<Clock, 'after'>, ms: number, beside?: AbortSignal): TimeLimit {
  const late = new AbortController()
  const end = clock.after(ms, () => late.abort(new DOMException('timed out', 'TimeoutError')))
  return { signal: beside ? AbortSignal.any([beside, late.signal]) : late.signal, end }
}
