import { describe, expect, it } from 'vitest'
import { isHeldBy, readChord, writeChord } from '../../../src/core/turn/chord.ts'

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
