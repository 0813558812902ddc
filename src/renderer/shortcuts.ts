// Which keys do what in the window, as the sheet lists them.
import type { Known } from './store.ts'

interface Shortcut {
  keys: readonly string[]
  does: string
}

const words = {
  talking: 'Talking',
  moving: 'Getting about',
  typing: 'Typing and answering',
  anywhere: 'Talk, in every program: hold, or tap to keep talking',
  space: 'Talk: hold, or tap to keep talking',
  interrupt: 'Interrupt the voice',
  esc: 'Silence the voice; close what is open',
  palette: 'Do anything by its name',
  sheet: 'This list',
  settings: 'Settings',
  find: 'Search conversations',
  arrows: 'To the next and the one before, in the transcript and in lists',
  f6: 'To the next part of the window',
  send: 'Send what is typed',
  line: 'A new line',
  again: 'Say again what was not answered',
} as const

export function shortcutGroups({
  shell,
  settings,
  state,
}: Pick<Known, 'shell' | 'settings' | 'state'>): readonly { title: string; shortcuts: readonly Shortcut[] }[] {
  const isAnywhere = shell === 'electron' && settings.talkKey !== ''
  return [
    {
      title: words.talking,
      shortcuts: [
        ...(isAnywhere ? [{ keys: settings.talkKey.split('+'), does: words.anywhere }] : []),
        { keys: ['Space'], does: state.mode === 'hold' ? words.space : words.interrupt },
        { keys: ['Esc'], does: words.esc },
      ],
    },
    {
      title: words.moving,
      shortcuts: [
        { keys: ['Ctrl', 'K'], does: words.palette },
        { keys: ['?'], does: words.sheet },
        { keys: ['Ctrl', ','], does: words.settings },
        { keys: ['Ctrl', 'Shift', 'F'], does: words.find },
        { keys: ['F6'], does: words.f6 },
        { keys: ['↑', '↓'], does: words.arrows },
      ],
    },
    {
      title: words.typing,
      shortcuts: [
        { keys: ['Enter'], does: words.send },
        { keys: ['Shift', 'Enter'], does: words.line },
        { keys: ['Ctrl', 'Enter'], does: words.again },
      ],
    },
  ]
}
