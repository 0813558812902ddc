// Keys as they stand on the keyboards of the window's language. Pure.
import type { Say } from '../core/language/messages.ts'

const named = ['Ctrl', 'Alt', 'Shift', 'Meta', 'Space', 'Enter', 'Esc'] as const

export function keyName(key: string, say: Say): string {
  const known = named.find((one) => one === key)
  return known === undefined ? key : say(`keyname.${known}`)
}

/** @param keys as in `Ctrl+Shift+F`; empty for none */
export function keysInWords(keys: string, say: Say): readonly string[] {
  return keys === '' ? [] : keys.split('+').map((key) => keyName(key, say))
}
