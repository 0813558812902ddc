// Names under which tools of servers are offered: models take letters, digits, `_` and `-`, at most 64 of them.

export const maxToolName = 64

/**
 * `server__tool`. Another name than the tool's own may be needed, and two tools may then come to the same: `taken` are those
 * that are given away. Null when there is none left.
 */
export function offeredName(server: string, tool: string, taken: ReadonlySet<string>): string | null {
  const plain = `${server}__${tool.replace(/[^A-Za-z0-9_-]/g, '_')}`.slice(0, maxToolName)
  if (!taken.has(plain)) return plain
  for (let number = 2; number <= 9; number++) {
    const numbered = `${plain.slice(0, maxToolName - 2)}_${number}`
    if (!taken.has(numbered)) return numbered
  }
  return null
}
