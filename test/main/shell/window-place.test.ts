import { describe, expect, it } from 'vitest'
import { readPlace, shownPlace } from '../../../src/main/shell/window-place.ts'

const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1000 },
]
const place = { x: 2_000, y: 40, width: 900, height: 700, maximized: false }

describe('where the window opens', () => {
  it('[W71] where it was, with room for the list the first time, and never where no screen is', () => {
    const usual = shownPlace(null, screens)
    expect(usual.width).toBeGreaterThanOrEqual(900)
    expect(shownPlace(place, screens)).toEqual({ x: 2_000, y: 40, width: 900, height: 700 })
    expect(shownPlace(place, screens.slice(0, 1))).toEqual(usual)
    expect(shownPlace({ ...place, y: -300 }, screens)).toEqual(usual)
    expect(shownPlace({ ...place, width: 5_000 }, screens)).toMatchObject({ width: 1_280 })
  })

  it('[W71] what is no place is none', () => {
    expect(readPlace(JSON.stringify(place))).toEqual(place)
    for (const text of ['', '{', '[]', '{"x":1}', JSON.stringify({ ...place, width: 'wide' })])
      expect(readPlace(text)).toBeNull()
  })
})
