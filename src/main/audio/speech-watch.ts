// Is what the microphone gives speech? Judged in the sound process for as long as main wants it, and told with the frames. A
// stretch that is far too quiet for a voice costs the detector nothing. What is made of it: core/audio/speech-gate.ts.
import { levelDbfs } from '../../core/audio/pcm.ts'
import { windowMs } from '../../core/audio/voice-windows.ts'
import type { VoiceDetector } from './voice-detector.ts'

export interface SpeechWatch {
  /** Loads the detector on its first use. */
  listen(on: boolean): void
  /** The next of the microphone's sound, cleaned where that is done. 24 kHz mono. Resolves when it has been judged. */
  hear(samples: Int16Array): Promise<void>
  /** Of each moment since the last call: how probably it was speech. Undefined while it does not listen. */
  take(): number[] | undefined
  /** Nothing like a voice was heard for a while, and somebody would have noticed. */
  isCalm(): boolean
}

/** No voice is as quiet in front of any microphone that is switched on. */
export const silentDbfs = -72
/** So long a pause within speech is judged all the same, so that the model goes on with what it knows. */
const listenOnMs = 1_500
/** No sign of a voice, as core/audio/speech-gate.ts understands it, for so long: what comes is looked at less often. */
const signOfVoice = 0.1
const calmAfterMs = 1_500
const samplesPerMoment = windowMs * 24

export function createSpeechWatch(opts: {
  loadDetector: () => Promise<VoiceDetector>
  /** The detector is missing, or failed. */
  onUnable: () => void
}): SpeechWatch {
  let detector: VoiceDetector | null = null
  let loading: Promise<void> | null = null
  let isListening = false
  let isUnable = false
  let told: number[] = []
  let silentMs = 0
  let silentSamples = 0
  let calmMs = 0
  let queue: Promise<void> = Promise.resolve()

  function fail(): void {
    detector = null
    isUnable = true
    if (isListening) opts.onUnable()
  }

  async function load(): Promise<void> {
    try {
      detector = await opts.loadDetector()
    } catch {
      fail()
    }
  }

  async function judge(samples: Int16Array): Promise<void> {
    if (detector === null || !isListening) return
    silentMs = levelDbfs(samples) < silentDbfs ? silentMs + samples.length / 24 : 0
    if (silentMs > listenOnMs) {
      calmMs += samples.length / 24
      skip(samples.length)
      return
    }
    if (silentSamples > 0) detector.forget()
    silentSamples = 0
    for (const { speech, ms } of await detector.hear(samples)) {
      calmMs = speech < signOfVoice ? calmMs + ms : 0
      told.push(speech)
    }
  }

  /** What is not judged is none. */
  function skip(samples: number): void {
    silentSamples += samples
    for (; silentSamples > samplesPerMoment; silentSamples -= samplesPerMoment) told.push(0)
  }

  return {
    listen(on) {
      if (on && !isListening) detector?.forget()
      isListening = on
      calmMs = 0
      told = []
      if (!on) return
      loading ??= load()
      if (isUnable) opts.onUnable()
    },
    hear(samples) {
      if (isListening && detector !== null) queue = queue.then(() => judge(samples)).catch(fail)
      return queue
    },
    isCalm: () => isListening && detector !== null && calmMs > calmAfterMs,
    take() {
      if (!isListening || detector === null) return undefined
      const since = told
      told = []
      return since
    },
  }
}
