import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesToSamples,
  createPcmReader,
  floatToSample,
  inWireOrder,
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

  it('[A5] what was made of bytes is a copy: nobody else’s buffer changes it', () => {
    const bytes = Uint8Array.of(1, 0, 2, 0)
    const samples = bytesToSamples(bytes)
    bytes.fill(9)
    expect(samples).toEqual(Int16Array.of(1, 2))
    const made = samplesToBytes(samples)
    samples.fill(9)
    expect(made).toEqual(Uint8Array.of(1, 0, 2, 0))
  })

  it('[A19] a machine of the other byte order sees the same samples', () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        expect(inWireOrder(samples, 'little')).toBe(samples)
        const turned = new Uint8Array(inWireOrder(samples, 'big').buffer)
        expect(turned.reverse()).toEqual(new Uint8Array(samples.toReversed().buffer))
        expect(inWireOrder(inWireOrder(samples, 'big'), 'big')).toEqual(samples)
      }),
    )
    expect(inWireOrder(Int16Array.of(0x0102, -2), 'big')).toEqual(Int16Array.of(0x0201, -257))
  })

  it('[A19] a stream cut inside a sample loses none, wherever its pieces lie in memory', () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.array(fc.tuple(fc.nat(9), fc.nat(3))), (samples, cuts) => {
        const bytes = samplesToBytes(samples)
        const reader = createPcmReader()
        const read: number[] = []
        let at = 0
        for (const [length, offset] of [...cuts, [bytes.length, 1] as const]) {
          const piece = bytes.subarray(at, at + length)
          const memory = new Uint8Array(offset + piece.length)
          memory.set(piece, offset)
          read.push(...reader.read(memory.subarray(offset)))
          // The waiting byte is not looked for where it was.
          memory.fill(0)
          at += length
        }
        expect(read).toEqual([...samples])
      }),
    )
  })

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
