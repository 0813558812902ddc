// What closing the window does: it hides into the tray, and where there is none it is minimised or Parley ends, as the person chose
// when it was closed the first time. Also what a start without a window does there.
import { app as electronApp, dialog } from 'electron'
import type { Settings } from '../../../core/settings.ts'
import type { App } from '../../app/app.ts'
import { hasTray } from '../tray-there.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import type { ShellWindow } from './window.ts'

/** Elsewhere every desktop has one. Where nobody can be asked it is believed in. */
const isTrayMissing = async (): Promise<boolean> => process.platform === 'linux' && (await hasTray()) === false

export async function followClosing(app: App, window: ShellWindow): Promise<void> {
  let { withoutTray } = (await lookAt(app)).settings
  app.hear((notice) => {
    if (notice.type === 'settings') withoutTray = notice.settings.withoutTray
  })
  let isAsking = false

  async function close(): Promise<void> {
    // Asked each time: a panel comes and goes.
    if (!(await isTrayMissing())) {
      window.hide()
      return
    }
    const chosen = withoutTray === 'ask' ? await ask() : withoutTray
    if (chosen === 'quit') electronApp.quit()
    else if (chosen === 'minimise') window.minimise()
  }

  async function ask(): Promise<Settings['withoutTray']> {
    const { say } = shellLanguage()
    const ways = ['minimise', 'quit', 'ask'] as const
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: say('shell.asks'),
      message: say('shell.noTray'),
      detail: say('shell.noTrayBody'),
      buttons: [say('shell.minimise'), say('shell.quit'), say('shell.cancel')],
      defaultId: 0,
      cancelId: 2,
    })
    const chosen = ways[response] ?? 'ask'
    if (chosen !== 'ask') await app.answer('settings', { withoutTray: chosen })
    return chosen
  }

  window.onClosing(() => {
    if (isAsking) return
    isAsking = true
    void close().finally(() => (isAsking = false))
  })
}

/** Nothing is left that could be found again only by those who know its name. */
export async function startHidden(window: ShellWindow): Promise<void> {
  if (await isTrayMissing()) window.minimise()
}
