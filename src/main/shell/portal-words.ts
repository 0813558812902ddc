// How the desktop's portal writes things: triggers, requests' answers, what was bound. Pure.
import { z } from 'zod'
import type { Chord, Modifier } from '../../core/turn/chord.ts'

/** Has a dot, as the portal asks, and is the name of the desktop entry that the package installs. */
export const appId = 'app.parley.Parley'

const modifierNames: Record<Modifier, string> = { Ctrl: 'CTRL', Alt: 'ALT', Shift: 'SHIFT', Meta: 'LOGO' }

/** As the freedesktop shortcuts specification writes it: modifiers in capitals, then the key's xkb name. */
export function portalTrigger({ modifiers, key }: Chord): string {
  const name = key.length === 1 ? key.toLowerCase() : key === 'Space' ? 'space' : key
  return [...modifiers.map((modifier) => modifierNames[modifier]), name].join('+')
}

const results = z.record(z.string(), z.object({ value: z.unknown() }))
const response = z.tuple([z.number(), results])
const done = 0

/** @param body of a request's Response signal @returns its results, null when the person or the desktop refused */
export function readResponse(body: unknown): Record<string, unknown> | null {
  const read = response.safeParse(body)
  if (!read.success || read.data[0] !== done) return null
  return Object.fromEntries(Object.entries(read.data[1]).map(([name, { value }]) => [name, value]))
}

const shortcuts = z.array(z.tuple([z.string(), results]))

/** @returns the keys of that shortcut in the desktop's words, empty where it has none or does not say */
export function readBound(bound: unknown, id: string): string {
  const read = shortcuts.safeParse(bound)
  const details = read.success ? read.data.find(([name]) => name === id)?.[1] : undefined
  const words = details?.['trigger_description']?.value
  return typeof words === 'string' ? words.slice(0, mostLetters) : ''
}

const mostLetters = 80
