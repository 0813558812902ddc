import { describe, expect, it } from 'vitest'
import { chooseDevice, openingsOf, withOwnNames, type SoundDevice } from '../../../src/core/audio/device-choice.ts'

function device(id: number, name: string, of: Partial<SoundDevice> = {}): SoundDevice {
  const both = { inputChannels: 1, outputChannels: 2, isDefaultInput: false, isDefaultOutput: false }
  return { id, name, rateHz: 48_000, ...both, ...of }
}

const devices = [
  device(0, 'Built-in Speakers', { inputChannels: 0 }),
  device(1, 'Headset'),
  device(2, 'USB Headset Pro', { isDefaultInput: true }),
  device(3, 'headset', { isDefaultOutput: true }),
]

describe('choice of a device', () => {
  it.each([
    ['Headset', 1],
    ['headset', 3],
    ['HEADSET', 1],
    ['usb head', 2],
  ])('[A12] “%s” is found by its name: exactly, else in any case, else as a part', (wanted, id) => {
    expect(chooseDevice(devices, wanted, 'microphone')).toMatchObject({ type: 'chosen', device: { id } })
  })

  it('[A12] nothing wanted is the default of that direction, or the first that can when there is none', () => {
    expect(chooseDevice(devices, null, 'microphone')).toMatchObject({ type: 'chosen', device: { id: 2 } })
    expect(chooseDevice(devices, null, 'speaker')).toMatchObject({ type: 'chosen', device: { id: 3 } })
    expect(chooseDevice(devices.slice(0, 2), null, 'microphone')).toMatchObject({ type: 'chosen', device: { id: 1 } })
  })

  it('[A12] a name that is not there, or only in the other direction, gives the default instead', () => {
    expect(chooseDevice(devices, 'Gone', 'speaker')).toMatchObject({ type: 'instead', device: { id: 3 } })
    expect(chooseDevice(devices, 'Built-in Speakers', 'microphone')).toMatchObject({
      type: 'instead',
      device: { id: 2 },
    })
    expect(chooseDevice(devices.slice(0, 1), 'Gone', 'microphone')).toEqual({ type: 'none' })
  })

  it('[A345] of two devices of one name each can be chosen, and the one that is left is found', () => {
    const both = withOwnNames([
      device(0, 'USB Audio', { inputChannels: 0 }),
      device(1, 'USB Audio', { outputChannels: 0, isDefaultInput: true }),
      device(2, 'USB Audio', { outputChannels: 0 }),
    ])
    expect(both.map(({ name }) => name)).toEqual(['USB Audio', 'USB Audio', 'USB Audio (2)'])
    const idOf = (of: readonly SoundDevice[], wanted: string): number | undefined => {
      const choice = chooseDevice(of, wanted, 'microphone')
      return choice.type === 'chosen' ? choice.device.id : undefined
    }
    expect([idOf(both, 'USB Audio'), idOf(both, 'USB Audio (2)')]).toEqual([1, 2])
    const left = withOwnNames([device(2, 'USB Audio', { isDefaultInput: true })])
    expect(idOf(left, 'USB Audio (2)')).toBe(2)
  })

  it('[A14] a device is tried at our rate, then at its own, then as a pair', () => {
    expect(openingsOf(device(0, 'card'), 24_000)).toEqual([
      { rateHz: 24_000, channelCount: 1 },
      { rateHz: 48_000, channelCount: 1 },
      { rateHz: 48_000, channelCount: 2 },
    ])
  })
})
