// The one kind of sound inside Parley: 24 kHz mono PCM16 (Int16Array) in frames of 20 ms, with its conversions to time,
// to little-endian bytes and to a level. Text form: base64.ts. Files: wav.ts.

/** The rate of the voice service's `audio/pcm` format, its only one. */
export const sampleRateHz = 24_000
export const frameMs = 20
export const frameSamples = (sampleRateHz / 1000) * frameMs
export const bytesPerSample = 2
/** What `levelDbfs` gives for digital silence: a little below the smallest sound that 16 bits hold (-90.3 dBFS). */
export const silenceDbfs = -96

/** Whole milliseconds, rounded down: a position must not claim more than was there. */
export function samplesToMs(samples: number): number {
  return Math.floor((samples * 1000) / sampleRateHz)
}

export function msToSamples(ms: number): number {
  return Math.round((ms * sampleRateHz) / 1000)
}

/** Little-endian, as on the wire and in WAV files, whatever this machine's own order is. */
export function samplesToBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * bytesPerSample)
  const view = new DataView(bytes.buffer)
  for (const [at, sample] of samples.entries()) view.setInt16(at * bytesPerSample, sample, true)
  return bytes
}

/** The bytes may start at any offset of their buffer; an odd last byte is left out (see `createPcmReader`). */
export function bytesToSamples(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / bytesPerSample))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(at * bytesPerSample, true)
  return samples
}

export interface PcmReader {
  /** The whole samples of all bytes read so far that were not yet given out. */
  read(bytes: Uint8Array): Int16Array
}

/** Reads a stream that was cut anywhere: the first byte of a sample waits for its second. */
export function createPcmReader(): PcmReader {
  let carried: number | null = null
  return {
    read(bytes) {
      const whole = carried === null ? bytes : Uint8Array.of(carried, ...bytes)
      carried = whole.length % bytesPerSample === 0 ? null : (whole.at(-1) ?? null)
      return bytesToSamples(whole)
    },
  }
}

/** Root mean square in dBFS: 0 is a full-scale square wave, `silenceDbfs` is silence (or no samples). */
export function levelDbfs(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  if (sum === 0) return silenceDbfs
  return Math.max(silenceDbfs, 10 * Math.log10(sum / samples.length / 32_768 ** 2))
}

/** From -1…1 with clipping. The factor is that of the way back, so that a round trip changes nothing. */
export function floatToSample(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)))
}
