// The tray joined to the app: it shows what the app tells and asks the app for what is chosen.
import { app as electronApp } from 'electron'
import { fileURLToPath } from 'node:url'
import { listed, unlisted } from '../../../core/conversation-list.ts'
import { noLink, type LinkView } from '../../../core/devices/view.ts'
import type { ConversationEntry } from '../../../core/shown-parts.ts'
import type { App } from '../../app/app.ts'
import type { TrayAct } from '../tray-menu.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import { createTray } from './tray.ts'
import type { ShellWindow } from './window.ts'

const iconsFolder = fileURLToPath(new URL('../../resources/icons/', import.meta.url))

export async function showInTray(app: App, window: ShellWindow): Promise<void> {
  const tray = createTray({ iconsFolder, act: (act) => perform(act, app, window) })
  const look = await lookAt(app)
  let conversations: readonly ConversationEntry[] = look.conversations
  let current = look.conversation.id
  let devices = devicesIn(await linkOf(app))
  const show = (): void => tray.show(app.state(), conversations, current, shellLanguage().say, devices)
  app.hear((notice) => {
    if (notice.type === 'conversations') conversations = notice.conversations
    else if (notice.type === 'listed') conversations = listed(conversations, notice.entry)
    else if (notice.type === 'unlisted') conversations = unlisted(conversations, notice.id)
    else if (notice.type === 'link') devices = devicesIn(notice.link)
    else if (notice.type === 'snapshot') current = notice.conversation.id
    else if (notice.type !== 'state' && notice.type !== 'settings') return
    show()
  })
  show()
}

async function linkOf(app: App): Promise<LinkView> {
  const reply = await app.answer('link', null)
  return reply.ok ? (reply.value as LinkView) : noLink
}

/** Null while the door for them is closed. */
function devicesIn({ door, devices }: LinkView): number | null {
  return door.type === 'open' ? devices.filter(({ isConnected }) => isConnected).length : null
}

/** A press without a hold: begins, or ends what one began. */
export function tap(app: App): void {
  app.talk('down')
  app.talk('up')
}

function perform(act: TrayAct, app: App, window: ShellWindow): void {
  switch (act.type) {
    case 'talk':
      tap(app)
      return
    case 'hush':
    case 'begin':
      void app.answer(act.type, null)
      return
    case 'mute':
      void app.answer('mute', { muted: act.muted })
      return
    case 'mode':
      void app.answer('mode', { mode: act.mode })
      return
    case 'open':
      void app.answer('open', { id: act.id })
      return
    case 'close-devices':
      void app.answer('settings', { otherDevices: false })
      return
    case 'show':
      window.show()
      return
    case 'quit':
      electronApp.quit()
      return
  }
}
