// The bytes of a conversation's pictures, in a folder beside its other files: named by their digest, taken in only as what they are
// by their bytes, bounded, and removed when no turn shows them any more. What a picture is to the record is core/pictures'.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Change } from '../../core/conversation/change.ts'
import type { Conversation } from '../../core/conversation/conversation.ts'
import { picturesIn } from '../../core/conversation/fold-back.ts'
import { pictureLimits } from '../../core/picture-limits.ts'
import { plainName, type Picture, type PictureType } from '../../core/pictures/picture.ts'
import { readPicture } from '../../core/pictures/read-picture.ts'
import type { GivenPicture, PictureBytes, Random } from '../ports.ts'
import type { Files } from './files.ts'
import { replaceFile } from './replace-file.ts'
import { faultOf, StoreError } from './store-error.ts'

export interface StoredPictures extends PictureBytes {
  /** Something happened to the conversation: what is shown no more goes. */
  follow(change: Change): void
}

export interface PicturesOptions {
  files: Files
  random: Random
  /** Of the conversation. */
  folder: string
  conversation: () => Conversation
  /** Everything of the conversation was read: what it does not show is nobody's. */
  isWhole: boolean
  warn: (message: string) => void
}

/** The newest of them are at hand, since an item is sent without waiting; older ones are given to no session anyway. */
const bytesAtHand = 24 * 1024 * 1024

const endings: Record<PictureType, string> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'image/gif': '.gif',
}

/** The name of its bytes, in the conversation's folder of pictures. */
export function pictureFile({ digest, type }: Pick<Picture, 'digest' | 'type'>): string {
  return digest + endings[type]
}

/** After these a picture may be shown by no turn any more. */
const releasing: ReadonlySet<Change['type']> = new Set([
  'picture-removed',
  'turn-removed',
  'rolled-back',
  'put-back',
  'words-heard',
])

export async function openPictures(opts: PicturesOptions): Promise<StoredPictures> {
  const { files, warn } = opts
  const folder = join(opts.folder, 'pictures')
  const atHand = new Map<string, { type: PictureType; bytes: Buffer }>()
  /** Bytes on the disk, by the name of the file. */
  const kept = new Map<string, number>()
  /** Kept just now: the turn that shows them is still on its way into the record. */
  const fresh = new Set<string>()
  let last: Promise<void> = Promise.resolve()

  async function readWhole({ digest, type }: Pick<Picture, 'digest' | 'type'>): Promise<Buffer | null> {
    const read = await files.read(join(folder, pictureFile({ digest, type }))).catch(() => null)
    if (read === null) return null
    const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength)
    return digestOf(bytes) === digest ? bytes : null
  }

  async function begin(): Promise<void> {
    const names = (await files.list(folder)).files
    const shown = [...picturesIn(opts.conversation())].reverse()
    let bytesRead = 0
    for (const picture of shown) {
      const name = pictureFile(picture)
      if (kept.has(name) || !names.includes(name)) continue
      kept.set(name, picture.bytes)
      bytesRead += picture.bytes
      if (bytesRead > bytesAtHand) continue
      const bytes = await readWhole(picture)
      if (bytes) atHand.set(picture.digest, { type: picture.type, bytes })
    }
    if (opts.isWhole) await sweep()
  }

  async function sweep(): Promise<void> {
    const shown = new Set(picturesIn(opts.conversation()).map(({ digest }) => digest))
    for (const digest of shown) fresh.delete(digest)
    let isAnyGone = false
    for (const name of (await files.list(folder)).files) {
      const digest = name.slice(0, name.indexOf('.'))
      if (shown.has(digest) || fresh.has(digest)) continue
      await files.remove(join(folder, name))
      kept.delete(name)
      atHand.delete(digest)
      isAnyGone = true
    }
    if (isAnyGone) await files.syncFolder(folder)
  }

  /** One at a time; what failed is tried again with the next. */
  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = last.then(act)
    last = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }

  async function keep(given: readonly GivenPicture[]): Promise<Picture[]> {
    const pictures = given.map(checked)
    if (pictures.reduce((sum, { bytes }) => sum + bytes, 0) > pictureLimits.bytesOfTurn)
      throw new StoreError('too-large', 'These pictures are too large together. Send fewer at a time.')
    const isNew = (picture: Picture): boolean => !kept.has(pictureFile(picture))
    const added = pictures.filter(isNew).reduce((sum, { bytes }) => sum + bytes, 0)
    const bytesKept = [...kept.values()].reduce((sum, bytes) => sum + bytes, 0)
    if (
      kept.size + pictures.length > pictureLimits.ofConversation ||
      bytesKept + added > pictureLimits.bytesOfConversation
    )
      throw new StoreError(
        'too-large',
        'This conversation holds as many pictures as it can. Delete some, or begin a new one.',
      )
    try {
      await files.makeFolder(folder)
      await files.syncFolder(opts.folder)
      for (const [at, picture] of pictures.entries()) {
        const bytes = Buffer.from(given[at]?.bytes ?? [])
        const name = pictureFile(picture)
        fresh.add(picture.digest)
        if (isNew(picture)) await replaceFile(files, opts.random, join(folder, name), bytes)
        kept.set(name, picture.bytes)
        atHand.set(picture.digest, { type: picture.type, bytes })
      }
    } catch (error) {
      throw new StoreError('refused', `The picture could not be saved (${faultOf(error)}).`, error)
    }
    return pictures
  }

  await begin().catch((error: unknown) => warn(`Pictures unread: ${faultOf(error)}`))

  return {
    keep: (given) => inTurn(() => keep(given)),
    has: (digest) => atHand.has(digest),
    dataUrl(digest) {
      const found = atHand.get(digest)
      return found ? `data:${found.type};base64,${found.bytes.toString('base64')}` : null
    },
    async read(picture) {
      return atHand.get(picture.digest)?.bytes ?? (await readWhole(picture))
    },
    follow({ type }) {
      if (!releasing.has(type) || kept.size === 0) return
      void inTurn(sweep).catch((error: unknown) => warn(`Picture not removed: ${faultOf(error)}`))
    },
    settled: () => last,
  }
}

/** Throws StoreError: `invalid` for what is no such picture, `too-large`. */
function checked({ name, bytes }: GivenPicture): Picture {
  const shown = plainName(name)
  const read = readPicture(bytes)
  if (read === null)
    throw new StoreError('invalid', `“${shown}” is no picture that can be sent: only PNG, JPEG, WebP and GIF.`)
  const { largestPx, bytes: most } = pictureLimits
  if (bytes.length > most || Math.max(read.width, read.height) > largestPx)
    throw new StoreError(
      'too-large',
      `“${shown}” is too large: at most ${most / 1e6} MB and ${largestPx} points a side.`,
    )
  return { digest: digestOf(bytes), ...read, name: shown, bytes: bytes.length }
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
