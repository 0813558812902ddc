// Silero's voice activity detector: the probability that somebody speaks, for every 32 ms of 16 kHz audio. What a turn
// is made of that, turn.ts decides.
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { join } from 'node:path'

export const windowSamples = 512
export const windowMs = 32
/** The model sees the end of the window before, as it was trained. */
const contextSamples = 64

/** Follows one stream of audio. */
export type Listener = (window: Int16Array) => Promise<number>

export interface VoiceActivity {
  createListener(): Listener
  close(): Promise<void>
}

/** @throws when the model is missing */
export async function loadVoiceActivity(modelsDir: string): Promise<VoiceActivity> {
  // A run takes 0.15 ms: more threads would only wake each other.
  const session = await InferenceSession.create(join(modelsDir, 'silero_vad_v6.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  })
  const sr = new Tensor('int64', BigInt64Array.of(16_000n), [])
  return {
    createListener() {
      let state: Tensor = new Tensor('float32', new Float32Array(2 * 128), [2, 1, 128])
      const input = new Float32Array(contextSamples + windowSamples)
      return async (window) => {
        input.copyWithin(0, windowSamples)
        for (let at = 0; at < windowSamples; at++) input[contextSamples + at] = (window[at] ?? 0) / 32_768
        const made = await session.run({ input: new Tensor('float32', input, [1, input.length]), state, sr })
        state = made['stateN'] ?? state
        return (made['output']?.data as Float32Array)[0] ?? 0
      }
    },
    close: () => session.release(),
  }
}
