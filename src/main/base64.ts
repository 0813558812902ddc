// The platform's base64, checked, for the sound of the voice socket.
import { Base64Error, isBase64 } from '../core/audio/base64.ts'

/** @throws Base64Error for a foreign character, misplaced padding or a length that is no multiple of four */
export function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  if (isBase64(text, bytes.length)) return bytes
  throw new Base64Error(`${text.length} characters are no base64`)
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
