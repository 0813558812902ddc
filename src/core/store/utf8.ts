// Text to bytes and back. The Encoding standard is present in Node, windows and workers alike, but no library that
// core compiles with declares it, so the two names are declared here and nowhere else.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8')

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Bytes that are no UTF-8 become U+FFFD; whoever cares checks a checksum first. */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
