// The icon in the tray: shows the app's state and asks for what its menu offers. What it shows is decided in tray-menu.ts.
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import { join } from 'node:path'
import type { AppState } from '../../../core/ipc.ts'
import type { Say } from '../../../core/language/messages.ts'
import type { ConversationEntry } from '../../../core/shown-parts.ts'
import type { Presence } from '../../../core/views.ts'
import { trayMenu, trayTip, type TrayAct, type TrayEntry } from '../tray-menu.ts'

export interface TrayIcon {
  /** @param devices as trayMenu takes it */
  show(
    state: AppState,
    conversations: readonly ConversationEntry[],
    current: string,
    say: Say,
    devices: number | null,
  ): void
  remove(): void
}

export function createTray(opts: { iconsFolder: string; act: (act: TrayAct) => void }): TrayIcon {
  const icons = new Map<Presence, NativeImage>()
  let tray: Tray | null = null
  let shownPresence: Presence | null = null
  let shownTip = ''
  let shownMenu = ''

  function iconOf(presence: Presence): NativeImage {
    const known = icons.get(presence)
    if (known) return known
    const isMac = process.platform === 'darwin'
    const icon = nativeImage.createFromPath(join(opts.iconsFolder, `tray-${presence}${isMac ? 'Template' : ''}.png`))
    icon.setTemplateImage(isMac)
    icons.set(presence, icon)
    return icon
  }

  function item(entry: TrayEntry): MenuItemConstructorOptions {
    switch (entry.type) {
      case 'line':
        return { type: 'separator' }
      case 'menu':
        return { label: escaped(entry.label), submenu: entry.entries.map(item) }
      case 'act':
        return { label: escaped(entry.label), enabled: entry.enabled, click: () => opts.act(entry.act) }
      case 'choice':
        return {
          type: entry.kind,
          label: escaped(entry.label),
          checked: entry.chosen,
          click: () => opts.act(entry.act),
        }
    }
  }

  function make(presence: Presence): Tray {
    const made = new Tray(iconOf(presence))
    made.on('click', () => opts.act({ type: 'show' }))
    return made
  }

  return {
    show(state, conversations, current, say, devices) {
      tray ??= make(state.presence)
      if (state.presence !== shownPresence) {
        shownPresence = state.presence
        tray.setImage(iconOf(state.presence))
      }
      const tip = trayTip(state, say)
      if (tip !== shownTip) tray.setToolTip(tip)
      shownTip = tip
      const entries = trayMenu(state, conversations, current, say, devices)
      const menu = JSON.stringify(entries)
      // Setting a menu closes the one that is open.
      if (menu === shownMenu) return
      shownMenu = menu
      tray.setContextMenu(Menu.buildFromTemplate(entries.map(item)))
    },
    remove() {
      tray?.destroy()
      tray = null
    },
  }
}

/** A single & marks the letter to press. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&')
}
