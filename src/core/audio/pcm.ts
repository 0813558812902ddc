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

type ByteOrder = 'little' | 'big'
const ownOrder: ByteOrder = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 'little' : 'big'

/**
 * Samples whose bytes lie as on the wire and in WAV files (little-endian), from samples as this machine has them, and back.
 * They are the same ones where the machine is little-endian.
 */
export function inWireOrder(samples: Int16Array, order: ByteOrder = ownOrder): Int16Array {
  return order === 'little' ? samples : samples.map((sample) => (sample << 8) | ((sample >> 8) & 0xff))
}

/** Little-endian; the result is the caller's own. */
export function samplesToBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(inWireOrder(samples.slice()).buffer)
}

/** The bytes may start at any offset of their buffer; an odd last byte is left out. The result is the caller's own. */
export function bytesToSamples(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / bytesPerSample))
  new Uint8Array(samples.buffer).set(bytes.subarray(0, samples.byteLength))
  return inWireOrder(samples)
}

export interface PcmReader {
  /** The whole samples of all bytes read so far that were not yet given out. They may lie in the memory of `bytes`. */
  read(bytes: Uint8Array): Int16Array
}

/** Reads a stream that was cut anywhere: the first byte of a sample waits for its second. */
export function createPcmReader(): PcmReader {
  let carried: number | null = null
  return {
    read(bytes) {
      const whole = carried === null ? bytes : behind(carried, bytes)
      carried = whole.length % bytesPerSample === 0 ? null : (whole.at(-1) ?? null)
      // Samples can't be looked at in place where they begin at an odd byte.
      if (whole.byteOffset % bytesPerSample !== 0) return bytesToSamples(whole)
      const count = Math.floor(whole.length / bytesPerSample)
      return inWireOrder(new Int16Array(whole.buffer, whole.byteOffset, count))
    },
  }
}

function behind(first: number, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + rest.length)
  bytes[0] = first
  bytes.set(rest, 1)
  return bytes
}

/** Root mean square in dBFS: 0 is a full-scale square wave, `silenceDbfs` is silence (or no samples). */
export function levelDbfs(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  if (sum === 0) return silenceDbfs
  return Math.max(silenceDbfs, 10 * Math.log10(sum / samples.length / 32_768 ** 2))
}

/** The largest of the samples, without its sign: 0–32,768. */
export function peakOf(samples: Int16Array): number {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** From -1…1 with clipping. The factor is that of the way back, so that a round trip changes nothing. */
export function floatToSample(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)))
}
