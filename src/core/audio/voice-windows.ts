// Silero's voice activity model as it wants to be asked: windows of 32 ms at 16 kHz, each behind the end of the one before.
// Who runs the model, and what is made of its probabilities, is its callers' business.

export const windowSamples = 512
export const windowMs = 32
/** The model sees the end of the window before, as it was trained. */
const contextSamples = 64

export const voiceModel = {
  file: 'silero_vad_v6.onnx',
  rateHz: 16_000,
  stateShape: [2, 1, 128],
  inputSamples: contextSamples + windowSamples,
  /** A run takes 0.15 ms: more threads would only wake each other. */
  threads: { intraOpNumThreads: 1, interOpNumThreads: 1 },
} as const

/** Puts a window behind the end of the one before. The result is one and the same array at every call. */
export function createModelInput(): (window: Int16Array) => Float32Array {
  const input = new Float32Array(voiceModel.inputSamples)
  return (window) => {
    input.copyWithin(0, windowSamples)
    for (let at = 0; at < windowSamples; at++) input[contextSamples + at] = (window[at] ?? 0) / 32_768
    return input
  }
}
