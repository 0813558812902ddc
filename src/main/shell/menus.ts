// What the app's menu and the menu under the right mouse button offer, as plain values; Electron shows them
// (electron/menu.ts). No developer tools, no reload, nothing that Electron brings along by itself.
import type { Say } from '../../core/language/messages.ts'

/** A command of the window, or one of Electron's own by its role. */
export type MenuItem =
  | { type: 'line' }
  | { type: 'role'; role: EditRole | ViewRole; label: string }
  | { type: 'act'; act: MenuAct; label: string; keys?: string }
  | { type: 'suggestion'; word: string }
  | { type: 'learn'; word: string; label: string }

export type MenuAct =
  'begin' | 'settings' | 'palette' | 'shortcuts' | 'find' | 'quit' | 'larger' | 'smaller' | 'usual-size'
export type EditRole = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'pasteAndMatchStyle' | 'selectAll'
export type ViewRole = 'togglefullscreen' | 'minimize' | 'hide' | 'hideOthers' | 'unhide'

export interface Menu {
  label: string
  items: readonly MenuItem[]
}

const line: MenuItem = { type: 'line' }
const role = (name: EditRole | ViewRole, label: string): MenuItem => ({ type: 'role', role: name, label })
const act = (name: MenuAct, label: string, keys?: string): MenuItem => ({
  type: 'act',
  act: name,
  label,
  ...(keys === undefined ? {} : { keys }),
})

export function appMenu(platform: NodeJS.Platform, say: Say): readonly Menu[] {
  const own =
    platform === 'darwin'
      ? [
          role('hide', say('menu.hide')),
          role('hideOthers', say('menu.hideOthers')),
          role('unhide', say('menu.unhide')),
          line,
        ]
      : []
  return [
    {
      label: 'Parley',
      items: [
        act('begin', say('menu.begin'), 'CmdOrCtrl+N'),
        act('settings', say('menu.settings'), 'CmdOrCtrl+,'),
        line,
        ...own,
        act('quit', say('menu.quit'), 'CmdOrCtrl+Q'),
      ],
    },
    {
      label: say('menu.edit'),
      items: [
        role('undo', say('menu.undo')),
        role('redo', say('menu.redo')),
        line,
        role('cut', say('menu.cut')),
        role('copy', say('menu.copy')),
        role('paste', say('menu.paste')),
        role('pasteAndMatchStyle', say('menu.pasteAndMatchStyle')),
        role('selectAll', say('menu.selectAll')),
        line,
        act('find', say('menu.find'), 'CmdOrCtrl+Shift+F'),
      ],
    },
    {
      label: say('menu.view'),
      items: [
        act('palette', say('menu.palette'), 'CmdOrCtrl+K'),
        act('shortcuts', say('menu.shortcuts')),
        line,
        act('larger', say('menu.larger'), 'CmdOrCtrl+Plus'),
        act('smaller', say('menu.smaller'), 'CmdOrCtrl+-'),
        act('usual-size', say('menu.usualSize'), 'CmdOrCtrl+0'),
        line,
        role('togglefullscreen', say('menu.togglefullscreen')),
        role('minimize', say('menu.minimize')),
      ],
    },
  ]
}

/** What was clicked, as far as the menu depends on it. */
export interface Clicked {
  isEditable: boolean
  selectionText: string
  misspelledWord: string
  dictionarySuggestions: readonly string[]
  editFlags: {
    canUndo: boolean
    canRedo: boolean
    canCut: boolean
    canCopy: boolean
    canPaste: boolean
    canSelectAll: boolean
  }
}

const mostSuggestions = 5

/** Empty where there is nothing to do. */
export function contextMenu(
  { isEditable, selectionText, misspelledWord, dictionarySuggestions, editFlags }: Clicked,
  say: Say,
): readonly MenuItem[] {
  const hasSelection = selectionText.trim() !== ''
  if (!isEditable) return hasSelection && editFlags.canCopy ? [role('copy', say('menu.copy'))] : []
  const spelling: MenuItem[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.slice(0, mostSuggestions).map((word): MenuItem => ({ type: 'suggestion', word })),
          { type: 'learn', word: misspelledWord, label: say('menu.learn', { words: misspelledWord }) },
          line,
        ]
  return [
    ...spelling,
    ...(editFlags.canUndo ? [role('undo', say('menu.undo'))] : []),
    ...(editFlags.canRedo ? [role('redo', say('menu.redo'))] : []),
    ...(editFlags.canUndo || editFlags.canRedo ? [line] : []),
    ...(editFlags.canCut && hasSelection ? [role('cut', say('menu.cut'))] : []),
    ...(editFlags.canCopy && hasSelection ? [role('copy', say('menu.copy'))] : []),
    ...(editFlags.canPaste ? [role('paste', say('menu.paste'))] : []),
    ...(editFlags.canSelectAll ? [role('selectAll', say('menu.selectAll'))] : []),
  ]
}

/** Languages in which spelling can be looked at, the person's own first. @param available as the system names them */
export function spellingLanguages(available: readonly string[], wanted: readonly string[]): readonly string[] {
  const found = wanted.flatMap((language) => {
    const [base = ''] = language.split('-')
    return (
      available.find((one) => one.toLowerCase() === language.toLowerCase()) ??
      available.find((one) => one.split('-')[0] === base) ??
      []
    )
  })
  return [...new Set(found)]
}
