import { describe, expect, it } from 'vitest'
import { createBehindSound } from '../../../src/main/voice/behind-sound.ts'
import { createStillClock } from '../../support/still-clock.ts'

function begin() {
  const clock = createStillClock()
  const marks: (() => void)[] = []
  const line = { sentMs: 0, provenMs: 0, endedMs: 0 }
  const known: [string, number][] = []
  let isHearing = false
  const behind = createBehindSound({
    clock,
    uplink: {
      then: (_, act) => void marks.push(act),
      sentMs: () => line.sentMs,
      provenMs: () => line.provenMs,
      endedMs: () => line.endedMs,
    },
    isHearing: () => isHearing,
    onKnown: (turn, turns) => known.push([turn, turns]),
  })
  return { clock, marks, line, known, behind, hears: (is: boolean) => void (isHearing = is) }
}

describe('words typed while sound waits', () => {
  it('[V69] wait until the line has all that was said before them, and has shown what it makes of it', () => {
    const { clock, marks, line, known, behind } = begin()
    behind.add('u')
    clock.pass(10_000)
    expect(known).toEqual([])
    line.sentMs = 1_000
    marks[0]?.()
    clock.pass(600)
    expect(known).toEqual([])
    line.provenMs = 1_000
    clock.pass(60)
    expect(known).toEqual([['u', 0]])
    expect(behind.isOpen()).toBe(false)
  })

  it('[V69] come behind what is being heard then, and before what begins where they stand', () => {
    const one = begin()
    one.behind.add('u')
    Object.assign(one.line, { sentMs: 1_000, provenMs: 1_000 })
    one.marks[0]?.()
    one.hears(true)
    one.clock.pass(500)
    expect(one.known).toEqual([['u', 1]])
    const other = begin()
    other.behind.add('u')
    other.line.sentMs = 1_000
    other.marks[0]?.()
    other.behind.hearing(200)
    expect(other.known).toEqual([])
    // A service tells of the silence before the first sound, too.
    other.behind.hearing(750)
    expect(other.known).toEqual([['u', 0]])
  })

  it('[V69] go on waiting on the next line, unless the lost one had made turns of all before them', () => {
    const { clock, marks, line, known, behind } = begin()
    behind.add('u')
    line.sentMs = 1_000
    marks[0]?.()
    behind.lose(() => 0)
    clock.pass(10_000)
    expect(known).toEqual([])
    marks[0]?.()
    line.endedMs = 1_000
    behind.lose(() => 2)
    expect(known).toEqual([['u', 2]])
  })
})
