// A file made a picture that can be sent: as large as a model sees it and no larger, drawn anew so that nothing goes along but
// what one sees (no place, no camera, no second frame). The bytes say what it is, not its name.
import { fitted, pictureLimits } from '../../core/picture-limits.ts'
import { readPicture } from '../../core/pictures/read-picture.ts'

/** A picture that waits to be sent: a new one, or one that the conversation has. */
export interface Waiting {
  id: string
  name: string
  /** For an image; null where it is still to be asked for. */
  url: string | null
  give: { name: string; data: string } | { digest: string }
}

const qualities = [0.9, 0.8, 0.65, 0.5]
let serial = 0

export const nextId = (): string => `picture-${++serial}`

/** Null for what is no picture. */
export async function scaledFile(file: File): Promise<Waiting | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (readPicture(bytes) === null) return null
  const bitmap = await createImageBitmap(file).catch(() => null)
  return bitmap === null ? null : scaled(bitmap, file.name === '' ? 'picture.png' : file.name)
}

/** Closes the bitmap. Null where it can't be drawn. */
export async function scaled(bitmap: ImageBitmap, name: string): Promise<Waiting | null> {
  const { width, height } = fitted(bitmap)
  const canvas = new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const blob = await smallEnough(canvas)
  if (blob === null) return null
  const url = await dataUrlOf(blob)
  return { id: nextId(), name, url, give: { name, data: url.slice(url.indexOf(',') + 1) } }
}

/** Text and lines stay sharp where that is cheap; photographs become JPEG. */
async function smallEnough(canvas: OffscreenCanvas): Promise<Blob | null> {
  const sharp = await canvas.convertToBlob({ type: 'image/png' })
  if (sharp.size <= pictureLimits.usualBytes) return sharp
  const pen = canvas.getContext('2d')
  if (!pen) return null
  // JPEG has nothing to see through.
  pen.globalCompositeOperation = 'destination-over'
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  let last: Blob | null = null
  for (const quality of qualities) {
    last = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (last.size <= pictureLimits.usualBytes) return last
  }
  return last !== null && last.size <= pictureLimits.bytes / 2 ? last : null
}

function dataUrlOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '')
    reader.onerror = () => reject(reader.error ?? new Error('The picture could not be read.'))
    reader.readAsDataURL(blob)
  })
}
