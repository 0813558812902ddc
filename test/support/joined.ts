// A device as a person holds it: a browser page that pairs by the code and the digits and then shows the conversation.
import type { Page } from 'playwright-core'
import type { Right } from '../../src/core/devices/rights.ts'
import type { OpenedPage } from './browser.ts'
import type { StartedWindow } from './window-start.ts'

type Open = (address: string, options?: { width?: number; height?: number; dark?: boolean }) => Promise<OpenedPage>

export async function doorAddress({ ask, notice }: StartedWindow): Promise<string> {
  if ((await ask('link', null)).door.type !== 'open') await notice('link', ({ link }) => link.door.type === 'open')
  const port = new URL((await ask('link', null)).addresses.at(-1)!).port
  return `https://127.0.0.1:${port}/`
}

export async function typeDigits(page: Page, digits: string, name: string): Promise<void> {
  await page.getByLabel('Digits').fill(digits)
  await page.getByLabel('What this device is called').fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
}

/** Pairs without the window of the computer itself. */
export async function joinBy(
  open: Open,
  window: StartedWindow,
  device: { name: string; rights: Right[]; width?: number; height?: number },
): Promise<OpenedPage> {
  const { ask, notice } = window
  const address = await doorAddress(window)
  const { pairing } = await ask('begin-pairing', null)
  const opened = await open(address, device)
  await typeDigits(opened.page, pairing!.digits, device.name)
  const { link } = await notice('link', (one) => one.link.asking?.name === device.name)
  await ask('agree-device', { asking: link.asking!.id, rights: device.rights })
  await opened.page.getByLabel('Type instead of talking').waitFor()
  return opened
}
