// The tray joined to the desk: it shows what the desk tells and asks the desk for what is chosen.
import { app } from 'electron'
import { fileURLToPath } from 'node:url'
import { listed, unlisted } from '../../../core/conversation-list.ts'
import { noLink, type LinkView } from '../../../core/devices/view.ts'
import type { ConversationEntry } from '../../../core/shown-parts.ts'
import type { Desk } from '../../desk/desk.ts'
import type { TrayAct } from '../tray-menu.ts'
import { shellLanguage } from './language.ts'
import { lookAt } from './look.ts'
import { createTray } from './tray.ts'
import type { ShellWindow } from './window.ts'

const iconsFolder = fileURLToPath(new URL('../../resources/icons/', import.meta.url))

export async function showInTray(desk: Desk, window: ShellWindow): Promise<void> {
  const tray = createTray({ iconsFolder, act: (act) => perform(act, desk, window) })
  const look = await lookAt(desk)
  let conversations: readonly ConversationEntry[] = look.conversations
  let current = look.conversation.id
  let devices = devicesIn(await linkOf(desk))
  const show = (): void => tray.show(desk.state(), conversations, current, shellLanguage().say, devices)
  desk.hear((notice) => {
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

async function linkOf(desk: Desk): Promise<LinkView> {
  const reply = await desk.answer('link', null)
  return reply.ok ? (reply.value as LinkView) : noLink
}

/** Null while the door for them is closed. */
function devicesIn({ door, devices }: LinkView): number | null {
  return door.type === 'open' ? devices.filter(({ isConnected }) => isConnected).length : null
}

/** A press without a hold: begins, or ends what one began. */
export function tap(desk: Desk): void {
  desk.talk('down')
  desk.talk('up')
}

function perform(act: TrayAct, desk: Desk, window: ShellWindow): void {
  switch (act.type) {
    case 'talk':
      tap(desk)
      return
    case 'hush':
    case 'begin':
      void desk.answer(act.type, null)
      return
    case 'mute':
      void desk.answer('mute', { muted: act.muted })
      return
    case 'mode':
      void desk.answer('mode', { mode: act.mode })
      return
    case 'open':
      void desk.answer('open', { id: act.id })
      return
    case 'close-devices':
      void desk.answer('settings', { otherDevices: false })
      return
    case 'show':
      window.show()
      return
    case 'quit':
      app.quit()
      return
  }
}
