// Whether other sound devices are to be taken now that others are connected: the wanted one is back, the one in use is gone, or
// the system's default is another one. By name, since ids shift whenever a device comes or goes.
import { chooseDevice, type SoundDevice, type SoundPart } from './device-choice.ts'

export type DeviceNames = Record<SoundPart, string | null>

/** @param inUse names of what is open, null for what is not @param wanted null for the system's default */
export function areOthersBetter(devices: readonly SoundDevice[], inUse: DeviceNames, wanted: DeviceNames): boolean {
  return (['microphone', 'speaker'] as const).some((part) => {
    const choice = chooseDevice(devices, wanted[part], part)
    // With none at all there is nothing better; that it is gone is noticed by its silence.
    return inUse[part] !== null && choice.type !== 'none' && choice.device.name !== inUse[part]
  })
}

/** How long to wait until the list is asked for again: it costs some systems a good part of a second of work. */
export function lookAgainAfterMs(tookMs: number): number {
  return Math.min(10_000, Math.max(700, tookMs * 20))
}
