import { describe, expect, it } from 'vitest'
import { hasMoved, isMeant } from '../../src/renderer/hand-at-rest.ts'

const place = { left: 10, top: 200, width: 300, height: 120 }

describe('a click on a question', () => {
  it('[S32] is not meant for a card that moved or grew since it was seen', () => {
    expect(hasMoved(place, { ...place })).toBe(false)
    expect(hasMoved(place, { ...place, top: 203 })).toBe(false)
    for (const side of ['left', 'top', 'width', 'height'] as const)
      expect(hasMoved(place, { ...place, [side]: place[side] + 5 }), side).toBe(true)
  })

  it('[S32] is not meant when it is the second of a double click, or a program’s', () => {
    expect([0, 1, 2, 3].map((detail) => isMeant({ isTrusted: true, detail }))).toEqual([true, true, false, false])
    expect(isMeant({ isTrusted: false, detail: 1 })).toBe(false)
  })
})
