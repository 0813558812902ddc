// The real microphone: the frames of the sound process, whichever one is alive, and a word when they are all zeros, clip, or
// hold somebody who is hardly heard.
import { createCaptureWatch, type CaptureFault } from '../../core/audio/capture-watch.ts'
import { levelDbfs } from '../../core/audio/pcm.ts'
import type { Microphone } from '../ports.ts'
import { findSilenceCause, type MicrophonePermission, type SilenceCause } from './silence-cause.ts'
import type { SoundProcess } from './sound-process.ts'

const silent: Record<SilenceCause, string> = {
  denied:
    'The system does not let Parley use the microphone. Allow it in the system’s privacy settings, then try again.',
  muted: 'The microphone is muted in the system. Turn it on in the system’s sound settings or by its own switch.',
  on: 'The microphone is on, but gives only silence. Check its cable and its own switch, or choose another one in the settings.',
  unknown:
    'The microphone gives only silence. Check that it is not muted and that Parley may use it in the system’s settings.',
}
const faults: Record<Exclude<CaptureFault, 'zeros'>, string> = {
  quiet: 'You are hard to hear. Come closer to the microphone, or raise its level in the system’s sound settings.',
  clips:
    'The microphone is too loud and distorts. Lower its level in the system’s sound settings, or move away from it.',
}

export function createDeviceMicrophone(sound: SoundProcess, permission: MicrophonePermission): Microphone {
  let isListening = false
  const listen = (): void => void sound.post({ type: 'watch-speech', on: isListening })
  sound.on('started', listen)
  return {
    speech: {
      listen(on) {
        if (on === isListening) return
        isListening = on
        listen()
      },
      onJudged: (hear) =>
        sound.on('message', (message) => {
          if (message.type === 'no-speech-watch') hear(null)
          if (message.type === 'frame' && message.speech !== undefined) hear(message.speech)
        }),
    },
    onFrame: (listen) => sound.on('message', (message) => message.type === 'frame' && listen(message.samples)),
    onEnd: () => () => undefined,
    onTrouble(listen) {
      const watch = createCaptureWatch()
      let isVoiceOn = false
      const tell = (message: string): void => listen({ part: 'microphone', message, fatal: false })
      const undos = [
        sound.on('trouble', (trouble) => trouble.part !== 'speaker' && listen(trouble)),
        sound.on('message', (message) => {
          if (message.type === 'progress') isVoiceOn = message.at !== null
          if (message.type !== 'frame') return
          const fault = watch.hear(message.rawPeak, levelDbfs(message.samples), isVoiceOn)
          if (fault === 'zeros') void findSilenceCause(permission).then((cause) => tell(silent[cause]))
          else if (fault !== null) tell(faults[fault])
        }),
      ]
      return () => undos.forEach((undo) => undo())
    },
    open: () => sound.open('microphone'),
    close: () => sound.close('microphone'),
  }
}
