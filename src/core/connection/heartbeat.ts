// When to ask a silent line for life and when to call it dead. Any frame counts as life. Time is monotonic milliseconds.

export interface Heartbeat {
  lastLifeMs: number
  lastCheckMs: number
  /** Pings since the last life. */
  unanswered: number
  firstPingMs: number
  lastPingMs: number
}

interface Figures {
  /** The first ping comes after so much silence … */
  silentMs: number
  /** … and the next ones at this distance. */
  everyMs: number
  /** Two pings without an answer mean a dead line, once the first of them has had this long. */
  answerWithinMs: number
}

/**
 * In an active turn a line that goes dead at any moment is found within 5 s: 1 s of silence, 3.25 s for the answer and three
 * checks. An answer may take the slowest round trip (2 × 900 ms) and a stall of a second on top.
 */
export const heartbeatFigures: Record<'active' | 'idle', Figures> & {
  checkEveryMs: number
  deadAfterUnanswered: number
} = {
  active: { silentMs: 1_000, everyMs: 2_000, answerWithinMs: 3_250 },
  idle: { silentMs: 10_000, everyMs: 10_000, answerWithinMs: 20_000 },
  checkEveryMs: 250,
  deadAfterUnanswered: 2,
}

/** So late a check means that this process or machine was asleep: what came in the meantime has not been read yet. */
const asleepAfterMs = 2_000

export function beginHeartbeat(nowMs: number): Heartbeat {
  return { lastLifeMs: nowMs, lastCheckMs: nowMs, unanswered: 0, firstPingMs: nowMs, lastPingMs: nowMs }
}

export function sawLife(beat: Heartbeat, nowMs: number): Heartbeat {
  return { ...beat, lastLifeMs: nowMs, unanswered: 0 }
}

/** What to do now. Call it every `checkEveryMs`. */
export function beatNow(
  beat: Heartbeat,
  nowMs: number,
  active: boolean,
): { beat: Heartbeat; act: 'nothing' | 'ping' | 'dead' } {
  const { silentMs, everyMs, answerWithinMs } = heartbeatFigures[active ? 'active' : 'idle']
  const checked = { ...beat, lastCheckMs: nowMs }
  if (nowMs - beat.lastCheckMs > asleepAfterMs) return { beat: ping({ ...checked, unanswered: 0 }, nowMs), act: 'ping' }
  if (beat.unanswered === 0)
    return nowMs - beat.lastLifeMs < silentMs
      ? { beat: checked, act: 'nothing' }
      : { beat: ping(checked, nowMs), act: 'ping' }
  const isOverdue = nowMs - beat.firstPingMs >= answerWithinMs
  if (isOverdue && beat.unanswered >= heartbeatFigures.deadAfterUnanswered) return { beat: checked, act: 'dead' }
  return nowMs - beat.lastPingMs < everyMs
    ? { beat: checked, act: 'nothing' }
    : { beat: ping(checked, nowMs), act: 'ping' }
}

function ping(beat: Heartbeat, nowMs: number): Heartbeat {
  const firstPingMs = beat.unanswered === 0 ? nowMs : beat.firstPingMs
  return { ...beat, unanswered: beat.unanswered + 1, firstPingMs, lastPingMs: nowMs }
}
