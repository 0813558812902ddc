// Whether a text was base64 (RFC 4648, section 4). Decoding is the platform's, which is fast and says nothing of damage;
// sound decoded from a damaged text is noise in somebody's ear, so what it made of the text is checked here.

export class Base64Error extends Error {
  override readonly name = 'Base64Error'
}

/**
 * Node's decoder skips characters that it does not know and ends at padding: fewer bytes come of a text with either. It
 * takes the letters of base64url too, and of a wider character its low byte.
 * @param decodedBytes how many it made of the text
 * @param utf8Bytes how long the text is in UTF-8
 */
export function isBase64(text: string, decodedBytes: number, utf8Bytes: number): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return (
    decodedBytes === (text.length / 4) * 3 - padding &&
    utf8Bytes === text.length &&
    !text.includes('-') &&
    !text.includes('_')
  )
}
