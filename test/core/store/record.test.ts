import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredChange } from '../../../src/core/conversation/change.ts'
import { crc32 } from '../../../src/core/store/crc32.ts'
import { decodeJournal, encodeChange, encodeHeader } from '../../../src/core/store/record.ts'

const words = fc.string({ unit: 'grapheme', maxLength: 40 })
const records = fc.array(words, { minLength: 1, maxLength: 12 }).map((texts) =>
  texts.map((text, at): StoredChange => ({
    seq: at + 1,
    atMs: 1000 + at,
    change: { type: 'words-heard', turn: `t${at}`, text },
  })),
)

/** A journal's bytes and where each of its records begins. */
function journalOf(stored: readonly StoredChange[]): { bytes: Buffer; starts: number[] } {
  const parts = [encodeHeader('one'), ...stored.map(encodeChange)]
  const starts = parts.map((_, at) => parts.slice(0, at).reduce((sum, part) => sum + part.length, 0))
  return { bytes: Buffer.concat(parts), starts: starts.slice(1) }
}

describe('the bytes of a journal', () => {
  it('[D3] the checksum is the CRC-32 of zip and PNG', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
  })

  it('[D3] what was written comes back, whatever the words', () => {
    fc.assert(
      fc.property(records, (stored) => {
        const read = decodeJournal(journalOf(stored).bytes)
        expect(read).toEqual({
          conversation: 'one',
          newer: false,
          older: false,
          changes: stored,
          broken: [],
          torn: null,
          nextSeq: stored.length + 1,
        })
      }),
    )
  })

  it('[D3] a torn tail is cut and the rest is kept', () => {
    fc.assert(
      fc.property(records, fc.nat(), (stored, chance) => {
        const { bytes, starts } = journalOf(stored)
        const cut = chance % bytes.length
        const read = decodeJournal(bytes.subarray(0, cut))
        const whole = starts.filter((_, at) => (starts[at + 1] ?? bytes.length) <= cut).length
        expect(read.changes).toEqual(stored.slice(0, whole))
        expect(read.broken).toEqual([])
        const end = read.changes.length > 0 || read.conversation !== null ? (starts[whole] ?? bytes.length) : 0
        expect(read.torn).toEqual(cut === end ? null : { offset: end, bytes: cut - end })
      }),
      { numRuns: 500 },
    )
  })

  it('[D4] a flipped bit costs the one record that it is in, and its place is known', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 0, max: 7 }), (stored, chance, bit) => {
        const { bytes, starts } = journalOf(stored)
        const at = chance % bytes.length
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at)
        const hit = starts.findLastIndex((start) => start <= at)
        const read = decodeJournal(bytes)
        // A flipped line end joins two records into one stretch; the second is found again only where a line begins.
        const joined = at + 1 === (starts[hit + 1] ?? bytes.length) || (hit === -1 && at + 1 === starts[0])
        const lost = new Set(joined ? [hit, hit + 1] : [hit])
        expect(read.changes).toEqual(stored.filter((_, index) => !lost.has(index)))
        expect(read.broken.length + (read.torn === null ? 0 : 1)).toBe(1)
        expect((read.broken[0] ?? read.torn)?.offset).toBe(starts[hit] ?? 0)
      }),
      { numRuns: 1000 },
    )
  })

  it('[D3] no bytes at all make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeJournal(bytes).changes).toEqual([])
      }),
    )
  })

  it('[D4] a record that fits its checksum and no known change is damage, not a change', () => {
    const odd = { seq: 1, atMs: 1, change: { type: 'words-heard', turn: 't0' } } as unknown as StoredChange
    const good: StoredChange = { seq: 2, atMs: 2, change: { type: 'conversation-renamed', title: 'x' } }
    const { bytes, starts } = journalOf([odd, good])
    const read = decodeJournal(bytes)
    expect(read.changes).toEqual([good])
    expect(read.broken).toEqual([{ offset: starts[0], bytes: starts[1]! - starts[0]! }])
  })
})
