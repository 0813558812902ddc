import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Base64Error } from '../../src/core/audio/base64.ts'
import { createPcmReader, samplesToBytes } from '../../src/core/audio/pcm.ts'
import { decodeBase64 as decodeInEngine, encodeSamples } from '../../src/engine/realtime/wire-audio.ts'
import { decodeBase64, encodeBase64 } from '../../src/main/base64.ts'

/** RFC 4648, section 4, to the letter. */
const wellFormed = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const decoders = [
  ['client', decodeBase64, (text: string) => expect(() => decodeBase64(text), text).toThrow(Base64Error)],
  ['engine', decodeInEngine, (text: string) => expect(decodeInEngine(text), text).toBeNull()],
] as const

describe.each(decoders)('base64 in the %s', (_, decode, expectRefused) => {
  it('[A5] is that of everybody else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Uint8Array.from(decode(Buffer.from(bytes).toString('base64')) ?? [])).toEqual(bytes)
      }),
    )
  })

  it.each(['AAA', 'AA-_', 'AA=A', 'A===', '====', 'AAAA====', 'AA A', 'AAAé', 'AAAŁ', 'AA\n=', 'AAAA\n\n\n\n'])(
    '[A5] damaged %j is an error and no sound',
    (text) => expectRefused(text),
  )

  it('[A5] is refused with any character of it replaced, lost or added, unless it is well formed again', () => {
    const anyCharacter = fc.oneof(
      fc.constantFrom('', '-', '_', '=', ' ', '\n', '.', 'A', 'é'),
      fc.nat(0xffff).map((code) => String.fromCharCode(code)),
    )
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        fc.nat(),
        fc.nat(2),
        anyCharacter,
        (bytes, place, lost, put) => {
          const text = Buffer.from(bytes).toString('base64')
          const at = place % text.length
          const damaged = text.slice(0, at) + put + text.slice(at + lost)
          if (wellFormed.test(damaged))
            expect(decode(damaged)).toHaveLength((damaged.replaceAll('=', '').length * 3) >> 2)
          else expectRefused(damaged)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('sound on the wire', () => {
  it('[A19] arrives sample for sample in deltas of any length and cut', () => {
    const lengths = fc.array(fc.oneof(fc.nat(7), fc.nat(12_000)), { maxLength: 6 })
    fc.assert(
      fc.property(fc.nat(20_000), lengths, (length, cuts) => {
        const samples = Int16Array.from({ length }, (_, at) => at * 7_919)
        const bytes = Buffer.from(encodeSamples(samples), 'base64')
        const reader = createPcmReader()
        const heard: Int16Array[] = []
        let at = 0
        for (const length of [...cuts, bytes.length]) {
          heard.push(reader.read(decodeBase64(bytes.toString('base64', at, at + length))))
          at += length
        }
        expect(Buffer.concat(heard.map(samplesToBytes)).equals(bytes)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('[A19] goes up sample for sample, also from the middle of a buffer', () => {
    fc.assert(
      fc.property(fc.int16Array({ minLength: 3, maxLength: 480 }), (samples) => {
        const middle = samples.subarray(1, -1)
        const text = encodeBase64(samplesToBytes(middle))
        expect(text).toBe(encodeSamples(middle))
        expect(createPcmReader().read(decodeBase64(text))).toEqual(middle.slice())
        expect(encodeBase64(samplesToBytes(samples).subarray(1, -1))).toBe(
          Buffer.from(samplesToBytes(samples)).subarray(1, -1).toString('base64'),
        )
      }),
    )
  })
})
