// Pictures in memory, checked and named as the store does it.
import { createHash } from 'node:crypto'
import { plainName } from '../../src/core/pictures/picture.ts'
import { readPicture } from '../../src/core/pictures/read-picture.ts'
import type { PictureBytes } from '../../src/main/ports.ts'

export function createMemoryPictures(): PictureBytes {
  const kept = new Map<string, { type: string; bytes: Uint8Array }>()
  return {
    keep: (given) =>
      Promise.resolve(
        given.map(({ name, bytes }) => {
          const read = readPicture(bytes)
          if (read === null) throw new Error('This is no picture.')
          const digest = createHash('sha256').update(bytes).digest('hex')
          kept.set(digest, { type: read.type, bytes })
          return { digest, ...read, name: plainName(name), bytes: bytes.length }
        }),
      ),
    has: (digest) => kept.has(digest),
    dataUrl(digest) {
      const found = kept.get(digest)
      return found ? `data:${found.type};base64,${Buffer.from(found.bytes).toString('base64')}` : null
    },
    settled: () => Promise.resolve(),
    read: ({ digest }) => Promise.resolve(kept.get(digest)?.bytes ?? null),
  }
}
