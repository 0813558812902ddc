import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languageFor } from '../../../src/core/language/language.ts'
import type { Say } from '../../../src/core/language/messages.ts'
import { atHome } from '../../../src/main/home-path.ts'
import { appMenu, contextMenu, spellingLanguages, type Clicked, type MenuItem } from '../../../src/main/shell/menus.ts'

const { say } = languageFor('en', [])
const nothing: Clicked = {
  isEditable: false,
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  editFlags: { canUndo: false, canRedo: false, canCut: false, canCopy: false, canPaste: false, canSelectAll: false },
}
const all = { canUndo: true, canRedo: true, canCut: true, canCopy: true, canPaste: true, canSelectAll: true }
const namesOf = (items: readonly MenuItem[]): string[] =>
  items.map((item) => (item.type === 'role' ? item.role : item.type === 'suggestion' ? item.word : item.type))

describe('the menus of the desktop app', () => {
  it('[W224] the app’s menu edits, shows and quits on every system, and offers no developer tools and no reload', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const items = appMenu(platform, say).flatMap((menu) => menu.items)
      for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']) expect(namesOf(items)).toContain(role)
      expect(JSON.stringify(items)).not.toMatch(/devtools|reload|inspect/i)
      const keys = items.flatMap((item) => (item.type === 'act' && item.keys ? [item.keys] : []))
      expect(new Set(keys).size).toBe(keys.length)
      for (const item of items) if ('label' in item) expect(item.label).not.toBe('')
    }
  })

  it('[W207] they are in the language of the window', () => {
    for (const code of ['es', 'de'] as const) {
      const texts = (one: Say): string[] => [
        ...appMenu('darwin', one).flatMap(({ items }) =>
          items.flatMap((item) => ('label' in item ? [item.label] : [])),
        ),
        JSON.stringify(contextMenu({ ...nothing, isEditable: true, editFlags: all }, one)),
      ]
      const english = new Set(texts(say))
      expect(texts(languageFor(code, []).say).filter((text) => english.has(text))).toEqual([])
    }
  })

  it('[W224] the right mouse button offers what can be done there, spelling first, and nothing where nothing can', () => {
    expect(contextMenu(nothing, say)).toEqual([])
    expect(namesOf(contextMenu({ ...nothing, selectionText: 'words', editFlags: all }, say))).toEqual(['copy'])
    const field = { ...nothing, isEditable: true, editFlags: all }
    expect(namesOf(contextMenu(field, say))).toEqual(['undo', 'redo', 'line', 'paste', 'selectAll'])
    const slip = { ...field, selectionText: 'ligthouse', misspelledWord: 'ligthouse' }
    const suggested = contextMenu({ ...slip, dictionarySuggestions: ['lighthouse', 'a', 'b', 'c', 'd', 'e'] }, say)
    expect(namesOf(suggested).slice(0, 7)).toEqual(['lighthouse', 'a', 'b', 'c', 'd', 'learn', 'line'])
    expect(namesOf(suggested)).toContain('cut')
  })

  it('[W224] spelling is looked at in the person’s own languages, as far as there are dictionaries', () => {
    const available = ['de', 'en-GB', 'en-US', 'es']
    expect(spellingLanguages(available, ['de-AT', 'en-GB', 'tlh'])).toEqual(['de', 'en-GB'])
    expect(spellingLanguages(available, ['en', 'en-US'])).toEqual(['en-GB', 'en-US'])
    expect(spellingLanguages([], ['en'])).toEqual([])
  })
})

describe('a path', () => {
  it('[W226] from ~ on is one in the person’s own folder', () => {
    expect(atHome('~/Notes')).toBe(join(homedir(), 'Notes'))
    expect(atHome('~', '/home/ada')).toBe('/home/ada')
    for (const other of ['/tmp/~', '~ada/Notes', 'Notes', '']) expect(atHome(other)).toBe(other)
  })
})
