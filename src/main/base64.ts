// The platform's base64, checked, for the sound of the voice socket.
import { Base64Error, decodedLength, hasNoStrangers } from '../core/audio/base64.ts'

/** Pieces of sound are cut from blocks of so many bytes, since a buffer for each of them costs more than to decode it. */
const blockBytes = 64 * 1024
/** Longer ones have a buffer of their own, so that little of a block is left over. */
const mostOfBlock = blockBytes / 4
let block: Buffer = Buffer.alloc(0)
let used = 0

/**
 * @returns bytes that are the caller's own, at an even offset of a buffer that holds others, too
 * @throws Base64Error for a foreign character, misplaced padding or a length that is no multiple of four
 */
export function decodeBase64(text: string): Uint8Array {
  const length = decodedLength(text)
  if (length !== null && hasNoStrangers(text)) {
    const bytes = room(length)
    // The decoder skips what it does not know, and ends at padding: fewer bytes come of a text with either.
    if (bytes.write(text, 'base64') === length) return bytes
  }
  throw new Base64Error(`${text.length} characters are no base64`)
}

function room(length: number): Buffer {
  if (length > mostOfBlock) return Buffer.allocUnsafeSlow(length)
  if (used + length > block.length) {
    block = Buffer.allocUnsafeSlow(blockBytes)
    used = 0
  }
  const bytes = block.subarray(used, used + length)
  used += length + (length % 2)
  return bytes
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
