// Silero's voice activity detector: the probability that somebody speaks, for every 32 ms of 16 kHz audio. What a turn
// is made of that, turn.ts decides.
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { join } from 'node:path'
import { createModelInput, voiceModel } from '../core/audio/voice-windows.ts'

export { windowMs, windowSamples } from '../core/audio/voice-windows.ts'

/** Follows one stream of audio. */
export type Listener = (window: Int16Array) => Promise<number>

export interface VoiceActivity {
  createListener(): Listener
  /** What was asked before is answered first; from then on all is silence. */
  close(): Promise<void>
}

/** @throws when the model is missing */
export async function loadVoiceActivity(modelsDir: string): Promise<VoiceActivity> {
  const session = await InferenceSession.create(join(modelsDir, voiceModel.file), voiceModel.threads)
  const sr = new Tensor('int64', BigInt64Array.of(BigInt(voiceModel.rateHz)), [])
  const running = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    createListener() {
      let state: Tensor = new Tensor('float32', new Float32Array(2 * 128), voiceModel.stateShape)
      const inputOf = createModelInput()
      return async (window) => {
        if (isClosed) return 0
        const input = inputOf(window)
        const run = session.run({ input: new Tensor('float32', input, [1, input.length]), state, sr })
        running.add(run)
        const made = await run.finally(() => running.delete(run))
        state = made['stateN'] ?? state
        return (made['output']?.data as Float32Array | undefined)?.[0] ?? 0
      }
    },
    async close() {
      isClosed = true
      await Promise.allSettled(running)
      await session.release()
    },
  }
}
