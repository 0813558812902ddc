import { describe, expect, it } from 'vitest'
import { noTurns, type LedgerEvent, type TurnLedger } from '../../../src/core/turn/ledger.ts'
import { stepLedger } from '../../../src/core/turn/step-ledger.ts'

const has = (): boolean => true
const taken = (turn: string): LedgerEvent => ({ type: 'taken', turn, via: 'voice', session: 1, asks: 'service' })
const began = (response: string): LedgerEvent => ({ type: 'began', session: 1, response, has })
const spoke = (response: string, item: string): LedgerEvent => ({ type: 'spoke', response, item })
const ended = (response: string): LedgerEvent => ({
  type: 'ended',
  session: 1,
  response,
  ending: { type: 'answered', spoke: true, wrote: true, calls: false, notice: null },
})
const heard = (item: string): LedgerEvent => ({ type: 'heard', item, words: true, cut: false, ms: 2_000 })
const lost: LedgerEvent = { type: 'lost', session: 1, hasSound: has, sounding: has }

function after(events: readonly LedgerEvent[]): { ledger: TurnLedger; effects: string[] } {
  const effects: string[] = []
  let ledger = noTurns
  for (const event of events) {
    const [next, now] = stepLedger(ledger, event)
    ledger = next
    for (const effect of now) effects.push('turn' in effect ? `${effect.type} ${effect.turn}` : effect.type)
  }
  return { ledger, effects }
}

describe('a response that begins before the end of another was told', () => {
  const both = [taken('u1'), began('r1'), taken('u2'), began('r2'), spoke('r2', 'a2')]

  it('[T54] answers what that should have, which is not asked again when the line is lost', () => {
    const { ledger, effects } = after([...both, lost, heard('a2')])
    expect(effects).toEqual(['settle u1', 'settle u2'])
    expect(ledger).toEqual(noTurns)
  })

  it('[T54] waits for that end, should it still come', () => {
    expect(after([...both, ended('r2'), heard('a2')]).effects).toEqual(['settle u2'])
    expect(after([...both, ended('r2'), heard('a2'), ended('r1')]).effects).toEqual(['settle u2', 'settle u1'])
  })

  it('[T54] leaves a turn to the other whose sound has come', () => {
    const spoken = [taken('u1'), began('r1'), spoke('r1', 'a1'), taken('u2'), began('r2'), spoke('r2', 'a2')]
    expect(after([...spoken, ended('r2'), heard('a2')]).effects).toEqual(['settle u2'])
  })
})
