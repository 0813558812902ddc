// One line of a server as a message of the protocol: what would spoil a message and can be told all the same is put right, since
// an answer that is thrown away leaves whoever asked waiting. Pure.

/** Null for what is no message at all. Its shape is checked by who takes it. */
export function repairedMessage(line: string): object | null {
  const value = parsed(line)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const message = value as Record<string, unknown>
  if ('method' in message) return message['method'] === null ? null : { ...message, jsonrpc: '2.0' }
  if (!('id' in message)) return null
  const { id } = message
  // Ours are numbers; some servers give them back as text.
  const answered = typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id
  if (typeof answered !== 'number') return null
  const head = { jsonrpc: '2.0', id: answered }
  const { error, result } = message
  if (error !== undefined && error !== null) return { ...head, error: errorOf(error) }
  if (typeof result === 'object' && result !== null && !Array.isArray(result)) return { ...head, result }
  // Null, a text or a list in place of an answer.
  return {
    ...head,
    result: result === null || result === undefined ? {} : { content: [{ type: 'text', text: textOf(result) }] },
  }
}

function errorOf(error: unknown): { code: number; message: string } {
  if (typeof error !== 'object' || error === null) return { code: -32603, message: textOf(error) }
  const { code, message } = error as Record<string, unknown>
  return {
    code: Number.isInteger(code) ? Number(code) : -32603,
    message: typeof message === 'string' && message !== '' ? message : textOf(error),
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return null
  }
}
