// Tells by the desktop's notifications what nobody sees, since the window is hidden. A click shows the window and does nothing
// else: a notification can be clicked by accident.
import { Notification } from 'electron'
import { isQuietAt } from '../../../core/quiet-hours.ts'
import type { App } from '../../app/app.ts'
import { createNews } from '../news.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import type { ShellWindow } from './window.ts'

export async function tellHidden(app: App, window: ShellWindow): Promise<void> {
  const look = await lookAt(app)
  const news = createNews(shellLanguage, look)
  let { quietHours } = look.settings
  const isQuiet = (): boolean => {
    const now = new Date()
    return isQuietAt(quietHours, { hours: now.getHours(), minutes: now.getMinutes() })
  }
  app.hear((notice) => {
    if (notice.type === 'settings') quietHours = notice.settings.quietHours
    const told = news(notice)
    if (told === null || isQuiet() || window.isShown() || !Notification.isSupported()) return
    const said = new Notification(told)
    said.on('click', () => window.show())
    said.show()
  })
}
