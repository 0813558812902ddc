import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { wantsAsking } from '../../../src/core/turn/ledger.ts'
import { type TurnLedger } from '../../../src/core/turn/ledger.ts'
import { stepLedger } from '../../../src/core/turn/step-ledger.ts'
import { anyWalk, walkLedger, type Step } from '../../support/ledger-walk.ts'

const runs = Number(process.env['PARLEY_RUNS'] ?? 4_000)

/** One bug for each thing that has to hold. */
const bugs: [string, string, Step][] = [
  [
    'asks again for what was answered',
    'still asked for',
    (ledger, event) => {
      const [next, effects] = stepLedger(ledger, event)
      const answered = effects.find(
        (effect) => effect.type === 'settle' && ['answered', 'cut', 'shown'].includes(effect.fate),
      )
      const turn = answered && 'turn' in answered && ledger.turns.find(({ id }) => id === answered.turn)
      return [turn ? { turns: [...next.turns, { ...turn, stage: { type: 'owed' } }] } : next, effects]
    },
  ],
  [
    'forgets what nobody had answered when its line is lost',
    'dropped in silence',
    (ledger, event) => {
      const [next, effects] = stepLedger(ledger, event)
      if (event.type !== 'lost') return [next, effects]
      return [{ turns: next.turns.filter(({ stage }) => stage.type !== 'owed') }, effects]
    },
  ],
  [
    'puts what a session took behind what came since',
    'out of order',
    (ledger, event) => {
      const [next, effects] = stepLedger(ledger, event)
      if (event.type !== 'taken') return [next, effects]
      const isIt = ({ id }: TurnLedger['turns'][number]): boolean => id === event.turn
      return [{ turns: [...next.turns.filter((turn) => !isIt(turn)), ...next.turns.filter(isIt)] }, effects]
    },
  ],
  [
    'undoes all that was said when one response fails',
    'changed by the end of another response',
    (ledger, event) => {
      if (event.type !== 'ended' || event.ending.type !== 'failed') return stepLedger(ledger, event)
      return stepLedger(ledger, { type: 'refused', turns: ledger.turns.map(({ id }) => id), reason: 'No.' })
    },
  ],
]

describe('the ledger of turns', () => {
  it('[T19] whatever happens in whatever order: one fate each, nothing asked twice, nothing dropped, nothing else undone', () => {
    fc.assert(
      fc.property(anyWalk, (moves) => {
        expect(walkLedger(moves, stepLedger)).toEqual([])
      }),
      { numRuns: runs },
    )
  })

  it.each(bugs)('[T19] a ledger that %s is caught', (_, kind, step) => {
    const found = fc.check(
      fc.property(anyWalk, (moves) => walkLedger(moves, step).every((sentence) => !sentence.includes(kind))),
      { numRuns: 4_000 },
    )
    expect(found.failed).toBe(true)
  })

  it('[T19] one that asks beside a service that answers by itself is caught', () => {
    const asksAnyway: typeof wantsAsking = ({ turns }, session) =>
      turns.some(({ stage }) => stage.type === 'taken' && stage.session === session)
    const found = fc.check(
      fc.property(anyWalk, (moves) => walkLedger(moves, stepLedger, asksAnyway).length === 0),
      { numRuns: 4_000 },
    )
    expect(found.failed).toBe(true)
  })
})
