// What comes with a start: its own arguments, those of a second start, which ends itself, and an address that macOS hands over.
import { app as electronApp } from 'electron'
import type { App } from '../../app/app.ts'
import { readOrder, wordsIn } from '../orders.ts'
import { tap } from './tray-app.ts'
import type { ShellWindow } from './window.ts'

export function followAddresses(app: App, window: ShellWindow): void {
  function fill(text: string): void {
    window.show()
    const tell = (): void => window.tell({ type: 'fill', text })
    if (window.page.isLoading()) window.page.once('did-finish-load', tell)
    else tell()
  }

  function obey(args: readonly string[], isSecond: boolean): void {
    const order = readOrder(args)
    if (typeof order === 'object') fill(order.fill)
    else if (isSecond && order === 'talk') tap(app)
    else if (isSecond) window.show()
  }

  electronApp.on('second-instance', (_event, args) => obey(args, true))
  electronApp.on('open-url', (event, address) => {
    event.preventDefault()
    const words = wordsIn(address)
    if (words === null) window.show()
    else fill(words)
  })
  obey(process.argv, false)
}
