// The sound of this computer: one sound process, and the microphone and the speaker that work through it.
import type { SoundPart } from '../../core/audio/device-choice.ts'
import { usualCleaning, type CleaningChoice, type EchoView } from '../../core/audio/echo-view.ts'
import type { Clock, Microphone, Speaker, Undo } from '../ports.ts'
import { forkHost, type StartHost } from './host-process.ts'
import { createDeviceMicrophone } from './microphone.ts'
import { isUsualSpeakerMuted, type MicrophonePermission } from './silence-cause.ts'
import { createSoundProcess, type SoundProcess } from './sound-process.ts'
import { createDeviceSpeaker } from './speaker.ts'

export interface Sound extends Pick<SoundProcess, 'devices' | 'choose'> {
  microphone: Microphone
  speaker: Speaker
  /** Both are opened soon. */
  prepare?: () => void
  /** What becomes of the echo and the noise in the microphone, from now on. */
  clean(choice: CleaningChoice): void
  /** How that stands, whenever it changes. */
  onEcho(listen: (view: EchoView) => void): Undo
}

/** Opens nothing yet. @param devices wanted names, null for the system's default */
export function createSound(opts: {
  clock: Clock
  devices: Record<SoundPart, string | null>
  startHost?: StartHost
  permission?: MicrophonePermission
  /** Of the speaker that is the system's default; null where it is not known. */
  isSpeakerMuted?: () => Promise<boolean | null>
}): Sound {
  const sound = createSoundProcess({ ...opts, startHost: opts.startHost ?? (() => forkHost()) })
  const { isSpeakerMuted = isUsualSpeakerMuted } = opts
  let names = opts.devices
  let cleaning = usualCleaning
  const tellCleaning = (): void => void sound.post({ type: 'clean', choice: cleaning })
  sound.on('started', tellCleaning)
  return {
    microphone: createDeviceMicrophone(sound, opts.permission ?? (() => 'unknown')),
    speaker: createDeviceSpeaker(sound, () => (names.speaker === null ? isSpeakerMuted() : Promise.resolve(null))),
    prepare: () => sound.prepare(),
    devices: () => sound.devices(),
    choose(devices) {
      names = devices
      sound.choose(devices)
    },
    clean(choice) {
      cleaning = choice
      tellCleaning()
    },
    onEcho: (listen) => sound.on('message', (message) => message.type === 'echo' && listen(message.view)),
  }
}
