// A combination of keys as a person writes it (`Ctrl+Alt+Space`), read and written. Which code a system gives a key is
// the business of whoever listens.

export type Modifier = 'Ctrl' | 'Alt' | 'Shift' | 'Meta'

export interface Chord {
  modifiers: readonly Modifier[]
  key: string
}

export type Held = Readonly<Record<Modifier, boolean>>

const modifiers: readonly Modifier[] = ['Ctrl', 'Alt', 'Shift', 'Meta']

const names: Record<string, Modifier> = {
  ctrl: 'Ctrl',
  control: 'Ctrl',
  alt: 'Alt',
  option: 'Alt',
  shift: 'Shift',
  meta: 'Meta',
  super: 'Meta',
  win: 'Meta',
  cmd: 'Meta',
  command: 'Meta',
}

/** Letters, digits, function keys and Space: what every keyboard has and every listener knows. */
const keyName = /^([A-Z]|[0-9]|F([1-9]|1[0-9]|2[0-4])|Space)$/

/** @returns null when it is no combination, or one that typing would set off: at least one of Ctrl, Alt or Meta is needed. */
export function readChord(text: string): Chord | null {
  const parts = text.split('+').map((part) => part.trim())
  const last = parts.pop() ?? ''
  const key = last.length === 1 ? last.toUpperCase() : `${last.slice(0, 1).toUpperCase()}${last.slice(1).toLowerCase()}`
  const named = parts.map((part) => names[part.toLowerCase()])
  if (!keyName.test(key) || named.includes(undefined)) return null
  const held = modifiers.filter((modifier) => named.includes(modifier))
  if (held.length !== named.length || held.every((modifier) => modifier === 'Shift')) return null
  return { modifiers: held, key }
}

export function writeChord({ modifiers, key }: Chord): string {
  return [...modifiers, key].join('+')
}

/** Exactly these modifiers: with one more it is another combination. */
export function isHeldBy(chord: Chord, held: Held): boolean {
  return modifiers.every((modifier) => held[modifier] === chord.modifiers.includes(modifier))
}

/** A key as a listener tells it: `name` is null for one without meaning here, `held` are the modifiers at that moment. */
export interface KeyStroke {
  edge: 'down' | 'up'
  name: string | null
  held: Held
}

/**
 * What a stroke means for the combination. It goes up when any of its parts does; a repeated `down` is passed on, since it
 * is a sign that the key is still held.
 */
export function followChord(chord: Chord, isDown: boolean, stroke: KeyStroke): 'down' | 'up' | null {
  const { edge, name, held } = stroke
  if (edge === 'down') return name === chord.key && (isDown || isHeldBy(chord, held)) ? 'down' : null
  const isPart = name === chord.key || chord.modifiers.some((modifier) => modifier === name)
  return isDown && isPart ? 'up' : null
}
