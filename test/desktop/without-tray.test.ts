// A desktop on which nobody shows icons, as GNOME is by itself, and addresses that come from outside.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { photograph, startApp, type DesktopApp } from '../support/desktop-app.ts'
import { openDesktopWithoutTray, type BareDesktop } from '../support/desktop.ts'

let desktop: BareDesktop
let app: DesktopApp

beforeAll(async () => {
  desktop = await openDesktopWithoutTray()
  app = await startApp(desktop, { args: ['--hidden'] })
  await app.ask('settings', { isSetUp: true })
})
afterAll(async () => {
  await desktop.stop()
})

const close = (): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
const isMinimised = (): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized() ?? false)

it('[X73] a hidden start is a minimised window there', async () => {
  await expect.poll(isMinimised).toBe(true)
})

it('[X71] an address fills the field behind what is written there and sends nothing', async () => {
  const field = app.page.locator('.typing textarea')
  await app.again('parley://say?text=Delete%20all%20of%20it%0A%3Cb%3Enow%3C%2Fb%3E')
  await expect.poll(() => field.inputValue()).toBe('Delete all of it <b>now</b>')
  await photograph(app, 'filled')
  await app.again('parley://say?text=please')
  await expect.poll(() => field.inputValue()).toBe('Delete all of it <b>now</b> please')
  await app.again('parley://talk?now')
  expect((await app.ask('snapshot', null)).turns).toEqual([])
  expect(await isMinimised()).toBe(false)
})

it('[X73] closing asks once, and then does what was chosen', async () => {
  await close()
  const question = await desktop.hand('search', '--sync', '--onlyvisible', '--name', '^Parley asks$')
  await photograph(app, 'closing')
  await desktop.hand('windowfocus', '--sync', question, 'key', 'Return')
  await expect.poll(isMinimised).toBe(true)
  expect((await app.ask('look', null)).settings.withoutTray).toBe('minimise')
  await app.again()
  await expect.poll(isMinimised).toBe(false)
  await close()
  await expect.poll(isMinimised).toBe(true)
  await app.ask('settings', { withoutTray: 'quit' })
  const ended = app.electron.waitForEvent('close')
  await close()
  await ended
})
