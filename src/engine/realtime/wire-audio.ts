// Base64 audio of the wire to samples and back. PCM is 16 bit little-endian, 24 kHz, mono.
import { isBase64 } from '../../core/audio/base64.ts'
import { bytesToSamples, samplesToBytes } from '../../core/audio/pcm.ts'

/** Null when the text is no base64: Buffer would drop bad characters without a word. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return isBase64(text, bytes.length) ? bytes : null
}

/** Samples of whole pairs of bytes and the byte left over, if any. */
export function samplesOf(bytes: Buffer): { samples: Int16Array; rest: Buffer } {
  const samples = bytesToSamples(bytes)
  return { samples, rest: bytes.subarray(samples.byteLength) }
}

export function encodeSamples(samples: Int16Array): string {
  return Buffer.from(samplesToBytes(samples).buffer).toString('base64')
}
