import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Base64Error, decodeBase64, encodeBase64 } from '../../../src/core/audio/base64.ts'
import {
  bytesToSamples,
  createPcmReader,
  floatToSample,
  levelDbfs,
  msToSamples,
  samplesToBytes,
  samplesToMs,
  silenceDbfs,
} from '../../../src/core/audio/pcm.ts'

describe('pcm', () => {
  it('[A5] samples become little-endian bytes and come back, from any offset of a buffer', () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.nat(7), (samples, offset) => {
        const bytes = samplesToBytes(samples)
        const shifted = new Uint8Array(offset + bytes.length)
        shifted.set(bytes, offset)
        expect(bytesToSamples(shifted.subarray(offset))).toEqual(samples)
      }),
    )
    expect(samplesToBytes(Int16Array.of(0x0102, -2))).toEqual(Uint8Array.of(0x02, 0x01, 0xfe, 0xff))
  })

  it('[A5] a stream cut inside a sample loses none', () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.array(fc.nat(9)), (samples, cuts) => {
        const bytes = samplesToBytes(samples)
        const reader = createPcmReader()
        const read: number[] = []
        let at = 0
        for (const length of [...cuts, bytes.length]) {
          read.push(...reader.read(bytes.subarray(at, at + length)))
          at += length
        }
        expect(read).toEqual([...samples])
      }),
    )
  })

  it('[A5] base64 is that of everybody else, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(encodeBase64(bytes)).toBe(text)
        expect(decodeBase64(text)).toEqual(bytes)
      }),
    )
  })

  it.each(['AAA', 'AA-_', 'AA=A', 'A===', '====', 'AA A', 'AAAé', 'AA\n='])(
    '[A5] damaged base64 %j is an error and no sound',
    (text) => {
      expect(() => decodeBase64(text)).toThrow(Base64Error)
    },
  )

  it('[A5] time is counted in samples of 24 kHz and never claimed beyond what was there', () => {
    expect(msToSamples(20)).toBe(480)
    expect(samplesToMs(479)).toBe(19)
    fc.assert(
      fc.property(fc.nat(10_000_000), (ms) => {
        expect(samplesToMs(msToSamples(ms))).toBe(ms)
      }),
    )
  })

  it('[A5] the level of a full-scale square wave is 0 dBFS, of a full-scale sine -3, of silence the floor', () => {
    expect(levelDbfs(new Int16Array(480).fill(-32_768))).toBe(0)
    const sine = Int16Array.from({ length: 4_800 }, (_, at) => floatToSample(Math.sin((2 * Math.PI * at) / 24)))
    expect(levelDbfs(sine)).toBeCloseTo(-3.01, 1)
    expect(levelDbfs(new Int16Array(480))).toBe(silenceDbfs)
    expect(levelDbfs(new Int16Array(0))).toBe(silenceDbfs)
  })
})
