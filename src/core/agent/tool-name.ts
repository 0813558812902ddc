// Names under which tools of servers are offered: models take letters, digits, `_` and `-`, at most 64 of them.

export const maxToolName = 64

/** `server__tool`. Of a name that is too long the end is a digest of the whole, so that two of them stay two. */
export function offeredName(server: string, tool: string): string {
  const whole = `${server}__${tool}`
  const plain = whole.replace(/[^A-Za-z0-9_-]/g, '_')
  if (plain.length <= maxToolName) return plain
  const mark = digestOf(whole)
  return `${plain.slice(0, maxToolName - mark.length - 1)}_${mark}`
}

/** FNV-1a, 32 bits: tells names apart, guards nothing. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
