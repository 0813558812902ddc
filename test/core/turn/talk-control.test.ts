import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  controlUp,
  stepTalkControl,
  tapWithinMs,
  type TalkControl,
  type TalkEdge,
} from '../../../src/core/turn/talk-control.ts'

/** What comes of edges, each `[after how many ms, which, when by the hand's clock]`. */
function acts(edges: readonly [afterMs: number, edge: TalkEdge, handMs?: number][], latches = true): string[] {
  let control: TalkControl = controlUp
  let atMs = 0
  const done: string[] = []
  for (const [afterMs, edge, handMs = null] of edges) {
    atMs += afterMs
    const step = stepTalkControl(control, edge, { atMs, handMs }, latches)
    control = step.control
    if (step.act !== 'nothing') done.push(step.act)
  }
  return done
}

const tap: [number, TalkEdge][] = [
  [0, 'down'],
  [tapWithinMs - 1, 'up'],
]

describe('the talk control', () => {
  it('[X1] held, it talks until it is let go; auto-repeat changes nothing', () => {
    const held: [number, TalkEdge][] = [
      [0, 'down'],
      [400, 'down'],
      [30, 'down'],
    ]
    expect(acts(held)).toEqual(['press'])
    expect(acts([...held, [30, 'up']])).toEqual(['press', 'release'])
  })

  it('[X1] tapped, it stays on until the next tap, which ends as it goes down', () => {
    expect(acts(tap)).toEqual(['press'])
    expect(acts([...tap, [5_000, 'down']])).toEqual(['press', 'release'])
    expect(acts([...tap, [5_000, 'down'], [900, 'down'], [50, 'up']])).toEqual(['press', 'release'])
    expect(acts([...tap, [5_000, 'down'], [50, 'up'], [100, 'down']])).toEqual(['press', 'release', 'press'])
  })

  it('[X1] where the voice listens anyway, a tap ends as it is let go', () => {
    expect(acts(tap, false)).toEqual(['press', 'release'])
  })

  it.each<[string, [number, number], [number, number], string[]]>([
    ['a long press told all at once is no tap', [0, 9_000], [1, 9_000 + tapWithinMs], ['press', 'release']],
    ['a tap whose end is told late is one', [0, 9_000], [5_000, 9_000 + tapWithinMs - 1], ['press']],
    ['a hand’s clock that stands still says nothing', [0, 9_000], [tapWithinMs, 9_000], ['press', 'release']],
    ['nor does one that went back', [0, 9_000], [tapWithinMs - 1, 20], ['press']],
  ])('[X1] %s', (_, [downMs, downHandMs], [upMs, upHandMs], done) => {
    expect(
      acts([
        [downMs, 'down', downHandMs],
        [upMs, 'up', upHandMs],
      ]),
    ).toEqual(done)
  })

  it('[X1] is let go when its end can’t be heard, held or latched', () => {
    expect(
      acts([
        [0, 'down'],
        [100, 'lost'],
        [500, 'up'],
      ]),
    ).toEqual(['press', 'release'])
    expect(acts([...tap, [500, 'lost']])).toEqual(['press', 'release'])
    expect(acts([[0, 'lost']])).toEqual([])
  })

  it('[X1] whatever the edges, presses and releases take turns, and nothing stays pressed after a loss', () => {
    const edge = fc.constantFrom<TalkEdge>('down', 'up', 'lost')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2_000), edge)), fc.boolean(), (edges, latches) => {
        const done = acts(edges, latches)
        expect(done).toEqual(done.map((_, at) => (at % 2 === 0 ? 'press' : 'release')))
        expect(acts([...edges, [0, 'lost']], latches).length % 2).toBe(0)
      }),
    )
  })
})
