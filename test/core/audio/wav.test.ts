import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixDown, parseWav, WavError, writeWav, type WavEncoding } from '../../../src/core/audio/wav.ts'

const steps: Record<WavEncoding, number> = { pcm16: 2 ** -15, pcm24: 2 ** -23, pcm32: 2 ** -24, float32: 0 }
const encodings = Object.keys(steps) as WavEncoding[]
const tone = Float32Array.from({ length: 100 }, (_, at) => Math.sin(at / 5) / 2)

describe('wav', () => {
  it('[A9] a file of any encoding, rate and one or two channels reads back as written', () => {
    const value = fc.float({ min: -1, max: Math.fround(0.999), noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.constantFrom(8_000, 22_050, 24_000, 44_100, 48_000, 192_000),
        fc.array(fc.tuple(value, value), { maxLength: 50 }),
        fc.boolean(),
        (encoding, rateHz, pairs, stereo) => {
          const left = Float32Array.from(pairs, ([one]) => one)
          const right = Float32Array.from(pairs, ([, two]) => two)
          const channels = stereo ? [left, right] : [left]
          const read = parseWav(writeWav({ rateHz, channels }, encoding))
          expect(read.rateHz).toBe(rateHz)
          expect(read.channels.map((channel) => channel.length)).toEqual(channels.map((channel) => channel.length))
          for (const [at, channel] of read.channels.entries()) {
            for (const [place, sample] of channel.entries()) {
              expect(Math.abs(sample - (channels[at]?.[place] ?? 9))).toBeLessThanOrEqual(steps[encoding])
            }
          }
        },
      ),
    )
  })

  it('[A9] PCM16 survives a round trip to the last bit', () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        const channels = [Float32Array.from(samples, (sample) => sample / 32_768)]
        expect(mixDown(parseWav(writeWav({ rateHz: 24_000, channels })))).toEqual(samples)
      }),
    )
  })

  it.each([0, 1_000_000, 0xffffffff])('[A9] a data length of %d in the header does not lose the sound', (length) => {
    const bytes = writeWav({ rateHz: 24_000, channels: [tone] })
    new DataView(bytes.buffer).setUint32(40, length, true)
    new DataView(bytes.buffer).setUint32(4, length, true)
    expect(parseWav(bytes).channels[0]).toHaveLength(100)
  })

  it('[A9] other chunks, odd lengths and the extensible format are read past', () => {
    const plain = writeWav({ rateHz: 16_000, channels: [tone, tone] }, 'pcm24')
    const list = Uint8Array.of(...Buffer.from('LIST'), 3, 0, 0, 0, 1, 2, 3, 0)
    const withList = Uint8Array.of(...plain.subarray(0, 12), ...list, ...plain.subarray(12))
    expect(parseWav(withList).channels[1]).toHaveLength(100)

    const format = new Uint8Array(48)
    format.set(plain.subarray(12, 36))
    const view = new DataView(format.buffer)
    view.setUint32(4, 40, true)
    view.setUint16(8, 0xfffe, true)
    view.setUint16(32, 1, true)
    expect(parseWav(Uint8Array.of(...plain.subarray(0, 12), ...format, ...plain.subarray(36)))).toEqual(parseWav(plain))
  })

  it('[A9] what is no WAV, or none that is read here, is an error that says so', () => {
    expect(() => parseWav(new Uint8Array(0))).toThrow(new WavError('this is no WAV file'))
    expect(() => parseWav(Buffer.from('ID3 this is an mp3, say'))).toThrow(WavError)
    const six = writeWav({ rateHz: 24_000, channels: [tone] })
    six[22] = 6
    expect(() => parseWav(six)).toThrow(/6 channels/)
    const eight = writeWav({ rateHz: 24_000, channels: [tone] })
    eight[34] = 8
    expect(() => parseWav(eight)).toThrow(/8 bits/)
  })

  it('[A9] no bytes whatever make it fail in any other way', () => {
    const head = Buffer.from('RIFF\0\0\0\0WAVEfmt ')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (noise, real) => {
        try {
          parseWav(real ? Uint8Array.of(...head, ...noise) : noise)
        } catch (error) {
          expect(error).toBeInstanceOf(WavError)
        }
      }),
    )
  })

  it('[A9] two channels are mixed to their mean', () => {
    const wav = { rateHz: 24_000, channels: [Float32Array.of(0.5, 1), Float32Array.of(-0.5, 1)] }
    expect(mixDown(wav)).toEqual(Int16Array.of(0, 32_767))
  })
})
