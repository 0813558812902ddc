// The process that listens to the keyboard: the only door to uiohook-napi, which ends its process when the display goes
// away. Of all that is typed it tells main three words: the talk key went down, went up, and Escape was pressed.
import { uIOhook, UiohookKey, type UiohookKeyboardEvent } from 'uiohook-napi'
import { followChord, readChord, type Chord } from '../../core/turn/chord.ts'
import { openChannel } from '../channel.ts'
import type { FromTalkKeyHost, ToTalkKeyHost } from './talk-key-messages.ts'

const names = new Map<number, string>(Object.entries(UiohookKey).map(([name, code]) => [code, name]))
names.set(UiohookKey.CtrlRight, 'Ctrl')
names.set(UiohookKey.AltRight, 'Alt')
names.set(UiohookKey.ShiftRight, 'Shift')
names.set(UiohookKey.MetaRight, 'Meta')

const channel = openChannel<FromTalkKeyHost, ToTalkKeyHost>()
let chord: Chord | null = null
let isDown = false

/** libuiohook's events have the system's time in milliseconds, and on macOS in nanoseconds. */
const perMs = process.platform === 'darwin' ? 1_000_000 : 1

function hear(edge: 'down' | 'up', event: UiohookKeyboardEvent): void {
  const name = names.get(event.keycode) ?? null
  if (edge === 'down' && name === 'Escape') channel?.post('escape')
  if (!chord) return
  const held = { Ctrl: event.ctrlKey, Alt: event.altKey, Shift: event.shiftKey, Meta: event.metaKey }
  const meaning = followChord(chord, isDown, { edge, name, held })
  if (meaning === null) return
  isDown = meaning === 'down'
  channel?.post({ type: 'edge', edge: meaning, handMs: event.time / perMs })
}

if (channel) {
  uIOhook.on('keydown', (event) => hear('down', event))
  uIOhook.on('keyup', (event) => hear('up', event))
  channel.onMessage(({ keys }) => {
    if (isDown) channel.post({ type: 'edge', edge: 'up', handMs: 0 })
    isDown = false
    chord = readChord(keys)
  })
  channel.onClosed(() => process.exit())
  uIOhook.start()
  channel.post('listening')
}
