// What bytes are as a picture, by the bytes alone: PNG, JPEG, WebP or GIF with its size. Anything else is none, whatever its name
// or type says; an SVG is a document. Takes any bytes and never throws.
import type { Size } from '../picture-limits.ts'
import type { PictureType } from './picture.ts'

type ReadPicture = Size & { type: PictureType }

export function readPicture(bytes: Uint8Array): ReadPicture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view)
  return found !== null && found.width > 0 && found.height > 0 ? found : null
}

function startsWith(view: DataView, at: number, text: string): boolean {
  if (view.byteLength < at + text.length) return false
  for (let index = 0; index < text.length; index += 1)
    if (view.getUint8(at + index) !== text.charCodeAt(index)) return false
  return true
}

function readPng(view: DataView): ReadPicture | null {
  if (view.byteLength < 33 || !startsWith(view, 0, '\x89PNG\r\n\x1a\n') || !startsWith(view, 12, 'IHDR')) return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

function readGif(view: DataView): ReadPicture | null {
  if (view.byteLength < 14 || !(startsWith(view, 0, 'GIF87a') || startsWith(view, 0, 'GIF89a'))) return null
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

function readWebp(view: DataView): ReadPicture | null {
  if (view.byteLength < 30 || !startsWith(view, 0, 'RIFF') || !startsWith(view, 8, 'WEBP')) return null
  const type = 'image/webp'
  const threeBytes = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  if (startsWith(view, 12, 'VP8X')) return { type, width: threeBytes(24) + 1, height: threeBytes(27) + 1 }
  if (startsWith(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (startsWith(view, 12, 'VP8 '))
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  return null
}

/** Frames but for the tables that share their numbers. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function readJpeg(view: DataView): ReadPicture | null {
  if (!startsWith(view, 0, '\xff\xd8\xff')) return null
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    const length = view.getUint16(at + 2)
    // The picture itself begins: a frame should have come before it.
    if (marker === 0xda || length < 2) return null
    at += 2 + length
  }
  return null
}
