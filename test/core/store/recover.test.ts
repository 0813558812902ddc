import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredChange } from '../../../src/core/conversation/change.ts'
import { emptyConversation, reduce } from '../../../src/core/conversation/reduce.ts'
import { encodeChange, encodeHeader } from '../../../src/core/store/record.ts'
import { recover, type FileName, type Recovery } from '../../../src/core/store/recover.ts'
import { decodeSnapshot, encodeSnapshot, seal, unseal } from '../../../src/core/store/snapshot.ts'
import { said, started } from '../../support/spoken.ts'

type StoredFile = FileName & { bytes: Uint8Array }

function recoverFrom(files: readonly StoredFile[], id = 'one'): Promise<Recovery> {
  const read = ({ kind, number }: FileName): Uint8Array | null =>
    files.find((file) => file.kind === kind && file.number === number)?.bytes ?? null
  return recover({ names: files, read: (name) => Promise.resolve(read(name)), breathe: () => Promise.resolve() }, id)
}

const history: StoredChange[] = [started('one'), ...['a', 'b', 'c', 'd', 'e'].flatMap((turn) => said(turn))].map(
  (change, at) => ({ seq: at + 1, atMs: 1000 + at, change }),
)
const whole = history.reduce(reduce, emptyConversation)
const foldTo = (seq: number) => history.slice(0, seq).reduce(reduce, emptyConversation)

const journal = (number: number, from: number, to: number): StoredFile => ({
  kind: 'journal',
  number,
  bytes: Buffer.concat([encodeHeader('one'), ...history.slice(from - 1, to).map(encodeChange)]),
})
const snapshot = (number: number, seq: number): StoredFile => ({
  kind: 'snapshot',
  number,
  bytes: encodeSnapshot(foldTo(seq)),
})

describe('recovering a conversation', () => {
  it('[D9] any one damaged snapshot or doubled journal leaves the conversation whole', async () => {
    const files = [journal(1, 1, 4), snapshot(2, 4), journal(3, 5, 8), snapshot(4, 8), journal(5, 9, 11)]
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(files, { minLength: 5 }),
        fc.constantFrom(1, 3),
        fc.nat(),
        async (order, damaged, at) => {
          const bytes = Uint8Array.from(files[damaged]!.bytes)
          const place = at % bytes.length
          bytes[place] = bytes[place]! ^ 1
          const shown = order.map((file) => (file === files[damaged] ? { ...file, bytes } : file))
          const recovery = await recoverFrom(shown)
          expect(recovery.conversation).toEqual(whole)
          expect(recovery.missing).toBe(0)
          // The older one is not even looked at while the newest is good.
          expect(recovery.damage.map(({ file }) => file.number)).toEqual(damaged === 3 ? [4] : [])
        },
      ),
    )
  })

  it('[D7] a change in a journal that was given up does not shut out the one before it in the next journal', async () => {
    const givenUp = journal(1, 1, 7)
    const sixth = Buffer.concat([encodeHeader('one'), ...history.slice(0, 5).map(encodeChange)]).length
    givenUp.bytes[sixth + 30] = 0
    const recovery = await recoverFrom([givenUp, journal(2, 6, 8)])
    expect(recovery.conversation).toEqual(foldTo(8))
    expect(recovery.missing).toBe(0)
  })

  it('[D3] files that hold nothing acknowledged are no conversation and no damage', async () => {
    const torn = { kind: 'journal', number: 1, bytes: encodeHeader('one').subarray(0, 20) } as const
    expect(await recoverFrom([torn])).toMatchObject({ conversation: null, damage: [], missing: 0 })
    expect(await recoverFrom([])).toMatchObject({ conversation: null, damage: [], missing: 0 })
  })
})

describe('a sealed text', () => {
  it('[D9] comes back whole or not at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, flip) => {
        const bytes = seal(JSON.stringify(value))
        expect(JSON.stringify(unseal(bytes))).toBe(JSON.stringify(value))
        const bent = Uint8Array.from(bytes)
        bent[at % bytes.length] = bent[at % bytes.length]! ^ flip
        expect(unseal(bent)).toBeUndefined()
        expect(unseal(bytes.subarray(0, at % bytes.length))).toBeUndefined()
      }),
    )
  })

  it('[D3] no bytes at all make a snapshot throw', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeSnapshot(bytes).type).toBe('broken')
      }),
    )
  })
})
