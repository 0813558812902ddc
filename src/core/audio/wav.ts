// WAV (RIFF) files: PCM of 16, 24 and 32 bits and 32-bit float, any rate, one or two channels.
// Lengths in a header are taken with a grain of salt: a recorder that was killed, or wrote into a pipe, left wrong ones.
import { floatToSample } from './pcm.ts'

export type WavEncoding = 'pcm16' | 'pcm24' | 'pcm32' | 'float32'

export interface Wav {
  rateHz: number
  /** One or two channels of equal length, samples in -1…1. */
  channels: Float32Array[]
}

/** The bytes are no WAV file, or one of a kind that is not read here; the message says which. */
export class WavError extends Error {
  override readonly name = 'WavError'
}

const wavHeaderBytes = 44
const formatPcm = 1
const formatFloat = 3
/** WAVE_FORMAT_EXTENSIBLE: the real format is in the first two bytes of the sub-format's GUID, at offset 24. */
const formatExtensible = 0xfffe

const encodings: Record<WavEncoding, { format: number; bytes: number }> = {
  pcm16: { format: formatPcm, bytes: 2 },
  pcm24: { format: formatPcm, bytes: 3 },
  pcm32: { format: formatPcm, bytes: 4 },
  float32: { format: formatFloat, bytes: 4 },
}

/** @throws WavError */
export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || letters(view, 0) !== 'RIFF' || letters(view, 8) !== 'WAVE') {
    throw new WavError('this is no WAV file')
  }
  const format = findChunk(view, 'fmt ')
  if (!format || format.byteLength < 16) throw new WavError('the WAV file does not say its format')
  const channelCount = format.getUint16(2, true)
  const rateHz = format.getUint32(4, true)
  const encoding = encodingOf(format)
  if (channelCount < 1 || channelCount > 2) throw new WavError(`a WAV file of ${channelCount} channels is not read`)
  if (rateHz < 1_000 || rateHz > 768_000) throw new WavError(`a WAV file of ${rateHz} Hz is not read`)
  const data = findChunk(view, 'data')
  if (!data) throw new WavError('the WAV file holds no sound')
  return { rateHz, channels: readChannels(data, encoding, channelCount) }
}

export function writeWav(wav: Wav, encoding: WavEncoding = 'pcm16'): Uint8Array {
  const { bytes: width } = encodings[encoding]
  const channelCount = wav.channels.length
  const frames = wav.channels[0]?.length ?? 0
  const dataBytes = frames * channelCount * width
  const bytes = new Uint8Array(wavHeaderBytes + dataBytes + (dataBytes % 2))
  bytes.set(wavHeader({ rateHz: wav.rateHz, channelCount, encoding, dataBytes }))
  const view = new DataView(bytes.buffer, wavHeaderBytes)
  for (const [channel, samples] of wav.channels.entries()) {
    for (const [frame, value] of samples.entries()) {
      writeSample(view, (frame * channelCount + channel) * width, encoding, value)
    }
  }
  return bytes
}

/** The 44 bytes before the samples. `dataBytes` may be corrected later, when the file is complete. */
export function wavHeader(of: {
  rateHz: number
  channelCount: number
  encoding: WavEncoding
  dataBytes: number
}): Uint8Array {
  const { format, bytes: width } = encodings[of.encoding]
  const view = new DataView(new ArrayBuffer(wavHeaderBytes))
  writeLetters(view, 0, 'RIFF')
  view.setUint32(4, wavHeaderBytes - 8 + of.dataBytes + (of.dataBytes % 2), true)
  writeLetters(view, 8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, format, true)
  view.setUint16(22, of.channelCount, true)
  view.setUint32(24, of.rateHz, true)
  view.setUint32(28, of.rateHz * of.channelCount * width, true)
  view.setUint16(32, of.channelCount * width, true)
  view.setUint16(34, width * 8, true)
  writeLetters(view, 36, 'data')
  view.setUint32(40, of.dataBytes, true)
  return new Uint8Array(view.buffer)
}

/** The mean of all channels as PCM16 at the file's own rate. */
export function mixDown(wav: Wav): Int16Array {
  const [first = new Float32Array(0), second] = wav.channels
  return Int16Array.from(first, (value, at) => floatToSample(second ? (value + (second[at] ?? 0)) / 2 : value))
}

function encodingOf(format: DataView): WavEncoding {
  const declared = format.getUint16(0, true)
  const real = declared === formatExtensible && format.byteLength >= 26 ? format.getUint16(24, true) : declared
  const bits = format.getUint16(14, true)
  for (const encoding of ['pcm16', 'pcm24', 'pcm32', 'float32'] as const) {
    if (encodings[encoding].format === real && encodings[encoding].bytes * 8 === bits) return encoding
  }
  throw new WavError(`a WAV file of ${bits} bits in format ${real} is not read`)
}

function findChunk(view: DataView, name: string): DataView | null {
  let at = 12
  while (at + 8 <= view.byteLength) {
    const left = view.byteLength - at - 8
    const declared = view.getUint32(at + 4, true)
    const isData = letters(view, at) === 'data'
    // Nothing declared, or more than there is: an unfinished header, and the sound runs to the end of the file.
    const length = declared > left || (isData && declared === 0) ? left : declared
    if (letters(view, at) === name) return new DataView(view.buffer, view.byteOffset + at + 8, length)
    at += 8 + length + (length % 2)
  }
  return null
}

function readChannels(data: DataView, encoding: WavEncoding, channelCount: number): Float32Array[] {
  const { bytes: width } = encodings[encoding]
  const frames = Math.floor(data.byteLength / (width * channelCount))
  return Array.from({ length: channelCount }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) =>
      readSample(data, (frame * channelCount + channel) * width, encoding),
    ),
  )
}

function readSample(view: DataView, at: number, encoding: WavEncoding): number {
  switch (encoding) {
    case 'pcm16':
      return view.getInt16(at, true) / 2 ** 15
    case 'pcm24':
      return ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23
    case 'pcm32':
      return view.getInt32(at, true) / 2 ** 31
    case 'float32': {
      const value = view.getFloat32(at, true)
      return Number.isFinite(value) ? value : 0
    }
  }
}

function writeSample(view: DataView, at: number, encoding: WavEncoding, value: number): void {
  switch (encoding) {
    case 'pcm16': {
      view.setInt16(at, floatToSample(value), true)
      return
    }
    case 'pcm24': {
      const whole = toInteger(value, 23)
      view.setUint16(at, whole & 0xffff, true)
      view.setInt8(at + 2, whole >> 16)
      return
    }
    case 'pcm32': {
      view.setInt32(at, toInteger(value, 31), true)
      return
    }
    case 'float32': {
      view.setFloat32(at, value, true)
      return
    }
  }
}

function toInteger(value: number, bits: number): number {
  return Math.max(-(2 ** bits), Math.min(2 ** bits - 1, Math.round(value * 2 ** bits)))
}

function letters(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
}

function writeLetters(view: DataView, at: number, text: string): void {
  for (let offset = 0; offset < text.length; offset++) view.setUint8(at + offset, text.charCodeAt(offset))
}
