// The real microphone: the frames of the sound process, whichever one is alive, and a word when they are all zeros.
import { createMuteDetector } from '../../core/audio/muted.ts'
import type { Microphone } from '../ports.ts'
import type { SoundProcess } from './sound-process.ts'

const mutedHint =
  'The microphone gives only silence. Check that it is not muted and that Parley may use it in the system’s settings.'

export function createDeviceMicrophone(sound: SoundProcess): Microphone {
  return {
    onFrame: (listen) => sound.on('message', (message) => message.type === 'frame' && listen(message.samples)),
    onEnd: () => () => undefined,
    onTrouble(listen) {
      const detector = createMuteDetector()
      const undos = [
        sound.on('trouble', (trouble) => trouble.part !== 'speaker' && listen(trouble)),
        sound.on('message', (message) => {
          if (message.type !== 'frame' || !detector.hear(message.samples)) return
          listen({ part: 'microphone', message: mutedHint, fatal: false })
        }),
      ]
      return () => undos.forEach((undo) => undo())
    },
    open: () => sound.open('microphone'),
    close: () => sound.close('microphone'),
  }
}
