// Base64 (RFC 4648, section 4) as it comes over the wire, checked: sound decoded from a damaged text is noise in
// somebody's ear, so a damaged text is an error here and not, as in most decoders, a guess.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const invalid = 255
const values = new Uint8Array(128).fill(invalid)
for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value

export class Base64Error extends Error {
  override readonly name = 'Base64Error'
}

/** @throws Base64Error for a foreign character, misplaced padding or a length that is no multiple of four */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new Base64Error(`base64 of ${text.length} characters is cut off`)
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const letters = text.length - padding
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let bits = 0
  let at = 0
  for (let index = 0; index < letters; index++) {
    const value = values[text.charCodeAt(index)] ?? invalid
    if (value === invalid) throw new Base64Error(`no base64 at character ${index}`)
    bits = (bits << 6) | value
    const place = index % 4
    // Each letter after a group's first completes one byte.
    if (place > 0) bytes[at++] = bits >> (6 - 2 * place)
  }
  return bytes
}

export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two, three] = [bytes[at], bytes[at + 1], bytes[at + 2]]
    const bits = (one << 16) | ((two ?? 0) << 8) | (three ?? 0)
    parts.push(
      alphabet.charAt(bits >> 18),
      alphabet.charAt((bits >> 12) & 63),
      two === undefined ? '=' : alphabet.charAt((bits >> 6) & 63),
      three === undefined ? '=' : alphabet.charAt(bits & 63),
    )
  }
  return parts.join('')
}
