// The schema of a picture in the record. Apart from picture.ts, so that a window needs none.
import { z } from 'zod'
import { pictureLimits } from '../picture-limits.ts'
import type { Picture } from './picture.ts'

export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)
const side = z.number().int().positive().max(pictureLimits.largestPx)

export const pictureSchema: z.ZodType<Picture> = z.object({
  digest: digestSchema,
  type: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  name: z.string(),
  width: side,
  height: side,
  bytes: z.number().int().positive(),
  removed: z.literal(true).optional(),
})

export const picturesSchema = z.array(pictureSchema).max(pictureLimits.ofTurn)
