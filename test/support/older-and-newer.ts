// Files as another version of Parley would have left them.
import { checksum } from '../../src/core/store/crc32.ts'
import { seal } from '../../src/core/store/snapshot.ts'

/** One record of a journal with any content. */
export function frame(seq: number, value: unknown): Buffer {
  const json = JSON.stringify(value)
  const body = Buffer.from(`${seq} ${Buffer.byteLength(json)} ${json}`)
  return Buffer.concat([Buffer.from(`${checksum(body)} `), body, Buffer.from('\n')])
}

export function journalOfVersion(version: number, conversation: string, records: unknown[]): Buffer {
  const header = frame(0, { format: 'parley-journal', version, conversation })
  return Buffer.concat([header, ...records.map((record, at) => frame(at + 1, record))])
}

export function snapshotOfVersion(version: number, conversation: unknown): Uint8Array {
  return seal(JSON.stringify({ format: 'parley-conversation', version, conversation }))
}
