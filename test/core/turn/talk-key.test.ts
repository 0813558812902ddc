import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  lostAtMs,
  stepTalkKey,
  talkKeyRules,
  talkKeyUp,
  type TalkKeyAct,
  type TalkKeyEvent,
} from '../../../src/core/turn/talk-key.ts'

/** What comes of edges, each `[after how many ms, which]`. */
function acts(...edges: [afterMs: number, event: TalkKeyEvent][]): TalkKeyAct[] {
  let state = talkKeyUp
  let nowMs = 0
  const done: TalkKeyAct[] = []
  for (const [afterMs, event] of edges) {
    nowMs += afterMs
    const step = stepTalkKey(state, event, nowMs)
    state = step.state
    if (step.act) done.push(step.act)
  }
  return done
}

describe('the talk key', () => {
  it('[X1] held, it talks until it is let go; auto-repeat changes nothing', () => {
    expect(acts([0, 'down'], [400, 'down'], [30, 'down'], [30, 'down'])).toEqual(['press'])
    expect(acts([0, 'down'], [400, 'down'], [30, 'down'], [30, 'up'])).toEqual(['press', 'release'])
  })

  it('[X1] tapped, it stays on until the next tap, which ends as it goes down', () => {
    const tap: [number, TalkKeyEvent][] = [
      [0, 'down'],
      [talkKeyRules.tapMs - 1, 'up'],
    ]
    expect(acts(...tap)).toEqual(['press'])
    expect(acts(...tap, [5_000, 'down'])).toEqual(['press', 'release'])
    expect(acts(...tap, [5_000, 'down'], [900, 'down'], [50, 'up'])).toEqual(['press', 'release'])
    expect(acts(...tap, [5_000, 'down'], [50, 'up'], [100, 'down'])).toEqual(['press', 'release', 'press'])
  })

  it('[X1] is let go when its end can’t be heard, held or latched', () => {
    expect(acts([0, 'down'], [100, 'lost'], [500, 'up'])).toEqual(['press', 'release'])
    expect(acts([0, 'down'], [100, 'up'], [500, 'lost'])).toEqual(['press', 'release'])
    expect(acts([0, 'lost'])).toEqual([])
  })

  it('[X2] counts as lost 30 s after its last sign, however long it is held', () => {
    const { state } = stepTalkKey(talkKeyUp, 'down', 1_000)
    expect(lostAtMs(state)).toBe(31_000)
    const repeated = stepTalkKey(state, 'down', 25_000).state
    expect(lostAtMs(repeated)).toBe(55_000)
    expect(lostAtMs(stepTalkKey(repeated, 'up', 26_000).state)).toBeNull()
    expect(lostAtMs(stepTalkKey(state, 'up', 1_100).state)).toBeNull()
  })

  it('[X1] whatever the edges: presses and releases take turns, beginning with a press', () => {
    const event = fc.constantFrom<TalkKeyEvent>('down', 'up', 'lost')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2_000), event)), (edges) => {
        const wanted = acts(...edges).map((_, at) => (at % 2 === 0 ? 'press' : 'release'))
        expect(acts(...edges)).toEqual(wanted)
        expect(acts(...edges, [0, 'lost']).length % 2).toBe(0)
      }),
    )
  })
})
