// Cuts what a tool gave to what a model may be given.
import { toBytes, toText } from '../store/utf8.ts'

/** At most `maxBytes` of UTF-8, the note about what is missing included; no character is cut in two. */
export function cutText(text: string, maxBytes: number): string {
  const bytes = toBytes(text)
  if (bytes.length <= maxBytes) return text
  const note = `\n[Cut here: the whole has ${bytes.length} bytes.]`
  let end = Math.max(0, maxBytes - toBytes(note).length)
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return toText(bytes.subarray(0, end)) + note
}
