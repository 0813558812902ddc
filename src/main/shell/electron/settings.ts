// What the person set that only the desktop can do: the talk key, starting at login, and where the window has gone.
import { Notification } from 'electron'
import type { Settings } from '../../../core/settings.ts'
import type { App } from '../../app/app.ts'
import type { TalkKey } from '../talk-key.ts'
import { followSpelling } from './menu.ts'
import { setStartAtLogin } from './login.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import type { ShellWindow } from './window.ts'

export async function followSettings(app: App, talkKey: TalkKey, window: ShellWindow): Promise<void> {
  let now: Settings = (await lookAt(app)).settings
  talkKey.choose(now.talkKey)
  followSpelling(window.page, now)
  app.hear((notice) => {
    if (notice.type !== 'settings') return
    const before = now
    now = notice.settings
    if (now.talkKey !== before.talkKey) talkKey.choose(now.talkKey)
    if (now.checksSpelling !== before.checksSpelling || now.languages.join() !== before.languages.join())
      followSpelling(window.page, now)
    if (now.startAtLogin !== before.startAtLogin) void setStartAtLogin(now.startAtLogin)
  })
  window.onHidden(() => {
    if (now.knowsTray) return
    sayWhereItWent()
    void app.answer('settings', { knowsTray: true })
  })
}

/** Once: the next time the person knows. */
function sayWhereItWent(): void {
  if (!Notification.isSupported()) return
  const { say } = shellLanguage()
  new Notification({ title: say('shell.stillHere'), body: say('shell.stillHereBody') }).show()
}
