// What the desktop lends to the tools: clipboard, browser and apps. Whether any of it may be used is decided before.
import { clipboard } from 'electron'
import type { Surroundings } from '../../agent/ports.ts'
import { openInstalledApp } from '../installed-apps.ts'
import { readLink } from '../../../core/link.ts'
import { openLink } from './lockdown.ts'

export const electronSurroundings: Surroundings = {
  clipboard: {
    read: () => Promise.resolve(clipboard.readText()),
    write: (text) => Promise.resolve(clipboard.writeText(text)),
  },
  opener: {
    async openLink(href) {
      const link = readLink(href)
      if (!link) throw new Error('This is no plain https address.')
      await openLink(link)
    },
    openApp: (name) => openInstalledApp(name, process.env),
  },
}
