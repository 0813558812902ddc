// Whether a text can be base64 (RFC 4648, section 4). Decoding is the platform's, which is fast and says nothing of damage;
// sound decoded from a damaged text is noise in somebody's ear, so the text and what was made of it are checked here.

export class Base64Error extends Error {
  override readonly name = 'Base64Error'
}

// V8 keeps a text without wide characters in bytes, and knows without looking that none of them matches.
const wide = /[\u0100-\uffff]/

/**
 * Node's decoder skips characters that it does not know and ends at padding: fewer bytes come of a text with either. It
 * takes the letters of base64url too, and of a wide character its low byte.
 * @param decodedBytes how many it made of the text
 */
export function isBase64(text: string, decodedBytes: number): boolean {
  return decodedBytes === decodedLength(text) && hasNoStrangers(text)
}

/** @returns how many bytes come of the text if it is base64; null for one that is none by its length. No text gives more. */
export function decodedLength(text: string): number | null {
  if (text.length % 4 !== 0) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return (text.length / 4) * 3 - padding
}

/** No character that Node's decoder would take for another one. */
export function hasNoStrangers(text: string): boolean {
  return !text.includes('-') && !text.includes('_') && !wide.test(text)
}
