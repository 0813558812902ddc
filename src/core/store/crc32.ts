// The checksum of the record: CRC-32 as in ISO-HDLC (zip, PNG), reflected polynomial 0xEDB88320. It finds decay and
// torn writes; it is no defence against a person who means harm.

const table = new Uint32Array(256).map((_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** @returns an unsigned 32-bit number; of the ASCII text "123456789" it is 0xCBF43926. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (let at = 0; at < bytes.length; at += 1) value = (value >>> 8) ^ (table[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}

/** The checksum as it stands in files: eight lower-case hexadecimal digits. */
export function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}
