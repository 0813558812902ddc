import { describe, expect, it } from 'vitest'
import { followChord, isHeldBy, readChord, writeChord, type Held } from '../../../src/core/turn/chord.ts'

const none = { Ctrl: false, Alt: false, Shift: false, Meta: false }

describe('a combination of keys', () => {
  it.each([
    ['Ctrl+Alt+Space', 'Ctrl+Alt+Space'],
    ['alt + control + space', 'Ctrl+Alt+Space'],
    ['Cmd+Shift+k', 'Shift+Meta+K'],
    ['ctrl+f12', 'Ctrl+F12'],
  ])('[X3] “%s” is read as %s', (given, wanted) => {
    expect(writeChord(readChord(given)!)).toBe(wanted)
  })

  it.each(['Space', 'Shift+A', 'Ctrl+', 'Ctrl+Ctrl+A', 'Ctrl+Ä', 'Hyper+A', 'Ctrl+F25', '', '+', 'Ctrl+Alt'])(
    '[X3] “%s” is refused: it is none, or typing would set it off',
    (given) => {
      expect(readChord(given)).toBeNull()
    },
  )

  it('[X3] is held by exactly its modifiers', () => {
    const chord = readChord('Ctrl+Alt+Space')!
    expect(isHeldBy(chord, { ...none, Ctrl: true, Alt: true })).toBe(true)
    expect(isHeldBy(chord, { ...none, Ctrl: true })).toBe(false)
    expect(isHeldBy(chord, { ...none, Ctrl: true, Alt: true, Shift: true })).toBe(false)
  })
})

describe('what strokes mean for a combination', () => {
  const chord = readChord('Ctrl+Alt+Space')!
  const both: Held = { ...none, Ctrl: true, Alt: true }
  const stroke = (edge: 'down' | 'up', name: string | null, held: Held, isDown = false) =>
    followChord(chord, isDown, { edge, name, held })

  it('[X10] it goes down with its key while exactly its modifiers are held', () => {
    expect(stroke('down', 'Space', both)).toBe('down')
    expect(stroke('down', 'Space', { ...both, Shift: true })).toBeNull()
    expect(stroke('down', 'Space', none)).toBeNull()
    expect(stroke('down', 'K', both)).toBeNull()
    expect(stroke('down', null, both)).toBeNull()
  })

  it('[X10] it goes up with whichever of its parts is let go first, and auto-repeat is passed on', () => {
    for (const part of ['Space', 'Ctrl', 'Alt']) expect(stroke('up', part, none, true)).toBe('up')
    expect(stroke('up', 'Shift', both, true)).toBeNull()
    expect(stroke('up', 'Space', none)).toBeNull()
    expect(stroke('down', 'Space', none, true)).toBe('down')
  })
})
