// When to ask a silent line for life and when to call it dead. Any frame counts as life; only an answer to our own ping
// proves that the line is there now, since what the kernel had taken in before a sleep is read after it. Time is monotonic
// milliseconds.

export interface Heartbeat {
  lastLifeMs: number
  lastCheckMs: number
  /** Pings since the last life. */
  unanswered: number
  firstPingMs: number
  lastPingMs: number
  /** Asked to prove itself: dead if it has not by then. */
  proveByMs: number | null
  /** The slowest of the last answers to our pings, fading. */
  roundTripMs: number
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
  calmCheckEveryMs: number
  deadAfterUnanswered: number
} = {
  active: { silentMs: 1_000, everyMs: 2_000, answerWithinMs: 3_250 },
  idle: { silentMs: 10_000, everyMs: 10_000, answerWithinMs: 20_000 },
  checkEveryMs: 250,
  /** While nothing is sent and no answer is awaited, which is most of a day. */
  calmCheckEveryMs: 1_000,
  deadAfterUnanswered: 2,
}

/** So late a check means that this process or machine was asleep: what came in the meantime has not been read yet. */
const asleepAfterMs = 2_000

/** Within this a line proves itself; one that is known to be slow gets twice what it has needed lately. */
export const proveWithinMs = 1_000
const roundTripFades = 0.75

export function beginHeartbeat(nowMs: number): Heartbeat {
  return {
    lastLifeMs: nowMs,
    lastCheckMs: nowMs,
    unanswered: 0,
    firstPingMs: nowMs,
    lastPingMs: nowMs,
    proveByMs: null,
    roundTripMs: 0,
  }
}

export function sawLife(beat: Heartbeat, nowMs: number): Heartbeat {
  return { ...beat, lastLifeMs: nowMs, unanswered: 0 }
}

/** The wall clock went another way than the steady one: the machine slept, or its clock was set. */
export function clockJumped(
  before: { wallMs: number; steadyMs: number },
  now: { wallMs: number; steadyMs: number },
): boolean {
  return Math.abs(now.wallMs - before.wallMs - (now.steadyMs - before.steadyMs)) > asleepAfterMs
}

/** @param roundTripMs how long the answer to our ping took, null where something else proves that the other end is there */
export function sawProof(beat: Heartbeat, nowMs: number, roundTripMs: number | null): Heartbeat {
  const slowestMs = roundTripMs === null ? beat.roundTripMs : Math.max(roundTripMs, beat.roundTripMs * roundTripFades)
  return { ...sawLife(beat, nowMs), proveByMs: null, roundTripMs: slowestMs }
}

/** Something suggests that the line may be gone (sleep, another network): ping it now; it has a second to answer. */
export function proveNow(beat: Heartbeat, nowMs: number): Heartbeat {
  // Asked again meanwhile, it gets no more time.
  const proveByMs = beat.proveByMs ?? nowMs + Math.max(proveWithinMs, 2 * beat.roundTripMs)
  return { ...ping(beat, nowMs), lastCheckMs: nowMs, proveByMs }
}

/** The person begins: a line of which nothing was heard for so long is not trusted with what is said. */
export function isSilent(beat: Heartbeat, nowMs: number): boolean {
  return nowMs - beat.lastLifeMs >= heartbeatFigures.idle.silentMs
}

/** What to do now. Call it every `checkEveryMs`, or as `calmCheckEveryMs` allows. */
export function beatNow(
  beat: Heartbeat,
  nowMs: number,
  active: boolean,
): { beat: Heartbeat; act: 'nothing' | 'ping' | 'dead' } {
  const { silentMs, everyMs, answerWithinMs } = heartbeatFigures[active ? 'active' : 'idle']
  const checked = { ...beat, lastCheckMs: nowMs }
  if (nowMs - beat.lastCheckMs > asleepAfterMs)
    return { beat: proveNow({ ...checked, unanswered: 0, proveByMs: null }, nowMs), act: 'ping' }
  if (beat.proveByMs !== null && nowMs >= beat.proveByMs) return { beat: checked, act: 'dead' }
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
