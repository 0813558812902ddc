// Reads the arguments that a model wrote: JSON text of an object, within bounds. What the object must hold is the tool's business.
import { callLimits } from './limits.ts'
import { toBytes } from '../store/utf8.ts'

export type ReadArguments = { type: 'read'; value: Record<string, unknown> } | { type: 'refused'; why: string }

/** No text at all is an object without fields: models write it for tools without arguments. */
export function readArguments(text: string): ReadArguments {
  if (text.length > callLimits.argumentsBytes || toBytes(text).length > callLimits.argumentsBytes)
    return { type: 'refused', why: `The arguments are larger than ${callLimits.argumentsBytes / 1024} KiB.` }
  if (text.trim() === '') return { type: 'read', value: {} }
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { type: 'refused', why: 'The arguments are not a JSON object.' }
  if (!isShallow(value)) return { type: 'refused', why: 'The arguments are nested too deeply.' }
  return { type: 'read', value: value as Record<string, unknown> }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Level by level: what is 10,000 deep parses, and then breaks whoever walks it by calling itself. */
export function isShallow(value: unknown, depth: number = callLimits.argumentsDepth): boolean {
  let level: unknown[] = [value]
  for (let at = 0; level.length > 0; at++) {
    if (at > depth) return false
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return true
}
