// A talk key as it is typed or pressed: read, or refused with the reason. Pure.
import type { Say } from '../core/language/messages.ts'
import { readChord, writeChord, type Modifier } from '../core/turn/chord.ts'

export type ReadKey = { type: 'key'; keys: string } | { type: 'refused'; why: string }

/** @param text as a person types it; empty is no key at all */
export function readTalkKey(text: string, say: Say): ReadKey {
  const typed = text.trim()
  if (typed === '') return { type: 'key', keys: '' }
  const chord = readChord(typed)
  if (chord) return { type: 'key', keys: writeChord(chord) }
  const withModifier = readChord(`Ctrl+${typed.replace(/^shift\s*\+/i, '')}`)
  return {
    type: 'refused',
    why: withModifier
      ? say('settings.talkKey.bare', { keys: withModifier.key })
      : say('settings.talkKey.unknown', { words: typed }),
  }
}

/** What the browser says of a press. */
export interface PressedKey {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
}

const modifierKeys = new Set(['Control', 'Alt', 'Shift', 'Meta', 'OS', 'AltGraph', 'CapsLock'])

/** What was pressed, as it would be typed. @returns null while only modifiers are down */
export function pressedTalkKey({ key, code, ctrlKey, altKey, shiftKey, metaKey }: PressedKey): string | null {
  if (modifierKeys.has(key)) return null
  const held: Modifier[] = [
    ...(ctrlKey ? (['Ctrl'] as const) : []),
    ...(altKey ? (['Alt'] as const) : []),
    ...(shiftKey ? (['Shift'] as const) : []),
    ...(metaKey ? (['Meta'] as const) : []),
  ]
  return [...held, nameOf(key, code)].join('+')
}

/** With Alt or Shift held, a letter can be another sign: its place on the keyboard says which key it is. */
function nameOf(key: string, code: string): string {
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase()
  if (key === ' ' || code === 'Space') return 'Space'
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? key
}
