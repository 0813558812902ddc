import { describe, expect, it } from 'vitest'
import { chooseDevice, type SoundDevice } from '../../../src/core/audio/device-choice.ts'
import { areOthersBetter } from '../../../src/core/audio/device-following.ts'

const device = (name: string, is: Partial<SoundDevice> = {}): SoundDevice => ({
  id: 0,
  name,
  inputChannels: 1,
  outputChannels: 2,
  rateHz: 48_000,
  isDefaultInput: false,
  isDefaultOutput: false,
  ...is,
})
const app = device('App speakers', { isDefaultInput: true, isDefaultOutput: true })
const usual = { microphone: null, speaker: null }

describe('following the devices', () => {
  it('[A207] the preferred device is taken again when it is back, at whatever place in the list', () => {
    const wanted = { microphone: 'Yeti', speaker: null }
    const inUse = { microphone: 'App speakers', speaker: 'App speakers' }
    expect(areOthersBetter([app], inUse, wanted)).toBe(false)
    expect(areOthersBetter([device('Other'), device('Yeti'), app], inUse, wanted)).toBe(true)
    expect(areOthersBetter([app, device('Yeti')], { ...inUse, microphone: 'Yeti' }, wanted)).toBe(false)
  })

  it('[A207] another default of the system is followed, unless a device was chosen by name', () => {
    const inUse = { microphone: 'App speakers', speaker: 'App speakers' }
    const moved = [
      { ...app, isDefaultInput: false, isDefaultOutput: false },
      device('Hall', { isDefaultInput: true, isDefaultOutput: true }),
    ]
    expect(areOthersBetter(moved, inUse, usual)).toBe(true)
    expect(areOthersBetter(moved, inUse, { microphone: 'App speakers', speaker: 'App speakers' })).toBe(false)
  })

  it('[A207] what is not open, and an empty list, change nothing', () => {
    expect(areOthersBetter([app], usual, { microphone: 'App speakers', speaker: null })).toBe(false)
    expect(areOthersBetter([], { microphone: 'Yeti', speaker: 'Yeti' }, usual)).toBe(false)
  })

  it('[A208] a Bluetooth headset leaves the microphone to the computer, unless it is asked for', () => {
    const pods = device('Anna’s AirPods', { isDefaultInput: true, isDefaultOutput: true })
    const found = [pods, device('Dock line in'), device('MacBook Microphone', { outputChannels: 0 })]
    expect(chooseDevice(found, null, 'microphone')).toMatchObject({ device: { name: 'MacBook Microphone' } })
    expect(chooseDevice(found, null, 'speaker')).toMatchObject({ device: { name: 'Anna’s AirPods' } })
    expect(chooseDevice(found, 'AirPods', 'microphone')).toMatchObject({ device: { name: 'Anna’s AirPods' } })
    expect(chooseDevice([pods], null, 'microphone')).toMatchObject({ device: { name: 'Anna’s AirPods' } })
  })
})
