// When to ping and when to call a socket dead. Any frame counts as life. Time is monotonic milliseconds.

export interface Heartbeat {
  lastLifeMs: number
  lastPingMs: number
  unanswered: number
}

/** Pings every 2 s in an active turn and every 10 s otherwise; two without an answer mean a dead line. */
export const heartbeatFigures = { activeEveryMs: 2_000, idleEveryMs: 10_000, deadAfterUnanswered: 2 }

export function beginHeartbeat(nowMs: number): Heartbeat {
  return { lastLifeMs: nowMs, lastPingMs: nowMs, unanswered: 0 }
}

export function sawLife(beat: Heartbeat, nowMs: number): Heartbeat {
  return { ...beat, lastLifeMs: nowMs, unanswered: 0 }
}

/** What to do now. Call it at least every second. */
export function beatNow(
  beat: Heartbeat,
  nowMs: number,
  active: boolean,
): { beat: Heartbeat; act: 'nothing' | 'ping' | 'dead' } {
  const everyMs = active ? heartbeatFigures.activeEveryMs : heartbeatFigures.idleEveryMs
  if (nowMs - beat.lastPingMs < everyMs) return { beat, act: 'nothing' }
  if (beat.unanswered >= heartbeatFigures.deadAfterUnanswered) return { beat, act: 'dead' }
  return { beat: { ...beat, lastPingMs: nowMs, unanswered: beat.unanswered + 1 }, act: 'ping' }
}
