// Whether the voice speaks into a speaker that the system has muted: looked at when it begins to speak, told once for each time. How
// the system is asked is silence-cause.ts's.
import type { Undo } from '../../core/emitter.ts'
import type { SoundTrouble } from '../ports.ts'
import type { SoundProcess } from './sound-process.ts'

const muted: SoundTrouble = {
  part: 'speaker',
  message:
    'The speaker is muted in the system: the voice speaks and is not heard. Turn it on in the system’s sound settings or by its own switch.',
  fatal: false,
}

/** @param isMuted null where it is not known, or the speaker in use is another one */
export function watchSpeakerMute(
  sound: Pick<SoundProcess, 'on'>,
  isMuted: () => Promise<boolean | null>,
  tell: (trouble: SoundTrouble) => void,
): Undo {
  let isSounding = false
  let isTold = false
  async function look(): Promise<void> {
    const now = await isMuted()
    if (now === true && !isTold) tell(muted)
    isTold = now === true
  }
  return sound.on('message', (message) => {
    if (message.type !== 'progress') return
    if (message.at !== null && !isSounding) void look()
    isSounding = message.at !== null
  })
}
