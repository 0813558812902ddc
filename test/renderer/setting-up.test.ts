// What the settings, the palette and the tools say to a person, decided without a window.
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/renderer/actions.ts'
import { languageFor } from '../../src/core/language/language.ts'
import { commandsOf, matching } from '../../src/renderer/commands.ts'
import { languageOptions } from '../../src/renderer/languages.ts'
import { settingsSections } from '../../src/renderer/panels/settings-sections.ts'
import { createStore, unknown } from '../../src/renderer/store.ts'
import { shortcutGroups } from '../../src/renderer/shortcuts.ts'
import { pressedTalkKey, readTalkKey } from '../../src/renderer/talk-key-words.ts'
import { nothingOver, openPanel } from '../../src/renderer/view.ts'

const english = languageFor('en', [])
const { say } = english

const pressed = (
  key: string,
  code: string,
  held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', true>> = {},
) => pressedTalkKey({ key, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held })

describe('the talk key', () => {
  it('[W230] is recorded by pressing it, whatever sign the keyboard makes of it', () => {
    expect(pressed(' ', 'Space', { ctrlKey: true, altKey: true })).toBe('Ctrl+Alt+Space')
    expect(pressed('k', 'KeyK', { metaKey: true })).toBe('Meta+K')
    expect(pressed('˚', 'KeyK', { altKey: true })).toBe('Alt+K')
    expect(pressed('!', 'Digit1', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+1')
    expect(pressed('F5', 'F5', { ctrlKey: true })).toBe('Ctrl+F5')
    for (const key of ['Control', 'Alt', 'Shift', 'Meta']) expect(pressed(key, `${key}Left`)).toBeNull()
  })

  it('[W230] that typing would set off, or that is none, is refused with the reason', () => {
    const whyOf = (text: string): string => {
      const read = readTalkKey(text, say)
      return read.type === 'refused' ? read.why : ''
    }
    for (const bare of ['k', 'Space', 'Shift+K', 'F5', '7']) expect(whyOf(bare)).toContain('while you type')
    for (const none of ['hello', 'Ctrl+', 'Ctrl+Enter', 'Ctrl+Alt', '+'])
      expect(whyOf(none)).toContain('no combination of keys')
    expect(readTalkKey(' ctrl + alt+space ', say)).toEqual({ type: 'key', keys: 'Ctrl+Alt+Space' })
    expect(readTalkKey('', say)).toEqual({ type: 'key', keys: '' })
  })
})

describe('languages', () => {
  it('[W230] are those that the service has, and the one that is set', () => {
    const codes = (kind: 'embedded' | 'openai', language: string | null): string[] =>
      languageOptions({ endpoint: { kind, model: 'm' }, language }, english).map(([code]) => code)
    expect(codes('embedded', 'en')).toEqual(['en'])
    expect(codes('embedded', 'de').toSorted()).toEqual(['de', 'en'])
    expect(codes('embedded', null)).toContain('')
    expect(codes('openai', 'en').length).toBeGreaterThan(50)
    const names = languageOptions({ endpoint: { kind: 'openai', model: 'm' }, language: null }, english).map(
      ([, name]) => name,
    )
    for (const name of names) expect(name).toMatch(/^\p{Lu}/u)
  })
})

describe('the palette', () => {
  const asked: unknown[] = []
  const app = {
    ask: (name: string, argument: unknown) => Promise.resolve(void asked.push([name, argument])),
    view: createStore(nothingOver),
  } as unknown as App
  const known = { ...unknown, shell: 'electron' as const }
  const found = (typed: string): string[] => matching(commandsOf(app, known), typed).map(({ id }) => id)

  it('[W231] finds every action and every section of the settings by its words in any order', () => {
    expect(found('dark')).toEqual(['theme-dark', 'section-appearance'])
    expect(found('conversation new')).toContain('begin')
    expect(found('MICROPHONE off')).toEqual(['mute'])
    for (const { id, title } of settingsSections('electron', say))
      expect(found(`settings ${title}`)).toContain(`section-${id}`)
    expect(found('nothing like it')).toEqual([])
    expect(new Set(found('')).size).toBe(found('').length)
  })

  it('[W231] is searched in the language of the window', () => {
    const german = { ...known, settings: { ...known.settings, windowLanguage: 'de' as const } }
    const ids = (typed: string): string[] => matching(commandsOf(app, german), typed).map(({ id }) => id)
    expect(ids('mikrofon aus')).toEqual(['mute'])
    expect(ids('einstellungen sprache')).toContain('section-appearance')
    expect(commandsOf(app, german).find(({ id }) => id === 'find')?.keys).toBe('Strg+Umschalt+F')
    for (const locale of ['de', 'es'])
      for (const [, name] of languageOptions(
        { endpoint: { kind: 'openai', model: 'm' }, language: null },
        languageFor(locale as 'de', []),
      ))
        expect(name).toMatch(/^\p{Lu}/u)
  })

  it('[W231] does what it names', () => {
    commandsOf(app, known)
      .find(({ id }) => id === 'larger')
      ?.act()
    expect(asked).toEqual([['settings', { textSize: 112.5 }]])
    commandsOf(app, known)
      .find(({ id }) => id === 'section-voice')
      ?.act()
    expect(app.view.value()).toEqual({ panel: 'settings', section: 'voice', over: null })
    openPanel(app, null)
  })

  it('[W231] the sheet names the talk key as it is set, only where it holds', () => {
    const keysOf = (shell: 'electron' | 'browser'): string => JSON.stringify(shortcutGroups({ ...known, shell }, say))
    expect(keysOf('electron')).toContain('"Ctrl","Alt","Space"')
    expect(keysOf('browser')).not.toContain('"Alt"')
  })
})
