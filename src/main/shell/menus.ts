// What the app's menu and the menu under the right mouse button offer, as plain values; Electron shows them
// (electron/menu.ts). No developer tools, no reload, nothing that Electron brings along by itself.

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

const words = {
  file: 'Parley',
  begin: 'New conversation',
  settings: 'Settings…',
  quit: 'Quit Parley',
  hide: 'Hide Parley',
  hideOthers: 'Hide others',
  unhide: 'Show all',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteAndMatchStyle: 'Paste as plain text',
  selectAll: 'Select all',
  find: 'Search conversations…',
  view: 'View',
  palette: 'Do anything by its name…',
  shortcuts: 'Keyboard shortcuts',
  larger: 'Larger text',
  smaller: 'Smaller text',
  usualSize: 'Usual text size',
  fullScreen: 'Full screen',
  minimize: 'Minimise',
  learn: (word: string) => `Add “${word}” to the dictionary`,
}

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

export function appMenu(platform: NodeJS.Platform): readonly Menu[] {
  const own =
    platform === 'darwin'
      ? [role('hide', words.hide), role('hideOthers', words.hideOthers), role('unhide', words.unhide), line]
      : []
  return [
    {
      label: words.file,
      items: [
        act('begin', words.begin, 'CmdOrCtrl+N'),
        act('settings', words.settings, 'CmdOrCtrl+,'),
        line,
        ...own,
        act('quit', words.quit, 'CmdOrCtrl+Q'),
      ],
    },
    {
      label: words.edit,
      items: [
        role('undo', words.undo),
        role('redo', words.redo),
        line,
        role('cut', words.cut),
        role('copy', words.copy),
        role('paste', words.paste),
        role('pasteAndMatchStyle', words.pasteAndMatchStyle),
        role('selectAll', words.selectAll),
        line,
        act('find', words.find, 'CmdOrCtrl+Shift+F'),
      ],
    },
    {
      label: words.view,
      items: [
        act('palette', words.palette, 'CmdOrCtrl+K'),
        act('shortcuts', words.shortcuts),
        line,
        act('larger', words.larger, 'CmdOrCtrl+Plus'),
        act('smaller', words.smaller, 'CmdOrCtrl+-'),
        act('usual-size', words.usualSize, 'CmdOrCtrl+0'),
        line,
        role('togglefullscreen', words.fullScreen),
        role('minimize', words.minimize),
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
export function contextMenu({
  isEditable,
  selectionText,
  misspelledWord,
  dictionarySuggestions,
  editFlags,
}: Clicked): readonly MenuItem[] {
  const hasSelection = selectionText.trim() !== ''
  if (!isEditable) return hasSelection && editFlags.canCopy ? [role('copy', words.copy)] : []
  const spelling: MenuItem[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.slice(0, mostSuggestions).map((word): MenuItem => ({ type: 'suggestion', word })),
          { type: 'learn', word: misspelledWord, label: words.learn(misspelledWord) },
          line,
        ]
  return [
    ...spelling,
    ...(editFlags.canUndo ? [role('undo', words.undo)] : []),
    ...(editFlags.canRedo ? [role('redo', words.redo)] : []),
    ...(editFlags.canUndo || editFlags.canRedo ? [line] : []),
    ...(editFlags.canCut && hasSelection ? [role('cut', words.cut)] : []),
    ...(editFlags.canCopy && hasSelection ? [role('copy', words.copy)] : []),
    ...(editFlags.canPaste ? [role('paste', words.paste)] : []),
    ...(editFlags.canSelectAll ? [role('selectAll', words.selectAll)] : []),
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
