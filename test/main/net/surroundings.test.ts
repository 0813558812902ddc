import { describe, expect, it } from 'vitest'
import { ownAddresses, watchSurroundings } from '../../../src/main/net/surroundings.ts'
import { createStillClock } from '../../support/still-clock.ts'

describe('what is around', () => {
  it('[C16] another address, a sleep and a clock that was set are each told once, standing still never', () => {
    const clock = createStillClock()
    let addresses = '192.0.2.1'
    let offsetMs = 0
    let told = 0
    const stop = watchSurroundings({
      clock: { ...clock, nowMs: () => clock.nowMs() + offsetMs },
      addresses: () => addresses,
      onChange: () => {
        told++
      },
    })
    const toldAfter = (change: () => void): number => {
      told = 0
      change()
      clock.pass(5_000)
      return told
    }
    expect(toldAfter(() => undefined)).toBe(0)
    expect(toldAfter(() => (addresses = '198.51.100.7'))).toBe(1)
    expect(toldAfter(() => (addresses = ''))).toBe(1)
    expect(toldAfter(() => (offsetMs += 2 * 60 * 60_000))).toBe(1)
    expect(toldAfter(() => (offsetMs -= 24 * 60 * 60_000))).toBe(1)
    stop()
    expect(clock.waiting()).toBe(0)
  })

  it('[C16] the addresses of this machine are told in one order, without loopback', () => {
    expect(ownAddresses()).toBe(ownAddresses())
    expect(ownAddresses().split(' ')).not.toContain('127.0.0.1')
  })
})
