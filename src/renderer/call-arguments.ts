// The exact arguments of a call as a table that a person reads: a name and a value a row. Pure.

import type { Say } from '../core/language/messages.ts'

export interface ArgumentRow {
  name: string
  value: string
}

/** @param text JSON. @returns null when it is no object with fields, which is shown as it is */
export function argumentRows(text: string, say: Say): readonly ArgumentRow[] | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const rows = Object.entries(value).map(([name, of]) => ({ name, value: plain(of, say) }))
  return rows.length === 0 ? null : rows
}

function plain(value: unknown, say: Say): string {
  if (typeof value === 'string') return value === '' ? say('arguments.empty') : value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('\n')
  return typeof value === 'boolean' ? say(value ? 'arguments.yes' : 'arguments.no') : JSON.stringify(value, null, 2)
}
