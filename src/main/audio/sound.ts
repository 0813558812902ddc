// The sound of this computer: one sound process, and the microphone and the speaker that work through it.
import type { SoundPart } from '../../core/audio/device-choice.ts'
import type { Clock, Microphone, Speaker } from '../ports.ts'
import { forkHost, type StartHost } from './host-process.ts'
import { createDeviceMicrophone } from './microphone.ts'
import { createSoundProcess, type SoundProcess } from './sound-process.ts'
import { createDeviceSpeaker } from './speaker.ts'

export interface Sound extends Pick<SoundProcess, 'devices' | 'choose'> {
  microphone: Microphone
  speaker: Speaker
}

/** Opens nothing yet. @param devices wanted names, null for the system's default */
export function createSound(opts: {
  clock: Clock
  devices: Record<SoundPart, string | null>
  startHost?: StartHost
}): Sound {
  const sound = createSoundProcess({ ...opts, startHost: opts.startHost ?? (() => forkHost()) })
  return {
    microphone: createDeviceMicrophone(sound),
    speaker: createDeviceSpeaker(sound),
    devices: () => sound.devices(),
    choose: (devices) => sound.choose(devices),
  }
}
