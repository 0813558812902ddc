// Which keys do what in the window, as the sheet lists them.
import type { Say } from '../core/language/messages.ts'
import { keysInWords } from './key-names.ts'
import type { Known } from './store.ts'

interface Shortcut {
  keys: readonly string[]
  does: string
}

export function shortcutGroups(
  { shell, settings, state }: Pick<Known, 'shell' | 'settings' | 'state'>,
  say: Say,
): readonly { title: string; shortcuts: readonly Shortcut[] }[] {
  const one = (keys: string, does: string): Shortcut => ({ keys: keysInWords(keys, say), does })
  const isAnywhere = shell === 'electron' && settings.talkKey !== ''
  return [
    {
      title: say('shortcuts.talking'),
      shortcuts: [
        ...(isAnywhere ? [one(settings.talkKey, say('shortcuts.anywhere'))] : []),
        one('Space', say(state.mode === 'hold' ? 'shortcuts.space' : 'shortcuts.interrupt')),
        one('Esc', say('shortcuts.esc')),
      ],
    },
    {
      title: say('shortcuts.moving'),
      shortcuts: [
        one('Ctrl+K', say('shortcuts.palette')),
        one('?', say('shortcuts.sheet')),
        one('Ctrl+,', say('shortcuts.settings')),
        one('Ctrl+Shift+F', say('shortcuts.find')),
        one('F6', say('shortcuts.f6')),
        one('↑+↓', say('shortcuts.arrows')),
      ],
    },
    {
      title: say('shortcuts.typing'),
      shortcuts: [
        one('Enter', say('shortcuts.send')),
        one('Shift+Enter', say('shortcuts.line')),
        one('Ctrl+Enter', say('shortcuts.again')),
      ],
    },
  ]
}
