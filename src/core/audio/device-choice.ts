// Which sound device is meant by a name. Names last, ids do not: they shift whenever a device comes or goes.

export type SoundPart = 'microphone' | 'speaker'

export interface SoundDevice {
  id: number
  name: string
  inputChannels: number
  outputChannels: number
  /** The rate that the device runs at by itself. */
  rateHz: number
  isDefaultInput: boolean
  isDefaultOutput: boolean
}

export type DeviceChoice =
  | { type: 'chosen'; device: SoundDevice }
  /** There is no device of that name; this is the default one. */
  | { type: 'instead'; device: SoundDevice }
  | { type: 'none' }

/** Two devices of one name are told apart by a number behind it, in the system's order. */
export function withOwnNames(devices: readonly SoundDevice[]): SoundDevice[] {
  return devices.map((device, at) => {
    // A microphone and a speaker of one name are never taken for each other.
    const before = devices.slice(0, at).filter((other) => other.name === device.name && isRival(other, device)).length
    return before === 0 ? device : { ...device, name: `${device.name} (${before + 1})` }
  })
}

const isRival = (one: SoundDevice, other: SoundDevice): boolean =>
  (one.inputChannels > 0 && other.inputChannels > 0) || (one.outputChannels > 0 && other.outputChannels > 0)

/** By name exactly, else without regard to case, else as a part of a name; the default when `wanted` is null. */
export function chooseDevice(devices: readonly SoundDevice[], wanted: string | null, part: SoundPart): DeviceChoice {
  const fit = devices.filter((device) => (part === 'microphone' ? device.inputChannels : device.outputChannels) > 0)
  const usual = fit.find((device) => (part === 'microphone' ? device.isDefaultInput : device.isDefaultOutput)) ?? fit[0]
  if (!usual) return { type: 'none' }
  if (wanted === null) return { type: 'chosen', device: part === 'microphone' ? awayFromBluetooth(fit, usual) : usual }
  // Of two of one name the other may be all that is left, and has the name to itself then.
  const named = findNamed(fit, wanted) ?? findNamed(fit, wanted.replace(/ \(\d\)$/u, ''))
  return named ? { type: 'chosen', device: named } : { type: 'instead', device: usual }
}

function findNamed(fit: readonly SoundDevice[], wanted: string): SoundDevice | undefined {
  const lower = wanted.toLowerCase()
  return (
    fit.find((device) => device.name === wanted) ??
    fit.find((device) => device.name.toLowerCase() === lower) ??
    fit.find((device) => device.name.toLowerCase().includes(lower))
  )
}

const bluetooth = /bluetooth|bluez|hands[- ]?free|\bhfp\b|\bhsp\b|air ?pods|\bbuds\b|\bW[HF]-\w/iu
const builtIn = /built[- ]?in|internal|macbook|imac|array|integrated|intern|integrad/iu

/**
 * Opening a Bluetooth headset's microphone makes its loudspeaker a telephone's (8 or 16 kHz): where the system names it as the
 * default and nobody asked for it, another one is taken, the computer's own first.
 */
function awayFromBluetooth(fit: readonly SoundDevice[], usual: SoundDevice): SoundDevice {
  if (!bluetooth.test(usual.name)) return usual
  const others = fit.filter(({ name }) => !bluetooth.test(name))
  return others.find(({ name }) => builtIn.test(name)) ?? others[0] ?? usual
}

/** The ways to open a device, best first: at our rate, at its own, and as a pair where it knows no single channel. */
export function openingsOf(device: SoundDevice, ourRateHz: number): { rateHz: number; channelCount: number }[] {
  return [
    { rateHz: ourRateHz, channelCount: 1 },
    { rateHz: device.rateHz, channelCount: 1 },
    { rateHz: device.rateHz, channelCount: 2 },
  ]
}
