import { describe, expect, it } from 'vitest'
import { barSize, placeOn, readBarPlaces, withPlace } from '../../../src/main/shell/bar-place.ts'
import { barRules, createBarShown, isBusy } from '../../../src/main/shell/bar-shown.ts'
import { createStillClock } from '../../support/still-clock.ts'

describe('when the bar is seen', () => {
  function followed() {
    const clock = createStillClock()
    const happened: string[] = []
    const bar = createBarShown({ clock, show: () => happened.push('show'), hide: () => happened.push('hide') })
    const now = { isOn: true, isWindowInFront: false, isBusy: false }
    return { clock, happened, follow: (some: Partial<typeof now>) => bar.follow(Object.assign(now, some)) }
  }

  it('[X74] while somebody talks, and until five seconds of quiet have passed', () => {
    const { clock, happened, follow } = followed()
    follow({})
    expect(happened).toEqual([])
    follow({ isBusy: true })
    follow({ isBusy: true })
    expect(happened).toEqual(['show'])
    follow({ isBusy: false })
    clock.pass(barRules.quietMs - 1)
    follow({ isBusy: true })
    clock.pass(10 * barRules.quietMs)
    expect(happened).toEqual(['show'])
    follow({ isBusy: false })
    clock.pass(barRules.quietMs)
    expect(happened).toEqual(['show', 'hide'])
    expect(clock.waiting()).toBe(0)
  })

  it('[X74] never while it is switched off or the window is in front', () => {
    const { happened, follow } = followed()
    follow({ isOn: false, isBusy: true })
    follow({ isOn: true, isWindowInFront: true })
    expect(happened).toEqual([])
    follow({ isWindowInFront: false })
    follow({ isWindowInFront: true })
    follow({ isWindowInFront: false })
    follow({ isOn: false })
    expect(happened).toEqual(['show', 'hide', 'show', 'hide'])
  })

  it('[X74] what goes on is a key held, somebody heard, an answer made or spoken, and a question that waits', () => {
    expect(isBusy({ presence: 'idle', talking: 'up' }, 0)).toBe(false)
    expect(isBusy({ presence: 'offline', talking: 'up' }, 0)).toBe(false)
    expect(isBusy({ presence: 'muted', talking: 'up' }, 0)).toBe(false)
    expect(isBusy({ presence: 'idle', talking: 'held' }, 0)).toBe(true)
    for (const presence of ['listening', 'thinking', 'speaking'] as const)
      expect(isBusy({ presence, talking: 'up' }, 0)).toBe(true)
    expect(isBusy({ presence: 'idle', talking: 'up' }, 1)).toBe(true)
  })
})

describe('where the bar stands', () => {
  const left = { id: 1, workArea: { x: 0, y: 30, width: 1_920, height: 1_050 } }
  const right = { id: 2, workArea: { x: 1_920, y: 0, width: 1_280, height: 720 } }

  it('[X75] below the middle of a screen at first, then where it was put on each', () => {
    expect(placeOn({}, left)).toEqual({ x: 730, y: 924, ...barSize })
    const put = withPlace(withPlace({}, left, { x: 10, y: 40 }), right, { x: 2_000, y: 5 })
    const kept = readBarPlaces(JSON.stringify(put))
    expect(placeOn(kept, left)).toMatchObject({ x: 10, y: 40 })
    expect(placeOn(kept, right)).toMatchObject({ x: 2_000, y: 5 })
  })

  it('[X75] whole on a screen that has become smaller, and usual where what was kept can’t be read', () => {
    const kept = withPlace({}, left, { x: 1_900, y: 1_000 })
    const small = { id: 1, workArea: { x: 0, y: 0, width: 800, height: 600 } }
    expect(placeOn(kept, small)).toEqual({ x: 800 - barSize.width, y: 600 - barSize.height, ...barSize })
    for (const text of ['', '[]', '{"1":{"x":-1,"y":0}}', '{"1":{"x":"0","y":0}}'])
      expect(readBarPlaces(text)).toEqual({})
  })
})
