import { describe, expect, it } from 'vitest'
import { createTalkControl } from '../../../src/main/app/talk-control.ts'
import { createStillClock } from '../../support/still-clock.ts'

function open() {
  const clock = createStillClock()
  const done: string[] = []
  const control = createTalkControl({
    clock,
    latches: () => true,
    press: () => done.push('press'),
    release: () => done.push('release'),
    onMoved: () => undefined,
  })
  return { clock, done, control }
}

describe('one talk control for button and key', () => {
  it('[X2] a held key without a sign is let go after 30 s', () => {
    const { clock, done, control } = open()
    control.edge('down')
    clock.pass(29_999)
    expect(control.talking()).toBe('held')
    clock.pass(1)
    expect(control.talking()).toBe('up')
    control.edge('up')
    expect(done).toEqual(['press', 'release'])
    expect(clock.waitsMs()).toEqual([])
  })

  it('[X2] auto-repeat is a sign: a minute of holding stays one press', () => {
    const { clock, done, control } = open()
    control.edge('down')
    for (let passedMs = 0; passedMs < 60_000; passedMs += 20_000) {
      clock.pass(20_000)
      control.edge('down')
    }
    expect(control.talking()).toBe('held')
    control.edge('up')
    clock.pass(60_000)
    expect(done).toEqual(['press', 'release'])
  })

  it('[X1] a long press that a busy machine tells all at once is held and let go', () => {
    const { done, control } = open()
    control.edge('down', 70_000)
    control.edge('up', 70_700)
    expect([control.talking(), done]).toEqual(['up', ['press', 'release']])
  })

  it('[X2] what a tap began is no held key', () => {
    const { clock, done, control } = open()
    control.edge('down')
    clock.pass(100)
    control.edge('up')
    clock.pass(120_000)
    expect(control.talking()).toBe('latched')
    expect(done).toEqual(['press'])
  })
})
