// The microphone's door while the voice speaks and its echo can't be taken out: nothing goes through, unless somebody is
// clearly louder than all that the voice would be. What was said just before the door opened goes first.
import { frameSamples } from './pcm.ts'
import { createPreroll } from './preroll.ts'

export interface HalfDuplex {
  /**
   * What is sent for these 20 ms: the frame, silence in its place, or, when the door opens, what was held back and it.
   * @param isVoiceOn the voice may be in this frame
   * @param expectedDbfs how loud the voice would be in it at most
   */
  pass(frame: Int16Array, levelDbfs: number, isVoiceOn: boolean, expectedDbfs: number): Int16Array[]
  /** Open though the voice speaks: somebody speaks up. */
  isSpokenOver(): boolean
}

const rules = {
  aboveDb: 9,
  leastDbfs: -40,
  /** Eight of ten frames: a cough and a door are shorter. */
  loudFrames: 8,
  ofFrames: 10,
  /** Nobody was loud for so long: the door closes again. */
  closeAfterFrames: 50,
  heldMs: 300,
}

export function createHalfDuplex(): HalfDuplex {
  const held = createPreroll(rules.heldMs)
  let recent: boolean[] = []
  let isSpeaking = false
  let quietFrames = 0

  return {
    pass(frame, levelDbfs, isVoiceOn, expectedDbfs) {
      if (!isVoiceOn) {
        isSpeaking = false
        recent = []
        held.drain()
        return [frame]
      }
      const isLoud = levelDbfs > Math.max(rules.leastDbfs, expectedDbfs + rules.aboveDb)
      recent = [...recent, isLoud].slice(-rules.ofFrames)
      quietFrames = isLoud ? 0 : quietFrames + 1
      if (isSpeaking && quietFrames > rules.closeAfterFrames) isSpeaking = false
      if (isSpeaking) return [frame]
      if (recent.filter(Boolean).length >= rules.loudFrames) {
        isSpeaking = true
        return [...held.drain(), frame]
      }
      held.push(frame)
      return [new Int16Array(frameSamples)]
    },
    isSpokenOver: () => isSpeaking,
  }
}
