// Changes the rate of mono PCM16 with the Speex resampler (WebAssembly), piece by piece without seams.
import { createSampleQueue } from '../../core/audio/sample-queue.ts'
import createSpeexResampler, { type SpeexResampler } from '@echogarden/speex-resampler-wasm/simd'

export interface Resampler {
  /** Any number of samples; the result lags by about a millisecond of look-ahead. */
  push(samples: Int16Array): Int16Array
  /** What the look-ahead still holds. Nothing may be pushed afterwards. */
  flush(): Int16Array
  close(): void
}

/** Of 0–10. Measured for speech: 97 dB signal to noise at 1 kHz, an alias at 15 kHz 90 dB down, 4–14 µs per 10 ms. */
const quality = 3
const chunkSamples = 4_096

let loading: Promise<SpeexResampler> | null = null

export async function createResampler(fromHz: number, toHz: number): Promise<Resampler> {
  const same = (samples: Int16Array): Int16Array => samples
  if (fromHz === toHz) return { push: same, flush: () => new Int16Array(0), close: () => undefined }
  loading ??= createSpeexResampler()
  return openResampler(await loading, fromHz, toHz)
}

function openResampler(speex: SpeexResampler, fromHz: number, toHz: number): Resampler {
  const outputSamples = Math.ceil((chunkSamples * toHz) / fromHz) + 64
  // One block of memory: input, output, then the two lengths that the call reads and corrects.
  const input = speex._malloc((chunkSamples + outputSamples) * 2 + 16)
  const output = input + chunkSamples * 2
  const lengths = Math.ceil((output + outputSamples * 2) / 4) * 4
  const state = speex._speex_resampler_init(1, fromHz, toHz, quality, lengths)
  if (state === 0) throw new Error(`no resampling from ${fromHz} to ${toHz} Hz`)
  // Leaves out the silence that the filter would begin with, so that the first sample out is the first one in.
  speex._speex_resampler_skip_zeros(state)

  function process(samples: Int16Array): Int16Array {
    speex.HEAP16.set(samples, input / 2)
    speex.HEAPU32[lengths / 4] = samples.length
    speex.HEAPU32[lengths / 4 + 1] = outputSamples
    speex._speex_resampler_process_int(state, 0, input, lengths, output, lengths + 4)
    return speex.HEAP16.slice(output / 2, output / 2 + (speex.HEAPU32[lengths / 4 + 1] ?? 0))
  }

  function push(samples: Int16Array): Int16Array {
    if (samples.length <= chunkSamples) return process(samples)
    const parts = createSampleQueue()
    for (let at = 0; at < samples.length; at += chunkSamples)
      parts.push(process(samples.subarray(at, at + chunkSamples)))
    return parts.all()
  }

  return {
    push,
    flush: () => push(new Int16Array(speex._speex_resampler_get_input_latency(state))),
    close() {
      speex._speex_resampler_destroy(state)
      speex._free(input)
    },
  }
}
