// What a window asks of pictures: showing some, looking at one, deleting one, and choosing what to take one of. A part of the
// contract (ipc.ts), with its limits: nothing else that a window asks is as large.
import { z } from 'zod'
import { pictureLimits } from './picture-limits.ts'
import { digestSchema } from './pictures/picture-schema.ts'
import type { ScreenSource } from './screen-source.ts'
import { ask } from './tool-server-requests.ts'

/** Of base64 four characters are three bytes. */
const mostCharacters = Math.ceil(pictureLimits.bytes / 3) * 4

/** One that comes in, or one that the conversation has already. */
export const shownPictures = z
  .array(
    z.union([
      z.strictObject({ name: z.string().max(1_024), data: z.base64().min(1).max(mostCharacters) }),
      z.strictObject({ digest: digestSchema }),
    ]),
  )
  .max(pictureLimits.ofTurn)

export const pictureRequests = {
  /** One of this conversation's. */
  picture: ask(z.object({ digest: digestSchema }), 'read'),
  /** In every turn that shows it, and its bytes. */
  'remove-picture': ask(z.object({ digest: digestSchema }), 'manage'),
  /** For a task that is at work, with or without words. */
  'add-to-task': ask(
    z.object({ task: z.string().min(1).max(64), text: z.string().trim().max(4_000), pictures: shownPictures }),
    'type',
  ),
  /** What a picture can be taken of. */
  screens: ask(z.null(), 'here'),
  /** The person chose it for the picture that is taken next; null: the system asks which. */
  'choose-screen': ask(z.object({ id: z.string().min(1).max(200).nullable() }), 'here'),
} as const

export interface PictureAnswers {
  /** `data`: base64. */
  picture: { type: string; data: string }
  'remove-picture': null
  'add-to-task': null
  /** Null: the system itself asks which. */
  screens: ScreenSource[] | null
  'choose-screen': null
}

/** These carry pictures, so that what carries them must let so many bytes through; of every other request far fewer. */
export const requestsWithPictures: ReadonlySet<unknown> = new Set(['say', 'add-to-task'])
export const mostRequestBytes = pictureLimits.ofTurn * mostCharacters + 65_536
