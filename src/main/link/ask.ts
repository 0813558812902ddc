// A request as it stands in a frame of a window's socket. What it means is the contract's business (core/ipc.ts).

export interface Asked {
  id: number
  name: unknown
  argument: unknown
}

/** @returns null for what nobody sends who speaks the contract */
export function readAsk(text: string): Asked | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { id, name, argument } = value as Record<string, unknown>
  return typeof id === 'number' ? { id, name, argument } : null
}
