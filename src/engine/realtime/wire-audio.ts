// Base64 audio of the wire to samples and back. PCM is 16 bit little-endian, 24 kHz, mono.

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Null when the text is no base64: Buffer would drop bad characters without a word. */
export function decodeBase64(text: string): Buffer | null {
  return text.length % 4 === 0 && base64.test(text) ? Buffer.from(text, 'base64') : null
}

/** Samples of whole pairs of bytes and the byte left over, if any. */
export function samplesOf(bytes: Buffer): { samples: Int16Array; rest: Buffer } {
  const count = bytes.length >> 1
  const samples = new Int16Array(count)
  for (let at = 0; at < count; at++) samples[at] = bytes.readInt16LE(at * 2)
  return { samples, rest: bytes.subarray(count * 2) }
}

export function encodeSamples(samples: Int16Array): string {
  const bytes = Buffer.allocUnsafe(samples.length * 2)
  for (const [at, sample] of samples.entries()) bytes.writeInt16LE(sample, at * 2)
  return bytes.toString('base64')
}
