// Shows the app's menu and the menu under the right mouse button (shell/menus.ts), and looks at the spelling of what is typed
// once the person wants that. Electron's own menu, with developer tools and a reload, is never there.
import { app as electronApp, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron'
import type { Notice } from '../../../core/ipc.ts'
import type { Language } from '../../../core/language/language.ts'
import type { Settings } from '../../../core/settings.ts'
import type { App } from '../../app/app.ts'
import { appMenu, contextMenu, spellingLanguages, type MenuAct, type MenuItem } from '../menus.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import type { ShellWindow } from './window.ts'

/** Before there is a window. */
export function setNoMenu(): void {
  Menu.setApplicationMenu(null)
}

/** Anew when the language of the window is another: called after it is followed. */
export function setMenu(app: App, window: ShellWindow): void {
  const perform = (act: MenuAct): void => {
    if (act === 'quit') return electronApp.quit()
    window.show()
    if (act === 'begin') void app.answer('begin', null)
    else if (act === 'larger' || act === 'smaller' || act === 'usual-size') void resize(app, act)
    else window.tell({ type: 'go', to: act } satisfies Notice)
  }
  let shown: Language | null = null
  const show = (): void => {
    const language = shellLanguage()
    if (language === shown) return
    shown = language
    const menus = appMenu(process.platform, language.say).map(({ label, items }) => ({
      label,
      submenu: items.map((item) => optionsOf(item, perform)),
    }))
    Menu.setApplicationMenu(Menu.buildFromTemplate(menus))
  }
  app.hear(({ type }) => {
    if (type === 'settings') show()
  })
  show()
}

const stepPercent = 12.5

async function resize(app: App, act: 'larger' | 'smaller' | 'usual-size'): Promise<void> {
  const { textSize } = (await lookAt(app)).settings
  const wanted = act === 'usual-size' ? 100 : textSize + (act === 'larger' ? stepPercent : -stepPercent)
  await app.answer('settings', { textSize: Math.min(200, Math.max(75, wanted)) })
}

/** Called for the window's page. */
export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, clicked) => {
    const items = contextMenu(clicked, shellLanguage().say)
    if (items.length === 0) return
    const learn = (word: string): void => void contents.session.addWordToSpellCheckerDictionary(word)
    const template = items.map((item) => {
      if (item.type === 'suggestion') return { label: item.word, click: () => contents.replaceMisspelling(item.word) }
      if (item.type === 'learn') return { label: item.label, click: () => learn(item.word) }
      return optionsOf(item, () => undefined)
    })
    Menu.buildFromTemplate(template).popup()
  })
}

/** Off until it is wanted: but on macOS, Electron fetches a dictionary for it. */
export function followSpelling(contents: WebContents, { checksSpelling, languages }: Settings): void {
  const { session } = contents
  session.setSpellCheckerEnabled(checksSpelling)
  if (process.platform === 'darwin') return
  const wanted = [...languages, ...electronApp.getPreferredSystemLanguages(), 'en-US']
  const found = spellingLanguages(session.availableSpellCheckerLanguages, wanted)
  session.setSpellCheckerLanguages(checksSpelling ? [...found.slice(0, 2)] : [])
}

function optionsOf(item: MenuItem, perform: (act: MenuAct) => void): MenuItemConstructorOptions {
  switch (item.type) {
    case 'line':
      return { type: 'separator' }
    case 'role':
      return { role: item.role, label: item.label }
    case 'act':
      // The window itself hears the keys where it has the focus, and tells main nothing of them.
      return { label: item.label, ...(item.keys ? { accelerator: item.keys } : {}), click: () => perform(item.act) }
    case 'suggestion':
    case 'learn':
      return { label: item.word }
  }
}
