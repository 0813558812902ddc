import { describe, expect, it } from 'vitest'
import type { ConnectionPhase, LivePhase } from '../../../src/core/connection/state.ts'
import {
  describeEvent,
  healthEntrySchema,
  spanOf,
  type HealthEntry,
  type HealthEvent,
} from '../../../src/core/health/entry.ts'
import { followPhase, nothingFollowed } from '../../../src/core/health/follow.ts'
import { happenedBetween, lengthOf, outagesBetween } from '../../../src/core/health/happened.ts'
import { answerTookMs, requestSent } from '../../../src/core/health/pairs.ts'
import { withoutSecrets } from '../../../src/core/health/secrets.ts'

const live = (socket: number): LivePhase => ({
  type: 'live',
  socket,
  attempt: 0,
  openedMs: 0,
  endsMs: 3_600_000,
  quiet: true,
  restful: false,
  handOver: 'later',
})
const waiting = (attempt: number): ConnectionPhase => ({ type: 'waiting', attempt, untilMs: 0, cause: 'ECONNRESET' })

/** One phase a second. */
function follow(...phases: ConnectionPhase[]): HealthEvent[] {
  let followed = nothingFollowed
  return phases.flatMap((phase, at) => {
    const step = followPhase(followed, phase, { atMs: at * 1_000, monotonicMs: at * 1_000 })
    followed = step.followed
    return step.event ? [step.event] : []
  })
}

const sample = (atMs: number, roundTripMs: number | null = 40, heldMs = 0): HealthEntry => ({
  type: 'sample',
  atMs,
  roundTripMs,
  jitterMs: 1,
  silentMs: 0,
  bufferedBytes: 0,
  heldMs,
  queuedMs: 0,
  droppedFrames: 0,
  underruns: 0,
})
const lost = (atMs: number): HealthEntry => ({ type: 'lost', atMs, ageMs: 5_000, cause: 'ECONNRESET' })
const back = (atMs: number, awayMs: number): HealthEntry => ({ type: 'live', atMs, awayMs })

describe('what happened to the line', () => {
  it('[F20] from phases: a break, the attempts that failed and the return with its length; a hand-over is no break', () => {
    const opening: ConnectionPhase = { type: 'opening', socket: 2, attempt: 1, openedMs: 0 }
    expect(follow(live(1), live(1), waiting(1), opening, waiting(2), live(3), live(4))).toEqual([
      { type: 'live', atMs: 0, awayMs: null },
      { type: 'lost', atMs: 2_000, ageMs: 2_000, cause: 'ECONNRESET' },
      { type: 'missed', atMs: 4_000, attempt: 2, cause: 'ECONNRESET' },
      { type: 'live', atMs: 5_000, awayMs: 3_000 },
      { type: 'handed-over', atMs: 6_000, ageMs: 1_000 },
    ])
    expect(follow(live(1), { type: 'off', why: 'resting' }, live(2)).map(({ type }) => type)).toEqual([
      'live',
      'ended',
      'live',
    ])
  })

  it('[F20] a moment is answered in words, with the breaks in it and their length', () => {
    const entries = [back(0, 0), sample(10_000), lost(20_000), sample(25_000), back(29_000, 9_000), sample(40_000, 60)]
    const { summary, events, samples } = happenedBetween(entries, 15_000, 45_000)
    expect(summary).toBe('You were without a line for 9 s. The service usually answered within 60 ms.')
    expect(events.map(({ words, trouble }) => [words, trouble])).toEqual([
      ['The line broke after 5 s: the connection was reset.', true],
      ['The line came back after 9 s.', false],
    ])
    expect(samples.map(({ atMs }) => atMs)).toEqual([25_000, 40_000])
    expect(happenedBetween(entries, 0, 15_000).summary).toMatch(/^The line did not break\./)
    expect(happenedBetween(entries, 90_000, 95_000).summary).toMatch(/^Nothing was recorded then/)
    // In the middle of a break that began before.
    expect(happenedBetween(entries, 21_000, 24_000).summary).toBe('You were without a line for 3 s.')
    expect(happenedBetween([sample(0, 40, 4_000)], 0, 1).summary).toMatch(/too slow for your voice/)
  })

  it('[F20] outages count from the loss to the return, end with the process, and reach into the span only', () => {
    const started = (atMs: number): HealthEntry => ({ type: 'started', atMs, version: '1' })
    expect(lengthOf(outagesBetween([lost(10), back(30, 20), lost(50)], 0, 100))).toBe(70)
    expect(lengthOf(outagesBetween([lost(10), back(30, 20)], 20, 100))).toBe(10)
    expect(lengthOf(outagesBetween([lost(10), sample(40), started(5_000)], 0, 9_000))).toBe(30)
    expect(outagesBetween([back(5, 0), sample(10)], 0, 100)).toEqual([])
  })

  it('[F20] a long span is thinned out, not cut off', () => {
    const day = Array.from({ length: 8_640 }, (_, at) => sample(at * 10_000))
    const { samples } = happenedBetween(day, 0, 86_400_000)
    expect(samples.length).toBeLessThanOrEqual(500)
    expect(samples.at(-1)!.atMs).toBeGreaterThan(86_000_000)
  })

  it('[F21] every event has plain words and survives being written', () => {
    const events: HealthEvent[] = [
      { type: 'started', atMs: 0, version: '0.1.0' },
      { type: 'live', atMs: 0, awayMs: null },
      { type: 'handed-over', atMs: 0, ageMs: 55 * 60_000 },
      { type: 'restored', atMs: 0, items: 22, refused: 1, leftOut: 3 },
      { type: 'lost', atMs: 0, ageMs: 90_000, cause: 'The line closed (1006).' },
      { type: 'missed', atMs: 0, attempt: 2, cause: 'ENOTFOUND' },
      { type: 'refused', atMs: 0, message: 'The service refused the key.' },
      { type: 'ended', atMs: 0, why: 'resting' },
      { type: 'slow', atMs: 0, heldMs: 3_000 },
      { type: 'caught-up', atMs: 0, droppedFrames: 50 },
    ]
    for (const event of events) {
      expect(healthEntrySchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event)
      expect(describeEvent(event)).toMatch(/^[A-Z].*\.$/)
    }
    expect(describeEvent(events[3]!)).toContain('22 of 23 items (1 refused, 3 older ones left out)')
    expect([spanOf(300), spanOf(61_000), spanOf(55 * 60_000), spanOf(125 * 60_000)]).toEqual([
      '0.3 s',
      '61 s',
      '55 min',
      '2 h 5 min',
    ])
  })

  it('[F22] round trips come from ordinary requests too: the answer to the one that is timed, and no other', () => {
    const create = JSON.stringify({
      type: 'conversation.item.create',
      item: { type: 'message', id: 'u1', role: 'user' },
    })
    const done = (id: string): string => JSON.stringify({ event_id: 'e', type: 'conversation.item.done', item: { id } })
    const awaited = requestSent(null, create, 100)!
    expect(requestSent(awaited, create, 150)).toBe(awaited)
    expect(answerTookMs(awaited, done('a1'), 130)).toBeNull()
    expect(answerTookMs(awaited, done('u1'), 140)).toBe(40)
    expect(requestSent(null, JSON.stringify({ type: 'input_audio_buffer.append', audio: 'AAAA' }), 0)).toBeNull()
    const update = requestSent(null, JSON.stringify({ type: 'session.update', session: {} }), 0)!
    expect(answerTookMs(update, JSON.stringify({ type: 'session.updated', session: {} }), 7)).toBe(7)
  })

  it('[F23] what may be a key is taken out of texts from elsewhere', () => {
    expect(withoutSecrets('Incorrect API key provided: sk-proj-abc***wxyz.')).toBe(
      'Incorrect API key provided: [hidden].',
    )
    expect(withoutSecrets('Bearer x1 and 0123456789abcdef0123456789abcdef')).toBe('[hidden] and [hidden]')
    expect(withoutSecrets('The line closed (1006).')).toBe('The line closed (1006).')
  })
})
