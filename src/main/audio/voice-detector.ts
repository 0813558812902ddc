// Is the microphone's sound speech? Silero's model beside the player, in the sound process, so that the voice gives way
// before anybody else has heard of it. Loaded when it is first needed. What follows from it: core/turn/interruption.ts.
import { sampleRateHz } from '../../core/audio/pcm.ts'
import { createSampleQueue } from '../../core/audio/sample-queue.ts'
import { voiceModel, windowMs, windowSamples } from '../../core/audio/voice-windows.ts'
import { loadVoiceActivity, type Listener, type VoiceActivity } from '../../speech/voice-activity.ts'
import { createResampler } from './resample.ts'

export interface VoiceDetector {
  /**
   * @param samples 24 kHz mono, the next of the microphone
   * @returns of each moment that is complete now: how probably it is speech, and the time since the last one
   */
  hear(samples: Int16Array): Promise<{ speech: number; ms: number }[]>
  /** What comes is not the continuation of what came. */
  forget(): void
}

/** So many hear the same sound, each a part of a window behind the other: speech is noticed so much earlier. */
const usualPhases = 4
export const hopMs = windowMs / usualPhases

const models = new Map<string, Promise<VoiceActivity>>()

/** One for all who hear: what one stream was is in its listener. */
function loadModel(modelsDir: string): Promise<VoiceActivity> {
  const model = models.get(modelsDir) ?? loadVoiceActivity(modelsDir)
  models.set(modelsDir, model)
  return model
}

/**
 * @param phases how many hear: 4 tell 24 ms sooner than 1, for four times the work
 * @throws when the model or its runtime is missing
 */
export async function loadVoiceDetector(modelsDir: string, phases: 1 | 4 = usualPhases): Promise<VoiceDetector> {
  const model = await loadModel(modelsDir)
  const resampler = await createResampler(sampleRateHz, voiceModel.rateHz)
  const hop = windowSamples / phases
  const fresh = () => ({
    queue: createSampleQueue(),
    before: new Int16Array(windowSamples - hop),
    listeners: Array.from({ length: phases }, (): Listener => model.createListener()),
    next: 0,
  })
  let state = fresh()

  return {
    async hear(samples) {
      const own = state
      own.queue.push(resampler.push(samples))
      const moments: { speech: number; ms: number }[] = []
      while (own.queue.length() >= hop) {
        const window = new Int16Array(windowSamples)
        window.set(own.before)
        window.set(own.queue.take(hop), windowSamples - hop)
        own.before = window.slice(hop)
        const listener = own.listeners[own.next++ % phases]
        if (listener) moments.push({ speech: await listener(window), ms: windowMs / phases })
      }
      return moments
    },
    forget: () => void (state = fresh()),
  }
}
