import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../../src/core/connection/close-codes.ts'
import { step } from '../../../src/core/connection/machine.ts'
import { retryDelayMs, voicePolicy as policy } from '../../../src/core/connection/policy.ts'
import {
  heldSockets,
  unstarted,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
} from '../../../src/core/connection/state.ts'

const minute = 60_000
const again: Verdict = { type: 'retry', cause: 'reset' }
const fatal: Verdict = { type: 'fatal', remedy: 'key', message: 'no' }

/** Runs events through the machine; time moves only where an event says so. */
function run(events: (ConnectionEvent | { type: 'wait'; ms: number })[]): {
  state: ConnectionState
  effects: ConnectionEffect[]
  nowMs: number
} {
  let state = unstarted
  let nowMs = 0
  let effects: ConnectionEffect[] = []
  for (const event of events) {
    if (event.type === 'wait') {
      nowMs += event.ms
      continue
    }
    const next = step(state, event, { nowMs, chance: 0.5, policy })
    state = next[0]
    effects = [...next[1]]
  }
  return { state, effects, nowMs }
}

const quiet: ConnectionEvent = { type: 'quiet', quiet: true, restful: false }
const restful: ConnectionEvent = { type: 'quiet', quiet: true, restful: true }
const toLive: ConnectionEvent[] = [{ type: 'start' }, { type: 'ready', socket: 1, endsMs: null }]
const toHandOver: (ConnectionEvent | { type: 'wait'; ms: number })[] = [
  ...toLive,
  quiet,
  { type: 'wait', ms: 55 * minute },
  { type: 'timer', timer: 'hand-over' },
]

describe('the life of a connection', () => {
  it('[C1] a session that is not ready in time counts as a failed attempt', () => {
    const { state, effects } = run([{ type: 'start' }, { type: 'timer', timer: 'ready' }])
    expect(state.phase).toMatchObject({ type: 'waiting', attempt: 1 })
    expect(effects).toContainEqual({ type: 'drop', socket: 1 })
  })

  it('[C2] a fatal verdict is never retried and keeps its remedy', () => {
    const { state, effects } = run([{ type: 'start' }, { type: 'closed', socket: 1, verdict: fatal }])
    expect(state.phase).toEqual({ type: 'off', why: { fatal } })
    expect(effects.filter((effect) => effect.type === 'arm' || effect.type === 'open')).toEqual([])
  })

  it('[C3] the first retry comes within 250 ms, later ones back off to 10 s, and Retry-After is obeyed', () => {
    expect(retryDelayMs(policy, 1, 0.999)).toBeLessThanOrEqual(250)
    expect([2, 3, 4, 5, 6, 7, 12].map((attempt) => retryDelayMs(policy, attempt, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 10_000, 10_000,
    ])
    const busy: Verdict = { type: 'retry', cause: '429', afterMs: 30_000 }
    const { effects } = run([{ type: 'start' }, { type: 'closed', socket: 1, verdict: busy }])
    expect(effects).toContainEqual({ type: 'arm', timer: 'retry', delayMs: 30_000 })
  })

  it('[C4] at 55 minutes a quiet session is handed over beside the live one, and the old one ends after the switch', () => {
    const begun = run(toHandOver)
    expect(heldSockets(begun.state)).toEqual([1, 2])
    expect(begun.effects).toContainEqual({ type: 'open', socket: 2 })
    const done = run([...toHandOver, { type: 'ready', socket: 2, endsMs: null }])
    expect(done.state).toMatchObject({ phase: { type: 'live', socket: 2 }, draining: 1 })
    const drained = run([...toHandOver, { type: 'ready', socket: 2, endsMs: null }, { type: 'drained', socket: 1 }])
    expect(drained.effects).toContainEqual({ type: 'close', socket: 1 })
    expect(heldSockets(drained.state)).toEqual([2])
  })

  it('[C14] a session that was overtaken in mid-answer drains, at the latest to its end; only the next carries on', () => {
    const switched = [...toHandOver, { type: 'ready', socket: 2, endsMs: null }] as const
    expect(run([...switched]).effects).toContainEqual({ type: 'arm', timer: 'drain', delayMs: 5 * minute })
    const late = run([...switched, { type: 'timer', timer: 'drain' }])
    expect(late.effects).toContainEqual({ type: 'close', socket: 1 })
    const died = run([...switched, { type: 'closed', socket: 1, verdict: again }])
    expect(died.state).toMatchObject({ phase: { type: 'live', socket: 2 }, draining: null })
    const lost = run([...switched, { type: 'closed', socket: 2, verdict: again }, { type: 'woke' }])
    expect(heldSockets(lost.state)).toEqual([1, 3])
  })

  it('[C15] a session in which nothing can happen by itself is closed after ten minutes and opened by whoever comes', () => {
    const resting = [...toLive, restful] as const
    expect(run([...resting]).effects).toContainEqual({ type: 'arm', timer: 'rest', delayMs: 10 * minute })
    expect(run([...resting, { type: 'quiet', quiet: false, restful: false }]).effects).toContainEqual({
      type: 'disarm',
      timer: 'rest',
    })
    const closed = run([...resting, { type: 'timer', timer: 'rest' }])
    expect(closed.effects).toContainEqual({ type: 'close', socket: 1 })
    expect(closed.state.phase).toEqual({ type: 'off', why: 'resting' })
    const back = run([...resting, { type: 'timer', timer: 'rest' }, { type: 'woke' }])
    expect(back.state.phase).toMatchObject({ type: 'opening', socket: 2, attempt: 0 })
    expect(run([...toLive, quiet, { type: 'timer', timer: 'rest' }]).state.phase.type).toBe('live')
    const stopped = run([...toLive, { type: 'stop' }, { type: 'woke' }])
    expect(stopped.state.phase).toEqual({ type: 'off', why: 'stopped' })
  })

  it.each([
    ['already past', -minute],
    ['too soon', 4 * minute],
    ['beyond any session', 1e300],
  ])('[C13] an end that is %s is not believed: the hand-over comes at 55 minutes', (_, endsMs) => {
    const { effects } = run([{ type: 'start' }, { type: 'ready', socket: 1, endsMs }])
    expect(effects).toContainEqual({ type: 'arm', timer: 'hand-over', delayMs: 55 * minute })
  })

  it('[C13] an earlier end that the service names is kept to', () => {
    const { effects } = run([{ type: 'start' }, { type: 'ready', socket: 1, endsMs: 30 * minute }])
    expect(effects).toContainEqual({ type: 'arm', timer: 'hand-over', delayMs: 25 * minute })
  })

  it('[C4] a busy session is handed over at the first quiet moment, at the latest 90 s before its end', () => {
    const busy = [...toLive, { type: 'wait', ms: 55 * minute }, { type: 'timer', timer: 'hand-over' }] as const
    expect(run([...busy]).state.phase.type).toBe('live')
    const pause = run([...busy, quiet])
    expect(pause.effects).toEqual([{ type: 'arm', timer: 'hand-over', delayMs: 2_000 }])
    const lasted = { type: 'timer', timer: 'hand-over' } as const
    expect(run([...busy, quiet, lasted]).state.phase.type).toBe('handing-over')
    const over: ConnectionEvent = { type: 'quiet', quiet: false, restful: false }
    expect(run([...busy, quiet, over, lasted]).state.phase.type).toBe('live')
    const late = [...busy, { type: 'wait', ms: 3.5 * minute }, { type: 'timer', timer: 'hand-over-latest' }] as const
    expect(run([...late]).state.phase.type).toBe('handing-over')
  })

  it('[C5] a next session that fails leaves the old one in use and is tried again after 30 s', () => {
    const { state, effects } = run([...toHandOver, { type: 'closed', socket: 2, verdict: again }])
    expect(state.phase).toMatchObject({ type: 'live', socket: 1 })
    expect(effects).toContainEqual({ type: 'arm', timer: 'hand-over', delayMs: 30_000 })
    expect(run([...toHandOver, { type: 'closed', socket: 2, verdict: fatal }]).state.phase.type).toBe('live')
  })

  it('[C8] what is known already is no new state', () => {
    const { state } = run(toHandOver)
    expect(step(state, quiet, { nowMs: 0, chance: 0, policy })[0]).toBe(state)
  })

  it('[C5] the old session dying meanwhile makes the next one an ordinary attempt', () => {
    const { state } = run([...toHandOver, { type: 'closed', socket: 1, verdict: again }])
    expect(state.phase).toMatchObject({ type: 'opening', socket: 2 })
  })

  it('[C6] an expired session is replaced at once; one that expires as soon as it opens is not retried in a loop', () => {
    const old = run([
      ...toLive,
      { type: 'wait', ms: 60 * minute },
      { type: 'closed', socket: 1, verdict: { type: 'expired' } },
    ])
    expect(old.state.phase).toMatchObject({ type: 'opening', socket: 2, attempt: 0 })
    const young = run([...toLive, { type: 'closed', socket: 1, verdict: { type: 'expired' } }])
    expect(young.state.phase).toMatchObject({ type: 'waiting', attempt: 1 })
  })

  it('[C7] a trigger cuts the wait and nothing else', () => {
    const waiting: ConnectionEvent[] = [{ type: 'start' }, { type: 'closed', socket: 1, verdict: again }]
    expect(run([...waiting, { type: 'woke' }]).state.phase).toMatchObject({ type: 'opening', socket: 2 })
    expect(run([...toLive, { type: 'woke' }]).effects).toEqual([])
  })
})
