import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../../src/core/connection/close-codes.ts'
import { step } from '../../../src/core/connection/machine.ts'
import { voicePolicy as policy } from '../../../src/core/connection/policy.ts'
import {
  heldSockets,
  unstarted,
  type ConnectionEvent,
  type ConnectionState,
  type TimerName,
} from '../../../src/core/connection/state.ts'
import { seededRandom } from '../../support/seeded-random.ts'

type Step = typeof step

const walks = Number(process.env['PARLEY_RUNS'] ?? 2_000)
const stepsPerWalk = 60

const timers: TimerName[] = ['ready', 'retry', 'hand-over', 'hand-over-latest', 'drain', 'rest']
const verdicts: Verdict[] = [
  { type: 'retry', cause: 'reset' },
  { type: 'retry', cause: 'reset' },
  { type: 'expired' },
  { type: 'fatal', remedy: 'key', message: 'no' },
]

/** What a runner must be able to rely on, in its words; null when all of it held. */
function walk(machine: Step, seed: number): string | null {
  const chance = seededRandom(seed)
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(chance() * from.length)]!
  let state: ConnectionState = unstarted
  let nowMs = 0
  let highest = 0
  const open = new Set<number>()
  const armed = new Set<TimerName>()

  const anySocket = (): number => (chance() < 0.7 ? pick([...heldSockets(state), 1]) : 1 + Math.floor(chance() * 12))
  const anyEvent = (): ConnectionEvent => {
    const socket = anySocket()
    const quiet = chance() < 0.6
    return pick<() => ConnectionEvent>([
      () => ({ type: 'start' }),
      () => ({ type: 'stop' }),
      () => ({ type: 'woke' }),
      () => ({ type: 'quiet', quiet, restful: quiet && chance() < 0.5 }),
      () => ({ type: 'timer', timer: pick(timers) }),
      () => ({ type: 'timer', timer: pick(timers) }),
      () => ({ type: 'dialled', socket }),
      () => ({ type: 'ready', socket, endsMs: null }),
      () => ({ type: 'ready', socket, endsMs: null }),
      () => ({ type: 'drained', socket }),
      () => ({ type: 'failed', socket, verdict: pick(verdicts) }),
      () => ({ type: 'closed', socket, verdict: pick(verdicts) }),
    ])()
  }

  for (let at = 0; at < stepsPerWalk; at++) {
    nowMs += chance() * 20 * 60_000
    const event = at === 0 ? ({ type: 'start' } as const) : anyEvent()
    const isStranger = 'socket' in event && !open.has(event.socket)
    const [next, effects] = machine(state, event, { nowMs, chance: chance(), policy })
    if (isStranger && (next !== state || effects.length > 0)) return `a late ${event.type} changed something`
    state = next
    if (event.type === 'closed') open.delete(event.socket)
    if (event.type === 'timer') armed.delete(event.timer)
    for (const effect of effects) {
      if (effect.type === 'open') {
        if (effect.socket <= highest) return `number ${effect.socket} was used before`
        highest = effect.socket
        open.add(effect.socket)
      }
      if ((effect.type === 'drop' || effect.type === 'close') && !open.delete(effect.socket))
        return `socket ${effect.socket} was ended twice`
      if (effect.type === 'arm') armed.add(effect.timer)
      if (effect.type === 'disarm') armed.delete(effect.timer)
      if (open.size > 2) return 'three sockets were open'
    }
    if ([...open].sort().join() !== [...heldSockets(state)].sort().join()) return 'a socket was lost sight of'
    if (event.type === 'stop' && open.size + armed.size > 0) return 'something outlived the stop'
  }
  return null
}

/** The first walk that finds a fault, and which. */
function firstFault(machine: Step, most: number): string | null {
  for (let seed = 1; seed <= most; seed++) {
    const fault = walk(machine, seed)
    if (fault !== null) return `walk ${seed}: ${fault}`
  }
  return null
}

describe('any walk through the machine', () => {
  it(`[C8] ${walks} walks: no number twice, at most two sockets, each ended once, strangers change nothing, stop frees all`, () => {
    expect(firstFault(step, walks)).toBeNull()
  })

  const planted: [what: string, fault: string, mutant: Step][] = [
    [
      'that opens the next session without ending the one that drains',
      'three sockets were open',
      (state, event, context) => {
        const [next, effects] = step(state, event, context)
        const begins = next.phase.type === 'handing-over' && state.phase.type !== 'handing-over'
        if (!begins || state.draining === null) return [next, effects]
        return [{ ...next, draining: state.draining }, effects.filter(({ type }) => type !== 'close')]
      },
    ],
    [
      'that takes a late close for one of the live socket',
      'a late closed changed something',
      (state, event, context) => {
        const isLate = event.type === 'closed' && !heldSockets(state).includes(event.socket)
        const [socket] = heldSockets(state)
        return step(state, isLate && socket !== undefined ? { ...event, socket } : event, context)
      },
    ],
    [
      'that gives the number of a failed attempt to the next one',
      'was used before',
      (state, event, context) => {
        const [next, effects] = step(state, event, context)
        return next.phase.type === 'waiting' && state.phase.type === 'opening'
          ? [{ ...next, issued: next.issued - 1 }, effects]
          : [next, effects]
      },
    ],
  ]
  it.each(planted)('[C8] a machine %s is caught', (_, fault, mutant) => {
    expect(firstFault(mutant, walks)).toContain(fault)
  })
})
