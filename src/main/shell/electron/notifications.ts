// Tells by the desktop's notifications what nobody sees, since the window is hidden. A click shows the window and does nothing
// else: a notification can be clicked by accident.
import { Notification } from 'electron'
import type { App } from '../../app/app.ts'
import { createNews } from '../news.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import type { ShellWindow } from './window.ts'

export async function tellHidden(app: App, window: ShellWindow): Promise<void> {
  const news = createNews(shellLanguage, await lookAt(app))
  app.hear((notice) => {
    const told = news(notice)
    if (told === null || window.isShown() || !Notification.isSupported()) return
    const said = new Notification(told)
    said.on('click', () => window.show())
    said.show()
  })
}
